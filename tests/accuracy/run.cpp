#include "tests/accuracy/run.hpp"

#include <array>
#include <fmt/format.h>

#include "tests/accuracy/rows.hpp"

namespace singel::tests::accuracy {
namespace {

struct Row {
    char letter;
    void (*measure)(Scene&, Table&);
};
constexpr std::array rows{Row{'A', row_pures},       Row{'B', row_liquids}, Row{'C', row_sums},
                          Row{'F', row_false_names}, Row{'U', row_struck},  Row{'L', row_limits},
                          Row{'S', row_certainty}};

void state_facts(const Scene& scene, Table& table) {
    const Options& options = scene.options;
    const Direction& forward = scene.directions.front();
    table.head = fmt::format("Singel accuracy on {}", forward.measured.origin);
    table.facts.push_back(fmt::format("{} references and {} distractors, {} queries, {} substances; seed {}",
                                      forward.measured.library.size(), options.distractors,
                                      forward.measured.queries.size(), forward.materials.size(), options.seed));
    table.facts.push_back(
        fmt::format("{} splits of the solids, {} pairs a share and fold, {} spikes a direction, "
                    "noise {:.1f} % of the strongest band",
                    options.splits, options.trials, options.spikes, 100.0 * options.noise));
    table.facts.emplace_back(
        "named: found or probable, for hits and false names; 95 % by bootstrap over substances; thresholds fixed "
        "beforehand unless \"read off\"");
    std::string forms = fmt::format("other forms (likeness of the two spectra below {}):", least_likeness);
    const Material* next = nullptr;
    for (const Material& material : forward.materials) {
        if (other_form(material))
            forms += fmt::format(" {} {:.2f};", material.name, material.likeness);
        else if (!next || material.likeness < next->likeness)
            next = &material;
    }
    if (next) forms += fmt::format(" the least alike of all others: {} {:.2f}", next->name, next->likeness);
    table.facts.push_back(forms);
}

void state_split(const Scene& scene, Table& table) {
    for (std::size_t f = 0; f < scene.solids.size(); f += 2) {
        std::string text = fmt::format("split {}:", f / 2 + 1);
        for (const std::size_t material : scene.solids[f].learn)
            text += " " + scene.directions.front().materials[material].name + ",";
        text.back() = ' ';
        text += "|";
        for (const std::size_t material : scene.solids[f].test)
            text += " " + scene.directions.front().materials[material].name + ",";
        text.pop_back();
        table.note("", text);
    }
}

}  // namespace

Table run(const Options& options, const core::ParallelFor& parallel, const Seen& seen) {
    Scene scene = make_scene(options, parallel);
    Table table;
    state_facts(scene, table);
    for (const Row& row : rows) {
        if (options.rows.find(row.letter) == std::string::npos) continue;
        Table one;
        row.measure(scene, one);
        if (seen) seen(one);
        table.figures.insert(table.figures.end(), one.figures.begin(), one.figures.end());
        table.notes.insert(table.notes.end(), one.notes.begin(), one.notes.end());
    }
    state_split(scene, table);
    return table;
}

}  // namespace singel::tests::accuracy
