#include <fmt/format.h>

#include "spectra/learn/simulate.hpp"
#include "tests/accuracy/rows.hpp"

// F: wrong names where they hurt most: one substance with noise and fluorescence, an empty stage, an empty vial.
namespace singel::tests::accuracy {
namespace {

// Spectra a fold: of each substance, and with nothing in them.
std::size_t each_material(const Scene& scene) {
    return std::max<std::size_t>(1, scene.options.trials / 3);
}
std::size_t each_blank(const Scene& scene) {
    return 3 * scene.options.trials;
}

std::vector<Outcome> pure_outcomes(const Scene& scene, std::size_t at) {
    const Direction& direction = scene.directions[at];
    std::vector<std::pair<const Fold*, std::size_t>> list;
    for (const Fold& fold : scene.solids)
        for (const std::size_t material : fold.test)
            for (std::size_t k = 0; k < each_material(scene); ++k) list.emplace_back(&fold, material);
    std::vector<Outcome> outcomes(list.size());
    scene.parallel(list.size(), [&](std::size_t i) {
        std::mt19937_64 random = learn::generator(scene.options.seed + 4000 + at, i);
        const Sample sample = draw_sample(direction, {list[i].second}, 1, 1.0, random);
        const auto spectrum = direction.sums.of(sample.parts, scene.options.noise, random);
        outcomes[i] = answered(direction, *list[i].first->libraries[at], sample, spectrum, 0);
    });
    return outcomes;
}

void report_pures(const Scene& scene, Table& table, std::size_t at) {
    const Direction& direction = scene.directions[at];
    Ratio named, wrong, found;
    std::map<std::string, std::size_t> missed, false_by_name;
    for (const Outcome& outcome : pure_outcomes(scene, at)) {
        const std::string& name = direction.materials[outcome.cluster].name;
        named.count(outcome.cluster, names_part(outcome, 0) ? 1.0 : 0.0);
        wrong.count(outcome.cluster, static_cast<double>(false_names(outcome)));
        found.count(outcome.cluster, static_cast<double>(false_found(outcome)));
        if (!names_part(outcome, 0)) ++missed[name];
        for (const Said& said : outcome.said)
            if (said.named && !said.truth)
                ++false_by_name[name + " as " + direction.library->reference(said.reference).substance.name];
    }
    const std::string what = at == 0 ? "pures" : "pures, exchanged";
    table.add("F", what + ", rightly named", named, Asked{0.96, 0.98});
    table.add("F", what + ", false names a sample", wrong, Asked{0.01, 0.0, Aim::at_most});
    table.add("F", what + ", false names called found", found, Asked{0.01, {}, Aim::at_most});
    std::string text = what + ", missed:";
    for (const auto& [name, count] : missed) text += fmt::format(" {} {};", name, count);
    text += " false names:";
    for (const auto& [name, count] : false_by_name) text += fmt::format(" {} {};", name, count);
    table.note("F", text);
}

void report_empty(const Scene& scene, Table& table, std::size_t at, bool glass) {
    const Direction& direction = scene.directions[at];
    const std::size_t each = each_blank(scene);
    std::vector<Outcome> outcomes(scene.solids.size() * each);
    scene.parallel(outcomes.size(), [&](std::size_t i) {
        std::mt19937_64 random = learn::generator(scene.options.seed + (glass ? 5000 : 6000) + at, i);
        const auto spectrum = glass ? direction.sums.empty_glass(scene.options.noise, random)
                                    : direction.sums.blank(scene.options.noise, random);
        outcomes[i] = ask(spectrum, *scene.solids[i / each].libraries[at], {});
        outcomes[i].cluster = i;
    });
    Ratio wrong, abstained, unknown;
    for (const Outcome& outcome : outcomes) {
        wrong.count(outcome.cluster, static_cast<double>(false_names(outcome)));
        abstained.count(outcome.cluster, outcome.abstained ? 1.0 : 0.0);
        unknown.count(outcome.cluster, outcome.unknown ? 1.0 : 0.0);
    }
    const std::string what = fmt::format("{}{}", glass ? "empty glass" : "blanks", at == 0 ? "" : ", exchanged");
    table.add("F", what + ", false names a sample", wrong, Asked{0.01, 0.0, Aim::at_most});
    table.note(
        "F", fmt::format("{}: abstained {:.2f}, something unknown {:.2f}", what, abstained.value(), unknown.value()));
}

}  // namespace

void row_false_names(Scene& scene, Table& table) {
    teach_solids(scene);
    for (std::size_t at = 0; at < scene.directions.size(); ++at) {
        report_pures(scene, table, at);
        report_empty(scene, table, at, false);
        report_empty(scene, table, at, true);
    }
}

}  // namespace singel::tests::accuracy
