#include <fmt/format.h>

#include "spectra/learn/bench.hpp"
#include "tests/accuracy/liquids.hpp"
#include "tests/accuracy/rows.hpp"
#include "tests/accuracy/taught.hpp"

// B: real liquid mixtures of two to six solvents on a third instrument, against their own pures among the other
// substances of the library and distractors, with what none of their substances taught. U on B: each component
// struck in turn.
namespace singel::tests::accuracy {
namespace {

constexpr std::uint64_t teach_seed = 500;
constexpr double strict = 0.05;

struct Setting {
    std::string what;
    Liquids liquids;
    identify::LibraryPtr library;
    std::vector<std::vector<std::size_t>> references;  // of each pure
};

bool among(const std::string& name, const std::vector<Item>& pures) {
    return std::ranges::any_of(pures, [&](const Item& pure) { return same_substance(pure.name, name); });
}

// What is known without the substances of the mixtures.
identify::Learned taught_without(const Scene& scene, const std::vector<Item>& pures) {
    const std::vector<Material>& all = scene.directions.front().materials;
    std::vector<std::size_t> others;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (!among(all[i].name, pures)) others.push_back(i);
    return taught(scene, others, scene.options.seed + teach_seed);
}

identify::LibraryPtr library_of(const Scene& scene, const std::vector<Item>& items,
                                const identify::Learned& learned) {
    return core::value_or_throw(identify::prepare_with(
        reference_set(with_distractors(items, scene.options.distractors, scene.options.seed + 1)), learned,
        scene.parallel));
}

Setting own_pures(const Scene& scene, const Liquids& liquids, const identify::Learned& learned) {
    Setting setting{"own pures", liquids, {}, {}};
    std::vector<Item> items = liquids.pures;
    for (std::size_t i = 0; i < items.size(); ++i) setting.references.push_back({i});
    for (const Item& item : scene.directions.front().measured.library)
        if (!among(item.name, liquids.pures)) items.push_back(item);
    setting.library = library_of(scene, items, learned);
    return setting;
}

// The library of another instrument, for the mixtures that it holds whole.
Setting other_library(const Scene& scene, const Liquids& liquids, const identify::Learned& learned) {
    Setting setting{"another instrument's library", liquids, {}, {}};
    const std::vector<Item>& items = scene.directions.front().measured.library;
    for (const Item& pure : liquids.pures) {
        auto& references = setting.references.emplace_back();
        for (std::size_t i = 0; i < items.size(); ++i)
            if (same_substance(items[i].name, pure.name)) references.push_back(i);
    }
    std::erase_if(setting.liquids.mixtures, [&](const Liquids::Mixture& mixture) {
        return std::ranges::any_of(mixture.pures, [&](std::size_t pure) { return setting.references[pure].empty(); });
    });
    setting.library = library_of(scene, items, learned);
    return setting;
}

Truth truth_of(const Setting& setting, const Liquids::Mixture& mixture) {
    Truth truth;
    for (const std::size_t pure : mixture.pures) truth.emplace_back(setting.references[pure]);
    return truth;
}

std::vector<Outcome> asked(const Scene& scene, const Setting& setting) {
    std::vector<Outcome> outcomes(setting.liquids.mixtures.size());
    scene.parallel(outcomes.size(), [&](std::size_t i) {
        const Liquids::Mixture& mixture = setting.liquids.mixtures[i];
        outcomes[i] = ask(mixture.spectrum, *setting.library, truth_of(setting, mixture));
        outcomes[i].cluster = i;
    });
    return outcomes;
}

Ratio recall(std::span<const Outcome> outcomes, std::size_t parts, std::optional<double> above) {
    Ratio ratio;
    for (const Outcome& outcome : outcomes)
        for (std::size_t part = 0; outcome.parts == parts && part < parts; ++part)
            ratio.count(outcome.cluster, names_part(outcome, part, above) ? 1.0 : 0.0);
    return ratio;
}

void report(Table& table, const Setting& setting, std::span<const Outcome> outcomes, bool demanded) {
    const double above = certainty_at(outcomes, strict);
    const auto floor = [&](double value, double stretch) {
        return demanded ? std::optional<Asked>({value, stretch}) : std::nullopt;
    };
    for (std::size_t parts = 2; parts <= 6; ++parts) {
        const Ratio fixed = recall(outcomes, parts, {}), read_off = recall(outcomes, parts, above);
        if (fixed.trials() <= 0.0) continue;
        table.add("B", fmt::format("{}, {} parts, recall at the fixed thresholds", setting.what, parts), fixed,
                  floor(0.80, 0.92));
        table.add("B", fmt::format("{}, {} parts, recall at 0.05 false names read off", setting.what, parts),
                  read_off, floor(0.90, 0.95));
    }
    Ratio wrong, found, abstained;
    for (const Outcome& outcome : outcomes) {
        wrong.count(outcome.cluster, static_cast<double>(false_names(outcome)));
        found.count(outcome.cluster, static_cast<double>(false_found(outcome)));
        abstained.count(outcome.cluster, outcome.abstained ? 1.0 : 0.0);
    }
    table.add("B", setting.what + ", false names a sample", wrong, Asked{strict, {}, Aim::at_most});
    table.add("B", setting.what + ", false names called found", found, Asked{0.01, {}, Aim::at_most});
    table.add("B", setting.what + ", abstained", abstained);
    std::string text = fmt::format(
        "{}: 0.05 false names stand at certainty {:.3f}; missed at the fixed thresholds:", setting.what, above);
    for (std::size_t i = 0; i < outcomes.size(); ++i)
        for (std::size_t part = 0; part < outcomes[i].parts; ++part)
            if (!names_part(outcomes[i], part))
                text += fmt::format(" {} in {};", setting.liquids.pures[setting.liquids.mixtures[i].pures[part]].name,
                                    i + 1);
    text += " false names:";
    for (std::size_t i = 0; i < outcomes.size(); ++i)
        for (const Said& said : outcomes[i].said)
            if (said.named && !said.truth)
                text += fmt::format(" {} in {};", setting.library->reference(said.reference).substance.name, i + 1);
    table.note("B", text);
}

struct Struck {
    std::size_t mixture = 0, part = 0;
    Outcome outcome;
};

std::vector<Struck> struck_one_by_one(const Scene& scene, const Setting& setting) {
    std::vector<Struck> list;
    for (std::size_t i = 0; i < setting.liquids.mixtures.size(); ++i)
        for (std::size_t part = 0; part < setting.liquids.mixtures[i].pures.size(); ++part)
            list.push_back({i, part, {}});
    scene.parallel(list.size(), [&](std::size_t i) {
        const Liquids::Mixture& mixture = setting.liquids.mixtures[list[i].mixture];
        const auto less = learn::struck(*setting.library, setting.references[mixture.pures[list[i].part]]);
        list[i].outcome = ask(mixture.spectrum, *less, truth_of(setting, mixture));
    });
    return list;
}

void report_struck(Table& table, const Scene& scene, const Setting& setting, std::span<const Outcome> whole) {
    std::vector<double> complete;
    Ratio alarms, flagged, read_off, wrong;
    for (const Outcome& outcome : whole) {
        complete.push_back(outcome.unexplained);
        alarms.count(outcome.cluster, outcome.unknown ? 1.0 : 0.0);
    }
    const double bar = upper_quantile(complete, 0.05);
    for (const Struck& one : struck_one_by_one(scene, setting)) {
        flagged.count(one.mixture, one.outcome.unknown ? 1.0 : 0.0);
        read_off.count(one.mixture, one.outcome.unexplained > bar ? 1.0 : 0.0);
        wrong.count(one.mixture, static_cast<double>(false_names(one.outcome)));
    }
    const std::string what = "liquids, " + setting.what;
    table.add("U", what + ", flagged at the learned threshold", flagged, Asked{0.65, 0.80});
    table.add("U", what + ", false alarms at the learned threshold", alarms, Asked{0.05, {}, Aim::at_most});
    table.add("U", what + ", flagged at 5 % false alarms read off", read_off, Asked{0.65, 0.80});
    table.add("U", what + ", false names a struck sample", wrong);
}

}  // namespace

void row_liquids(Scene& scene, Table& table) {
    Liquids liquids = read_liquids(std::filesystem::path(scene.options.data) / "raman-mixtures");
    if (liquids.mixtures.empty()) {
        liquids = made_up_liquids(scene.directions.front().measured, scene.options.seed);
        table.note("B", "made-up sums stand in for real mixtures");
    }
    const identify::Learned learned = taught_without(scene, liquids.pures);
    const Setting own = own_pures(scene, liquids, learned), other = other_library(scene, liquids, learned);
    const auto outcomes = asked(scene, own);
    report(table, own, outcomes, true);
    if (!other.liquids.mixtures.empty()) report(table, other, asked(scene, other), false);
    report_struck(table, scene, own, outcomes);
}

}  // namespace singel::tests::accuracy
