#include <fmt/format.h>

#include "spectra/learn/simulate.hpp"
#include "tests/accuracy/rows.hpp"

// U: one true component struck from the library, the greater or the lesser one in turn. Flagged at the threshold
// that was learned, and at exactly 5 % false alarms read off the complete samples.
namespace singel::tests::accuracy {
namespace {

struct Twice {
    Outcome whole, struck;
};

std::vector<Twice> asked_twice(const Scene& scene, std::size_t at) {
    const Direction& direction = scene.directions[at];
    const std::size_t each = 4 * scene.options.trials;
    std::vector<Twice> list(scene.solids.size() * each);
    scene.parallel(list.size(), [&](std::size_t i) {
        const Fold& fold = scene.solids[i / each];
        const identify::Library& library = *fold.libraries[at];
        std::mt19937_64 random = learn::generator(scene.options.seed + 7000 + at, i);
        const double share = std::uniform_real_distribution<double>(0.1, 0.5)(random);
        const Sample sample = draw_sample(direction, fold.test, 2, share, random);
        const auto spectrum = direction.sums.of(sample.parts, scene.options.noise, random);
        const std::size_t gone = i % 2;
        const auto less = learn::struck(library, direction.materials[sample.materials[gone]].references);
        list[i] = {answered(direction, library, sample, spectrum, gone),
                   answered(direction, *less, sample, spectrum, gone)};
    });
    return list;
}

void report(Table& table, const std::string& what, std::span<const Twice> all, bool other_forms,
            std::optional<Asked> asked) {
    Ratio flagged, alarms, read_off, wrong;
    std::vector<double> complete;
    for (const Twice& twice : all)
        if (other_forms || !twice.whole.other_form) complete.push_back(twice.whole.unexplained);
    const double bar = upper_quantile(complete, 0.05);
    for (const Twice& twice : all) {
        if (!other_forms && twice.whole.other_form) continue;
        const std::size_t cluster = twice.whole.cluster;
        flagged.count(cluster, twice.struck.unknown ? 1.0 : 0.0);
        alarms.count(cluster, twice.whole.unknown ? 1.0 : 0.0);
        read_off.count(cluster, twice.struck.unexplained > bar ? 1.0 : 0.0);
        wrong.count(cluster, static_cast<double>(false_names(twice.struck)));
    }
    table.add("U", what + ", flagged at the learned threshold", flagged, asked);
    table.add("U", what + ", false alarms at the learned threshold", alarms, Asked{0.05, {}, Aim::at_most});
    table.add("U", what + ", flagged at 5 % false alarms read off", read_off, asked);
    table.add("U", what + ", false names a struck sample", wrong);
}

}  // namespace

void row_struck(Scene& scene, Table& table) {
    teach_solids(scene);
    for (std::size_t at = 0; at < scene.directions.size(); ++at) {
        const auto all = asked_twice(scene, at);
        const std::string what = at == 0 ? "solids" : "solids, exchanged";
        report(table, what, all, true, {});
        report(table, what + ", no other forms", all, false, Asked{0.88, 0.93});
        std::map<std::string, std::size_t> alarms;
        for (const Twice& twice : all)
            if (twice.whole.unknown) ++alarms[scene.directions[at].materials[twice.whole.cluster].name];
        std::string text = what + ", alarms in complete samples by the substance in question:";
        for (const auto& [name, count] : alarms) text += fmt::format(" {} {};", name, count);
        table.note("U", text);
    }
}

}  // namespace singel::tests::accuracy
