#include <fmt/format.h>

#include "spectra/learn/bench.hpp"
#include "tests/accuracy/rows.hpp"

// A: each pure query as it was measured (raw - dark where the file holds it), against the other instrument's library
// alone and with distractors, with what the other half of all substances taught.
namespace singel::tests::accuracy {
namespace {

constexpr std::uint64_t split_seed = 300, teach_seed = 400;

struct PureAsked {
    const Fold* fold = nullptr;
    std::size_t material = 0, query = 0;
    Outcome outcome;
};

// The library as it is, without the distractors behind it.
identify::LibraryPtr alone(const Direction& direction, const identify::Library& taught) {
    std::vector<std::size_t> distractors;
    for (std::size_t i = direction.measured.library.size(); i < taught.size(); ++i) distractors.push_back(i);
    return learn::struck(taught, distractors);
}

std::vector<PureAsked> asked(const Scene& scene, std::span<const Fold> folds, std::size_t at, bool distractors) {
    const Direction& direction = scene.directions[at];
    std::vector<PureAsked> list;
    std::vector<identify::LibraryPtr> libraries;
    for (const Fold& fold : folds) {
        libraries.push_back(distractors ? fold.libraries[at] : alone(direction, *fold.libraries[at]));
        for (const std::size_t material : fold.test)
            for (const std::size_t query : direction.materials[material].queries)
                list.push_back({&fold, material, query, {}});
    }
    scene.parallel(list.size(), [&](std::size_t i) {
        const Sample sample{
            {list[i].material}, {{list[i].query, 1.0}}, {direction.materials[list[i].material].references}};
        const auto fold = static_cast<std::size_t>(list[i].fold - folds.data());
        list[i].outcome =
            answered(direction, *libraries[fold], sample, direction.measured.queries[list[i].query].spectrum, 0);
    });
    return list;
}

// The greatest named member is right.
bool first_right(const Outcome& outcome) {
    const Said* first = nullptr;
    for (const Said& said : outcome.said)
        if (said.named && (!first || said.share > first->share)) first = &said;
    return first && first->truth;
}

std::string reason(const Direction& direction, const PureAsked& one) {
    const Material& material = direction.materials[one.material];
    std::string text = direction.measured.queries[one.query].name;
    if (one.outcome.abstained) text += " (abstained)";
    for (const Said& said : one.outcome.said)
        if (said.named) text += " as " + direction.library->reference(said.reference).substance.name;
    return text + fmt::format(" [{}likeness {:.2f}]", other_form(material) ? "other form, " : "", material.likeness);
}

void report(Table& table, const std::string& what, const Direction& direction, std::span<const PureAsked> list) {
    Ratio right, named, wrong, found;
    std::string missed = what + ", missed:", false_ones = " false names:";
    std::size_t unexplained = 0;
    for (const PureAsked& one : list) {
        const Outcome& outcome = one.outcome;
        const bool first = first_right(outcome);
        right.count(one.material, first ? 1.0 : 0.0);
        named.count(one.material, names_part(outcome, 0) ? 1.0 : 0.0);
        wrong.count(one.material, static_cast<double>(false_names(outcome)));
        found.count(one.material, static_cast<double>(false_found(outcome)));
        if (!first) missed += " " + reason(direction, one) + ";";
        if (!first && !other_form(direction.materials[one.material])) ++unexplained;
        if (first && false_names(outcome) > 0) false_ones += " " + reason(direction, one) + ";";
    }
    table.add("A", what + ", greatest named part is right", right, Asked{0.96, 0.98});
    table.add("A", what + ", rightly named", named, Asked{0.96, 0.98});
    table.add("A", what + ", false names a sample", wrong, Asked{0.01, 0.0, Aim::at_most});
    table.add("A", what + ", false names called found", found, Asked{0.01, {}, Aim::at_most});
    table.note("A", missed + false_ones + fmt::format(" misses that are not another form: {}", unexplained));
}

}  // namespace

void row_pures(Scene& scene, Table& table) {
    std::vector<std::size_t> all(scene.directions.front().materials.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    std::vector<Fold> folds = halves(all, 1, scene.options.seed + split_seed);
    for (std::size_t f = 0; f < folds.size(); ++f) teach(scene, folds[f], {}, scene.options.seed + teach_seed + f);
    for (std::size_t at = 0; at < scene.directions.size(); ++at)
        for (const bool distractors : {false, true})
            report(table,
                   fmt::format("pure queries{}, {} distractors", at == 0 ? "" : ", exchanged",
                               distractors ? scene.options.distractors : 0),
                   scene.directions[at], asked(scene, folds, at, distractors));
}

}  // namespace singel::tests::accuracy
