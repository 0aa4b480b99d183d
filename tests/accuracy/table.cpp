#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fmt/format.h>
#include <numeric>
#include <string_view>

#include "spectra/identify/identify.hpp"
#include "spectra/identify/unknown.hpp"
#include "spectra/learn/certainty.hpp"
#include "spectra/learn/kappa.hpp"
#include "spectra/learn/simulate.hpp"
#include "spectra/learn/spike.hpp"
#include "tests/accuracy/measured.hpp"

// accuracy [--seed N] [--trials N] [--distractors N] [--data FOLDER] [--learn all]: one table of how well mixtures
// are identified on another instrument's library. Nothing is reported on a substance that it was learned on.
namespace singel::tests::accuracy {
namespace {

namespace core = spectra::core;
namespace identify = spectra::identify;
using learn::Mixer, learn::Row, learn::strongest_unexplained, learn::struck, learn::with_learned;

struct Bench : learn::Bench {
    const Measured& measured;
};

struct Options {
    std::uint64_t seed = 1;
    std::size_t trials = 6;  // pairs a share and fold
    std::string data = SINGEL_SHARED_DATA;
    std::size_t distractors = 200;
    bool learn = false;
};

bool is_named(const identify::Component& component) {
    return component.certainty != identify::Certainty::could_not_tell;
}

struct Count {
    std::size_t samples = 0, hits = 0, false_names = 0, false_found = 0;
    double part(std::size_t n) const {
        return samples > 0 ? static_cast<double>(n) / static_cast<double>(samples) : 0.0;
    }
};

// Component names are unique names of library items here.
bool names(const Measured& measured, std::size_t pair, std::string_view name) {
    return std::ranges::any_of(measured.pairs[pair].references,
                               [&](std::size_t reference) { return measured.library[reference].name == name; });
}

bool is_hit(const Measured& measured, std::size_t pair, const identify::Identification& result) {
    return std::ranges::any_of(result.components, [&](const identify::Component& component) {
        return is_named(component) && names(measured, pair, component.name);
    });
}

void count_false(Count& count, const Measured& measured, const std::vector<std::size_t>& truth,
                 const identify::Identification& result) {
    for (const identify::Component& component : result.components) {
        const bool right =
            std::ranges::any_of(truth, [&](std::size_t pair) { return names(measured, pair, component.name); });
        if (right || !is_named(component)) continue;
        ++count.false_names;
        if (component.certainty == identify::Certainty::found) ++count.false_found;
    }
}

// A: each pure query as measured, first component right.
void pure_queries(const Measured& measured, const Options& options, std::size_t distractors) {
    const auto library = core::value_or_throw(
        identify::prepare(reference_set(with_distractors(measured.library, distractors, options.seed))));
    Count count;
    std::string missed;
    const auto start = std::chrono::steady_clock::now();
    for (std::size_t pair = 0; pair < measured.pairs.size(); ++pair) {
        const Item& query = measured.queries[measured.pairs[pair].query];
        const auto result = identify::identify(query.spectrum, *library, {});
        ++count.samples;
        if (!result) continue;
        const auto& components = result->components;
        const bool right =
            !components.empty() && is_named(components[0]) && names(measured, pair, components[0].name);
        if (right) ++count.hits;
        if (!right) missed += " " + query.name + ";";
        count_false(count, measured, {pair}, *result);
    }
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    fmt::print(
        "A  pures, {}, {} distractors: first right {} of {}, {} false names, {} of them 'found', {:.1f} ms each; "
        "missed:{}\n",
        measured.origin, distractors, count.hits, count.samples, count.false_names, count.false_found,
        took.count() / static_cast<double>(count.samples), missed.empty() ? " none" : missed);
}

// Substances whose two spectra are so unlike that they must be different solid forms (or another substance).
bool other_form(const Measured& measured, std::size_t pair) {
    const std::string& name = measured.queries[measured.pairs[pair].query].name;
    return name == "glucose" || name == "lactose" || name == "sodium carbonate";
}

struct Fold {
    std::vector<std::size_t> learn, test;  // pairs
    identify::LibraryPtr library;          // with what was learned on learn
};

std::vector<std::size_t> shuffled(std::vector<std::size_t> list, std::mt19937_64& random) {
    for (std::size_t i = list.size(); i > 1; --i)
        std::swap(list[i - 1], list[std::uniform_int_distribution<std::size_t>(0, i - 1)(random)]);
    return list;
}

// Each half of the solids is tested once with what the other half and the liquids taught.
std::vector<Fold> make_folds(const Bench& bench, std::uint64_t seed) {
    std::vector<std::size_t> solids, others;
    for (std::size_t i = 0; i < bench.paired.pairs.size(); ++i)
        (bench.paired.pairs[i].solid ? solids : others).push_back(i);
    std::mt19937_64 random(seed);
    std::vector<Fold> folds;
    const std::vector<Row> liquid_rows =
        others.size() < 3 ? std::vector<Row>() : simulate(bench, others, 200, seed + 17);
    for (std::uint64_t split = 0; split < 2; ++split) {
        const auto order = shuffled(solids, random);
        const auto half = order.begin() + static_cast<std::ptrdiff_t>(order.size() / 2);
        for (const bool first : {true, false}) {
            Fold fold{{order.begin(), half}, {half, order.end()}, {}};
            if (!first) std::swap(fold.learn, fold.test);
            auto rows = simulate(bench, fold.learn, 150, seed + 31 * (2 * split + (first ? 1 : 0)));
            rows.insert(rows.end(), liquid_rows.begin(), liquid_rows.end());
            identify::Learned learned = bench.library->learned;
            learn_certainty(learned, rows);
            fold.library = with_learned(*bench.library, learned);
            learned.unknown_null =
                unexplained(learn::Bench{bench.paired, bench.mixer, fold.library}, fold.learn, 60, seed + 5);
            fold.library = with_learned(*bench.library, learned);
            folds.push_back(std::move(fold));
        }
    }
    return folds;
}

std::vector<std::size_t> draw(const std::vector<std::size_t>& from, std::size_t count, std::mt19937_64& random) {
    auto list = shuffled(from, random);
    list.resize(count);
    return list;
}

core::Spectrum mixed(const Bench& bench, const std::vector<std::size_t>& pairs, const std::vector<double>& shares,
                     std::mt19937_64& random) {
    std::vector<std::size_t> queries;
    for (const std::size_t pair : pairs) queries.push_back(bench.paired.pairs[pair].query);
    return bench.mixer.mix(queries, shares, 0.005, random);
}

struct SumCount {
    Count minor;
    std::size_t major = 0, inside = 0, judged = 0;  // judged: intervals of the minor's share
};

// One sum whose last part has the share.
void count_sum(SumCount& count, const Bench& bench, const Fold& fold, std::size_t parts, double share,
               std::mt19937_64& random) {
    const auto pairs = draw(fold.test, parts, random);
    std::vector<double> shares{1.0 - share};
    if (parts == 3) shares = {0.6 * (1.0 - share), 0.4 * (1.0 - share)};
    shares.push_back(share);
    const auto result = identify::identify(mixed(bench, pairs, shares, random), *fold.library, {});
    ++count.minor.samples;
    if (!result) return;
    count.minor.hits += is_hit(bench.measured, pairs.back(), *result) ? 1 : 0;
    count.major += is_hit(bench.measured, pairs.front(), *result) ? 1 : 0;
    count_false(count.minor, bench.measured, pairs, *result);
    for (const auto& component : result->components) {
        if (!names(bench.measured, pairs.back(), component.name) || !component.share_interval) continue;
        ++count.judged;
        const auto& interval = *component.share_interval;
        count.inside += interval.low <= share && share <= interval.high ? 1 : 0;
    }
}

// C: sums of measured solids of the test half.
void sums(const Bench& bench, const std::vector<Fold>& folds, const Options& options, std::size_t parts) {
    for (const double share : {0.02, 0.05, 0.10, 0.20, 0.50}) {
        SumCount count;
        for (std::size_t f = 0; f < folds.size(); ++f) {
            std::mt19937_64 random(options.seed + 1000 * f + static_cast<std::uint64_t>(1e4 * share));
            for (std::size_t trial = 0; trial < options.trials; ++trial)
                count_sum(count, bench, folds[f], parts, share, random);
        }
        const Count& minor = count.minor;
        fmt::print(
            "C  {} parts, minor {:2.0f} %: minor named {:.2f}, major {:.2f}, false names {:.3f} a sample (found "
            "{:.3f}), share in its interval {:.2f}, n = {}\n",
            parts, 100.0 * share, minor.part(minor.hits), minor.part(count.major), minor.part(minor.false_names),
            minor.part(minor.false_found),
            static_cast<double>(count.inside) / static_cast<double>(std::max<std::size_t>(count.judged, 1)),
            minor.samples);
    }
}

// F: pures of the test half with noise, and blanks.
void false_names(const Bench& bench, const std::vector<Fold>& folds, const Options& options) {
    Count pures, blanks;
    std::size_t unknowns = 0;
    for (std::size_t f = 0; f < folds.size(); ++f) {
        std::mt19937_64 random(options.seed + 77 * f);
        for (const std::size_t pair : folds[f].test) {
            const auto result = identify::identify(mixed(bench, {pair}, {1.0}, random), *folds[f].library, {});
            ++pures.samples;
            if (!result) continue;
            pures.hits += is_hit(bench.measured, pair, *result) ? 1 : 0;
            count_false(pures, bench.measured, {pair}, *result);
        }
        for (int i = 0; i < 20; ++i) {
            const auto result = identify::identify(bench.mixer.blank(0.005, random), *folds[f].library, {});
            ++blanks.samples;
            if (!result) continue;
            count_false(blanks, bench.measured, {}, *result);
            unknowns += result->unknown.present ? 1 : 0;
        }
    }
    fmt::print(
        "F  pures: named {:.3f}, false names {:.3f} a sample (found {:.3f}), n = {}; blanks: false names {:.3f}, "
        "unknown flagged {}, n = {}\n",
        pures.part(pures.hits), pures.part(pures.false_names), pures.part(pures.false_found), pures.samples,
        blanks.part(blanks.false_names), unknowns, blanks.samples);
}

// U: one true component struck from the library.
void struck_components(const Bench& bench, const std::vector<Fold>& folds, const Options& options) {
    std::vector<double> complete, incomplete;
    std::size_t flagged = 0, alarms = 0;
    for (std::size_t f = 0; f < folds.size(); ++f) {
        std::mt19937_64 random(options.seed + 177 * f);
        const identify::Library& library = *folds[f].library;
        for (std::size_t trial = 0; trial < 4 * options.trials; ++trial) {
            const auto pairs = draw(folds[f].test, 2, random);
            const double share = 0.1 + 0.4 * std::uniform_real_distribution<double>(0.0, 1.0)(random);
            const auto spectrum = mixed(bench, pairs, {1.0 - share, share}, random);
            const auto less = struck(library, bench.paired.pairs[pairs[trial % 2]].references);
            const auto whole_one = identify::explain(spectrum, library),
                       struck_one = identify::explain(spectrum, *less);
            if (!whole_one || !struck_one) continue;
            complete.push_back(strongest_unexplained(*whole_one, library));
            incomplete.push_back(strongest_unexplained(*struck_one, *less));
            alarms += identify::unknown_p_value(library.learned, complete.back()) <= library.learned.unknown_alarm;
            flagged += identify::unknown_p_value(library.learned, incomplete.back()) <= library.learned.unknown_alarm;
        }
    }
    std::ranges::sort(complete);
    const double bar = complete[static_cast<std::size_t>(0.95 * static_cast<double>(complete.size()))];
    const auto above = std::ranges::count_if(incomplete, [&](double value) { return value > bar; });
    const double n = static_cast<double>(complete.size());
    fmt::print(
        "U  struck component: flagged {:.2f} with {:.3f} false alarms at the learned threshold; {:.2f} at exactly "
        "5 % false alarms, n = {}\n",
        static_cast<double>(flagged) / n, static_cast<double>(alarms) / n, static_cast<double>(above) / n,
        complete.size());
}

// L: an absent substance spiked at the limit that was printed for it.
void spiked(const Bench& bench, const std::vector<Fold>& folds, const Options& options) {
    std::size_t named = 0, wrong_form = 0, wrong_form_named = 0;
    std::vector<double> limits;
    for (std::size_t f = 0; f < folds.size(); ++f) {
        const learn::Bench own{bench.paired, bench.mixer, folds[f].library};
        for (const learn::Spike& one : spike(own, folds[f].test, 8 * options.trials, true, options.seed + 277 * f)) {
            limits.push_back(one.share);
            named += one.named ? 1 : 0;
            if (!other_form(bench.measured, one.pair)) continue;
            ++wrong_form;
            wrong_form_named += one.named ? 1 : 0;
        }
    }
    if (limits.empty()) return;
    std::ranges::sort(limits);
    const double n = static_cast<double>(limits.size());
    fmt::print(
        "L  spiked at the printed limit: named {:.3f} (without other forms {:.3f}), median limit {:.3f}, n = {}\n",
        static_cast<double>(named) / n,
        static_cast<double>(named - wrong_form_named) / std::max(1.0, n - static_cast<double>(wrong_form)),
        limits[limits.size() / 2], limits.size());
}

// What spectra/identify/learned.cpp ships: learned on all pairs, so the table above is not about these figures.
void learn_all(const Bench& bench, std::uint64_t seed) {
    std::vector<std::size_t> all(bench.paired.pairs.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    identify::Learned learned = bench.library->learned;
    learn_certainty(learned, simulate(bench, all, 400, seed + 3));
    fmt::print("certainty {:.3f} | {:.3f}\n", learned.certainty_intercept,
               fmt::join(learned.certainty_weights, ", "));
    const learn::Bench taught{bench.paired, bench.mixer, with_learned(*bench.library, learned)};
    // Another form than the library's is rightly unexplained, and no limit can promise to show it.
    std::erase_if(all, [&](std::size_t pair) { return other_form(bench.measured, pair); });
    const auto strongest = unexplained(taught, all, 250, seed + 4);
    fmt::print("unexplained");
    for (std::size_t i = 2; i < strongest.size(); i += 5) fmt::print(" {:.2f},", strongest[i]);
    fmt::print("\nkappa {:.1f}\n", learn_kappa(spike(taught, all, 200, false, seed + 5)));
}

}  // namespace

int run(const Options& options) {
    std::setvbuf(stdout, nullptr, _IOLBF, 1 << 12);  // a row is seen when it is known
    const Measured data = measured(options.data, options.seed);
    fmt::print("Singel accuracy on {}; {} references, {} queries, {} pairs; seed {}\n", data.origin,
               data.library.size(), data.queries.size(), data.pairs.size(), options.seed);
    for (const std::size_t distractors : {std::size_t{0}, options.distractors}) {
        pure_queries(data, options, distractors);
        pure_queries(reversed(data), options, distractors);
    }
    const Mixer mixer(data.queries);
    const Bench bench{{data, mixer,
                       core::value_or_throw(identify::prepare(
                           reference_set(with_distractors(data.library, options.distractors, options.seed))))},
                      data};
    if (options.learn) {
        learn_all(bench, options.seed);
        return 0;
    }
    const std::vector<Fold> folds = make_folds(bench, options.seed);
    sums(bench, folds, options, 2);
    sums(bench, folds, options, 3);
    false_names(bench, folds, options);
    struck_components(bench, folds, options);
    spiked(bench, folds, options);
    return 0;
}

bool read_number(std::string_view text, auto& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

}  // namespace singel::tests::accuracy

int main(int argc, char** argv) {
    using namespace singel::tests::accuracy;
    Options options;
    bool fine = argc % 2 == 1;
    for (int i = 1; fine && i + 1 < argc; i += 2) {
        const std::string_view name = argv[i], value = argv[i + 1];
        if (name == "--seed")
            fine = read_number(value, options.seed);
        else if (name == "--trials")
            fine = read_number(value, options.trials) && options.trials > 0;
        else if (name == "--data")
            options.data = value;
        else if (name == "--distractors")
            fine = read_number(value, options.distractors);
        else if (name == "--learn")
            fine = options.learn = value == "all";
        else
            fine = false;
    }
    if (!fine) {
        std::fputs("usage: accuracy [--seed N] [--trials N] [--distractors N] [--data FOLDER] [--learn all]\n",
                   stderr);
        return 2;
    }
    return run(options);
}
