#include "spectra/learn/relearn.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <set>

#include "spectra/learn/bench.hpp"
#include "spectra/learn/certainty.hpp"
#include "spectra/learn/kappa.hpp"
#include "spectra/learn/mismatch.hpp"
#include "spectra/learn/quantile.hpp"
#include "spectra/learn/rates.hpp"
#include "spectra/learn/starting_figures.hpp"

namespace singel::spectra::learn {
namespace {

using identify::Learned;
using Wanted = std::function<bool(std::size_t source, std::size_t pair)>;

// Chosen for instruments that were never compared: relative response differs by a factor of two over the range.
constexpr double least_area_deviation = 0.35;
constexpr std::size_t kept_of_null = 50;  // of the strongest unexplained bands: equally spaced quantiles

std::vector<Source> only(std::span<const Source> sources, const Wanted& wanted) {
    std::vector<Source> some;
    for (std::size_t s = 0; s < sources.size(); ++s) {
        Source& source = some.emplace_back(Source{sources[s].paired, sources[s].library, {}});
        for (const std::size_t pair : sources[s].pairs)
            if (wanted(s, pair)) source.pairs.push_back(pair);
    }
    return some;
}

// First guesses for the fits of single pairs: deviations nearly free, nothing known of the container.
Learned first_guess(Learned learned) {
    for (double& sd : learned.nuisance_sd) sd *= 3.0;
    learned.backgrounds.clear();
    return learned;
}

// Container and, where wanted, mismatch and deviations, in two rounds: the second weighs with what the first taught.
Learned with_mismatch(Learned learned, std::span<const Source> sources, bool mismatch,
                      const core::ParallelFor& parallel) {
    const int rounds = mismatch ? 2 : 1;
    for (int round = 0; round < rounds; ++round) {
        const auto fits = fit_pairs(sources, round == 0 ? first_guess(learned) : learned, parallel);
        if (mismatch) learn_mismatch(learned, fits);
        if (mismatch) learn_deviations(learned, fits);
        if (round == 0) learn_backgrounds(learned, fits);
    }
    return learned;
}

// One half of the substances; what the other half taught judges it.
struct Half {
    std::vector<Source> all, same_form;
    Learned taught;  // by this half
    std::vector<Row> rows;
};

class Course {
public:
    Course(std::span<const Source> sources, const Effort& effort, std::uint64_t seed,
           const core::ParallelFor& parallel)
        : sources_(sources), effort_(effort), seed_(seed), parallel_(parallel) {
        for (const Source& source : sources_) mixers_.emplace_back(source.paired.queries);
    }

    core::Result<Learning> run() {
        result_.learned = starting_figures();
        if (auto fine = sort_out(); !fine) return tl::unexpected(fine.error());
        divide();
        teach_certainty();
        calibrate();
        return std::move(result_);
    }

private:
    core::Result<void> sort_out();
    void divide();
    void teach_certainty();
    void calibrate();

    // Calls work with each half, source and its part of the samples; `judge` is what the other half taught.
    template <class Work>
    void each(std::size_t samples, std::uint64_t stage, const std::vector<Source> Half::*which, const Work& work) {
        const std::size_t parts = halves_.size() * sources_.size();
        for (std::size_t h = 0; h < halves_.size(); ++h)
            for (std::size_t s = 0; s < sources_.size(); ++s) {
                const Source& source = (halves_[h].*which)[s];
                if (source.pairs.empty()) continue;
                const Bench bench{source.paired, mixers_[s], with_learned(*source.library, halves_[1 - h].taught)};
                work(halves_[h], bench, source.pairs, (samples + parts - 1) / parts,
                     seed_ + 1000003 * stage + 101 * h + s);
            }
    }

