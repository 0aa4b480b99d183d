#include <array>
#include <fmt/format.h>

#include "spectra/learn/simulate.hpp"
#include "tests/accuracy/rows.hpp"

// C: sums of two and three measured solids of the test half at a known share of the last one, with noise and
// fluorescence, against the other instrument's library with distractors.
namespace singel::tests::accuracy {
namespace {

constexpr std::array<double, 5> shares{0.02, 0.05, 0.10, 0.20, 0.50};
constexpr double strict = 0.05, lenient = 0.15;  // false names a sample at which the curve is read
constexpr std::array<Asked, 5> asked_pairs{Asked{0.25, 0.40}, Asked{0.60, 0.72}, Asked{0.78, 0.87}, Asked{0.88, 0.93},
                                           Asked{0.95, 0.97}};

std::optional<Asked> asked_of(std::size_t parts, std::size_t share) {
    if (parts == 2) return asked_pairs[share];
    constexpr std::array<std::optional<Asked>, 5> triples{std::nullopt, Asked{0.60, 0.75}, Asked{0.90, 0.97},
                                                          Asked{0.94, 0.97}, std::nullopt};
    return triples[share];
}

using Keep = bool (*)(const Outcome&);
bool all_of_them(const Outcome&) {
    return true;
}
bool same_forms(const Outcome& outcome) {
    return !outcome.other_form;
}

Ratio minor_named(std::span<const Outcome> outcomes, double share, std::optional<double> above, Keep keep) {
    Ratio ratio;
    for (const Outcome& outcome : outcomes)
        if (outcome.share == share && keep(outcome))
            ratio.count(outcome.cluster, names_part(outcome, outcome.asked, above) ? 1.0 : 0.0);
    return ratio;
}

Ratio ratio_of(std::span<const Outcome> outcomes, double (*amount)(const Outcome&)) {
    Ratio ratio;
    for (const Outcome& outcome : outcomes) ratio.count(outcome.cluster, amount(outcome));
    return ratio;
}

void report(Table& table, const std::string& what, std::span<const Outcome> outcomes, std::size_t parts) {
    for (std::size_t s = 0; s < shares.size(); ++s)
        table.add("C", fmt::format("{}, minor {:.0f} %, named", what, 100.0 * shares[s]),
                  minor_named(outcomes, shares[s], {}, all_of_them), asked_of(parts, s));
    table.add("C", what + ", false names a sample",
              ratio_of(outcomes, [](const Outcome& o) { return static_cast<double>(false_names(o)); }),
              Asked{strict, {}, Aim::at_most});
    table.add("C", what + ", false names called found",
              ratio_of(outcomes, [](const Outcome& o) { return static_cast<double>(false_found(o)); }),
              Asked{0.01, {}, Aim::at_most});
    table.add("C", what + ", greatest part named",
              ratio_of(outcomes, [](const Outcome& o) { return names_part(o, 0) ? 1.0 : 0.0; }));
    table.add("C", what + ", abstained",
              ratio_of(outcomes, [](const Outcome& o) { return o.abstained ? 1.0 : 0.0; }));
    Ratio inside;
    std::size_t right = 0, by_group = 0;
    for (const Outcome& outcome : outcomes)
        for (const Said& said : outcome.said) {
            if (!said.named || !said.truth) continue;
            ++right;
            by_group += said.by_group ? 1 : 0;
            if (said.truth != outcome.asked || !said.share_range) continue;
            const Range& range = *said.share_range;
            inside.count(outcome.cluster, range.low <= outcome.share && outcome.share <= range.high ? 1.0 : 0.0);
        }
    table.add("C", what + ", share of the minor inside its 95 % interval", inside);
    table.note("C", fmt::format("{}: of {} right names {} only through the group they cannot be told from", what,
                                right, by_group));
}

void report_curve(Table& table, const std::string& what, std::span<const Outcome> outcomes, std::size_t parts) {
    const double above = certainty_at(outcomes, strict);
    for (std::size_t s = 0; s < shares.size(); ++s)
        table.add("C", fmt::format("{}, minor {:.0f} %, at 0.05 false names read off", what, 100.0 * shares[s]),
                  minor_named(outcomes, shares[s], above, all_of_them), asked_of(parts, s));
    std::string without = what + ", without other forms, 2/5/10/20/50 % named:";
    for (const double share : shares)
        without += fmt::format(" {:.3f}", minor_named(outcomes, share, {}, same_forms).value());
    table.note("C", without);
    std::string curve =
        fmt::format("{}: 0.05 false names stand at certainty {:.3f}, 0.15 at {:.3f}, found there:", what, above,
                    certainty_at(outcomes, lenient));
    for (const double share : shares)
        curve += fmt::format(" {:.3f}",
                             minor_named(outcomes, share, certainty_at(outcomes, lenient), all_of_them).value());
    table.note("C", curve);
}

// Who was missed at a tenth or more, and which wrong names were said in which samples.
void report_failures(Table& table, const std::string& what, const Direction& direction,
                     std::span<const Outcome> outcomes) {
    std::map<std::string, std::pair<std::size_t, std::size_t>> missed;
    std::map<std::string, std::size_t> wrong;
    const auto& references = direction.library->set.references;
    for (const Outcome& outcome : outcomes) {
        if (outcome.share >= 0.1) {
            auto& [misses, n] = missed[direction.materials[outcome.cluster].name];
            ++n;
            misses += names_part(outcome, outcome.asked) ? 0 : 1;
        }
        for (const Said& said : outcome.said)
            if (said.named && !said.truth)
                ++wrong[references[said.reference].substance.name + (said.found ? "!" : "")];
    }
    std::string text = what + ", missed at 10 % and more:";
    for (const auto& [name, counts] : missed)
        if (counts.first > 0) text += fmt::format(" {} {}/{};", name, counts.first, counts.second);
    text += " false names (! found):";
    for (const auto& [name, count] : wrong) text += fmt::format(" {} {};", name, count);
    table.note("C", text);
}

std::vector<Outcome> measured_sums(const Scene& scene, std::size_t at, std::size_t parts) {
    const Direction& direction = scene.directions[at];
    const std::size_t trials = std::max<std::size_t>(1, parts == 2 ? scene.options.trials : scene.options.trials / 2);
    const std::size_t each = shares.size() * trials;
    std::vector<Outcome> outcomes(scene.solids.size() * each);
    scene.parallel(outcomes.size(), [&](std::size_t i) {
        const Fold& fold = scene.solids[i / each];
        std::mt19937_64 random = learn::generator(scene.options.seed + 1000 * parts + at, i);
        const Sample sample = draw_sample(direction, fold.test, parts, shares[i % shares.size()], random);
        const auto spectrum = direction.sums.of(sample.parts, scene.options.noise, random);
        outcomes[i] = answered(direction, *fold.libraries[at], sample, spectrum, parts - 1);
    });
    return outcomes;
}

}  // namespace

const std::vector<Outcome>& outcomes_of_sums(Scene& scene, std::size_t at, std::size_t parts) {
    auto& outcomes = scene.sums[{at, parts}];
    if (outcomes.empty()) outcomes = measured_sums(scene, at, parts);
    return outcomes;
}

void row_sums(Scene& scene, Table& table) {
    teach_solids(scene);
    for (std::size_t at = 0; at < scene.directions.size(); ++at)
        for (const std::size_t parts : {std::size_t{2}, std::size_t{3}}) {
            const auto& outcomes = outcomes_of_sums(scene, at, parts);
            const std::string what =
                fmt::format("{}{}", parts == 2 ? "pairs" : "triples", at == 0 ? "" : ", exchanged");
            report(table, what, outcomes, parts);
            report_curve(table, what, outcomes, parts);
            report_failures(table, what, scene.directions[at], outcomes);
        }
}

}  // namespace singel::tests::accuracy
