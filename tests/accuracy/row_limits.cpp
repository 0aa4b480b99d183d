#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "spectra/learn/simulate.hpp"
#include "tests/accuracy/rows.hpp"

// L: an absent substance is spiked, with the other instrument's spectrum of it, at the limit that the scan states
// for it; the noise is drawn anew. Not named counts as missed, whatever the reason.
namespace singel::tests::accuracy {
namespace {

struct Spiked {
    bool stated = false, named = false, abstained = false, other_form = false, at_floor = false;
    double limit = 0.0;
    std::size_t material = 0;
};

bool at_floor(double limit, const identify::TechniqueSettings& settings) {
    return std::abs(limit - settings.unverified_floor) < 1e-9 || std::abs(limit - settings.published_floor) < 1e-9;
}

// What the product prints for the substance: the best over its references.
std::optional<double> stated_limit(const core::Spectrum& spectrum, const identify::Library& library,
                                   const Material& material) {
    identify::Watched watched{"the substance", {}, {}};
    for (const std::size_t reference : material.references)
        watched.synonyms.push_back(library.reference(reference).substance.name);
    const auto result = identify::identify(spectrum, library, std::span(&watched, 1));
    if (!result) return std::nullopt;
    for (const identify::NotDetected& entry : result->not_detected)
        if (entry.name == watched.name) return entry.detection_limit_share;
    return std::nullopt;
}

Spiked spike(const Scene& scene, std::size_t at, const Fold& fold, std::mt19937_64& random) {
    const Direction& direction = scene.directions[at];
    const identify::Library& library = *fold.libraries[at];
    const double minor = std::uniform_real_distribution<double>(0.05, 0.5)(random);
    Sample sample = draw_sample(direction, fold.test, 3, 0.0, random);
    sample.parts[0].share = 1.0 - minor;
    sample.parts[1].share = minor;
    const Material& material = direction.materials[sample.materials[2]];
    Spiked spiked;
    spiked.material = sample.materials[2];
    spiked.other_form = other_form(material);
    const std::span two(sample.parts.data(), 2);
    const auto limit = stated_limit(direction.sums.of(two, scene.options.noise, random), library, material);
    if (!limit || *limit >= 1.0) return spiked;
    spiked.stated = true;
    spiked.limit = *limit;
    spiked.at_floor = at_floor(*limit, library.settings);
    sample.parts[0].share *= 1.0 - *limit;
    sample.parts[1].share *= 1.0 - *limit;
    sample.parts[2].share = *limit;
    const auto outcome =
        answered(direction, library, sample, direction.sums.of(sample.parts, scene.options.noise, random), 2);
    spiked.named = names_part(outcome, 2);
    spiked.abstained = outcome.abstained;
    return spiked;
}

std::vector<Spiked> spikes(const Scene& scene, std::size_t at) {
    std::vector<Spiked> list(scene.options.spikes);
    scene.parallel(list.size(), [&](std::size_t i) {
        std::mt19937_64 random = learn::generator(scene.options.seed + 8000 + at, i);
        list[i] = spike(scene, at, scene.solids[i % scene.solids.size()], random);
    });
    return list;
}

using Keep = bool (*)(const Spiked&);

Ratio named(std::span<const Spiked> list, Keep keep) {
    Ratio ratio;
    for (const Spiked& spiked : list)
        if (spiked.stated && keep(spiked)) ratio.count(spiked.material, spiked.named ? 1.0 : 0.0);
    return ratio;
}

void report_classes(Table& table, const Direction& direction, const std::string& what, std::span<const Spiked> list) {
    std::map<std::string_view, Ratio> classes;
    std::map<std::string, std::pair<std::size_t, std::size_t>> substances;
    for (const Spiked& spiked : list) {
        if (!spiked.stated) continue;
        const std::string& name = direction.materials[spiked.material].name;
        classes[class_of(name)].count(spiked.material, spiked.named ? 1.0 : 0.0);
        auto& [misses, n] = substances[name];
        ++n;
        misses += spiked.named ? 0 : 1;
    }
    for (const auto& [name, ratio] : classes)
        table.add("L", fmt::format("{}, {}", what, name), ratio, Asked{0.85, {}});
    std::string text = what + ", missed:";
    for (const auto& [name, counts] : substances)
        if (counts.first > 0) text += fmt::format(" {} {}/{};", name, counts.first, counts.second);
    table.note("L", text);
}

void report(Table& table, const Direction& direction, const std::string& what, std::span<const Spiked> list) {
    table.add("L", what + ", named at the stated limit (of 0.95)", named(list, [](const Spiked&) { return true; }),
              Asked{0.93, 0.95});
    table.add("L", what + ", without other forms",
              named(list, [](const Spiked& spiked) { return !spiked.other_form; }), Asked{0.93, 0.95});
    table.add("L", what + ", where the limit is above the floor",
              named(list, [](const Spiked& spiked) { return !spiked.at_floor; }));
    report_classes(table, direction, what, list);
    std::vector<double> limits;
    std::size_t floors = 0, abstained = 0;
    for (const Spiked& spiked : list) {
        if (!spiked.stated) continue;
        limits.push_back(spiked.limit);
        floors += spiked.at_floor ? 1 : 0;
        abstained += spiked.abstained ? 1 : 0;
    }
    if (limits.empty()) return;
    std::ranges::sort(limits);
    table.note("L", fmt::format("{}: no limit stated in {} of {}; of the limits stated {:.2f} are the floor, median "
                                "{:.3f}, nine in ten below {:.3f}; abstained when spiked {}",
                                what, list.size() - limits.size(), list.size(),
                                static_cast<double>(floors) / static_cast<double>(limits.size()),
                                limits[limits.size() / 2], limits[limits.size() * 9 / 10], abstained));
}

}  // namespace

void row_limits(Scene& scene, Table& table) {
    teach_solids(scene);
    for (std::size_t at = 0; at < scene.directions.size(); ++at)
        report(table, scene.directions[at], at == 0 ? "spiked" : "spiked, exchanged", spikes(scene, at));
}

}  // namespace singel::tests::accuracy