    std::span<const Source> sources_;
    const Effort& effort_;
    std::uint64_t seed_;
    const core::ParallelFor& parallel_;
    std::vector<Mixer> mixers_;
    std::set<std::pair<std::size_t, std::size_t>> other_forms_;  // source, pair
    std::set<std::string> substances_;
    std::array<Half, 2> halves_;
    Learning result_;
};

// Which pairs are of one form, and whether enough are.
core::Result<void> Course::sort_out() {
    std::map<std::string, double> worst;
    std::set<std::pair<std::size_t, std::size_t>> fitted;
    for (const SingleFit& fit : fit_pairs(sources_, first_guess(result_.learned), parallel_)) {
        const std::string& name = substance_of(sources_[fit.source].paired, fit.pair);
        fitted.insert({fit.source, fit.pair});
        if (other_form(fit)) {
            other_forms_.insert({fit.source, fit.pair});
            worst[name] = std::max(worst[name], fit.residual_part);
        } else {
            substances_.insert(name);
        }
    }
    Account& account = result_.account;
    for (const auto& [name, part] : worst)
        account.left_out.push_back(
            {name, fmt::format("its two spectra are of different forms: the best single fit leaves {:.0f} % of the "
                               "bands' norm (more than {:.0f} %)",
                               100.0 * part, 100.0 * other_form_residual)});
    for (std::size_t s = 0; s < sources_.size(); ++s)
        for (const std::size_t pair : sources_[s].pairs)
            if (!fitted.contains({s, pair}))
                account.left_out.push_back(
                    {substance_of(sources_[s].paired, pair), "its spectrum or reference cannot be fitted"});
    account.substances.assign(substances_.begin(), substances_.end());
    account.pairs = fitted.size() - other_forms_.size();
    if (substances_.size() >= fewest_substances) return {};
    return tl::unexpected(core::Error{
        core::Fault::invalid_argument,
        fmt::format("{} substances measured on both instruments are too few to learn from: at least {} are needed",
                    substances_.size(), fewest_substances),
        {},
        "measure more of the library's substances; twenty-five or more give steadier figures"});
}

void Course::divide() {
    std::vector<std::string> names;
    std::set<std::string> all;
    for (const Source& source : sources_)
        for (const std::size_t pair : source.pairs) all.insert(substance_of(source.paired, pair));
    names.assign(all.begin(), all.end());
    std::vector<std::size_t> order(names.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::mt19937_64 random = generator(seed_, 0);
    order = draw(order, order.size(), random);
    std::map<std::string, std::size_t> half_of;
    for (std::size_t i = 0; i < order.size(); ++i) half_of[names[order[i]]] = i % 2;
    const auto same_form = [&](std::size_t s, std::size_t pair) { return !other_forms_.contains({s, pair}); };
    const Learned start = result_.learned;
    result_.learned = with_mismatch(start, only(sources_, same_form), effort_.mismatch, parallel_);
    for (std::size_t h = 0; h < halves_.size(); ++h) {
        Half& half = halves_[h];
        half.all = only(sources_, [&](std::size_t s, std::size_t pair) {
            return half_of.at(substance_of(sources_[s].paired, pair)) == h;
        });
        half.same_form = only(half.all, same_form);
        half.taught = with_mismatch(start, half.same_form, effort_.mismatch, parallel_);
    }
}

void Course::teach_certainty() {
    each(effort_.sums, 1, &Half::all,
         [&](Half& half, const Bench& bench, std::span<const std::size_t> pairs, std::size_t samples,
             std::uint64_t seed) {
             const auto rows = simulate(bench, pairs, samples, seed, parallel_);
             half.rows.insert(half.rows.end(), rows.begin(), rows.end());
             result_.account.sums += samples;
         });
    std::vector<Row> rows;
    Learned& learned = result_.learned;
    learned.found_names = learned.found_wrong = learned.probable_names = learned.probable_wrong = 0.0;
    for (Half& half : halves_) {
        learn_certainty(half.taught, half.rows);
        rows.insert(rows.end(), half.rows.begin(), half.rows.end());
    }
    for (std::size_t h = 0; h < halves_.size(); ++h) count_names(learned, halves_[h].rows, halves_[1 - h].taught);
    learn_certainty(learned, rows);
    learned.share_sd = std::max(area_deviation(rows), least_area_deviation);
    result_.account.names = rows.size();
}

void Course::calibrate() {
    std::vector<double> strongest;
    each(effort_.complete, 2, &Half::same_form,
         [&](Half&, const Bench& bench, std::span<const std::size_t> pairs, std::size_t samples, std::uint64_t seed) {
             const auto more = unexplained(bench, pairs, samples, seed, parallel_);
             strongest.insert(strongest.end(), more.begin(), more.end());
         });
    Learned& learned = result_.learned;
    learned.unknown_null.clear();
    for (std::size_t i = 0; i < kept_of_null; ++i)
        learned.unknown_null.push_back(
            quantile(strongest, (static_cast<double>(i) + 0.5) / static_cast<double>(kept_of_null)));
    std::vector<Spike> spikes;
    each(effort_.spikes, 3, &Half::same_form,
         [&](Half&, const Bench& bench, std::span<const std::size_t> pairs, std::size_t samples, std::uint64_t seed) {
             const auto more = spike(bench, pairs, samples, false, seed, parallel_);
             spikes.insert(spikes.end(), more.begin(), more.end());
         });
    const KappaModel model = fit_kappa(spikes);
    learned.limit_kappa = kappa_of(model);
    result_.account.kappa_between_substances = model.between;
    result_.account.complete = strongest.size();
    result_.account.spikes = spikes.size();
}

}  // namespace

core::Result<Learning> relearn(std::span<const Source> sources, const Effort& effort, std::uint64_t seed,
                               const core::ParallelFor& parallel) {
    if (sources.empty())
        return tl::unexpected(core::Error{core::Fault::invalid_argument, "there is nothing to learn from", {}, {}});
    return Course(sources, effort, seed, parallel).run();
}

}  // namespace singel::spectra::learn
