#include "tests/accuracy/score.hpp"

#include <algorithm>
#include <cmath>
#include <random>

namespace singel::tests::accuracy {
namespace {

constexpr std::size_t bins_of_certainty = 10, draws = 1000;

bool passes(const Said& said, std::optional<double> above) {
    return above ? said.certainty > *above : said.named;
}

Range percentiles(std::vector<double> values) {
    std::ranges::sort(values);
    const auto at = [&](double part) {
        return values[static_cast<std::size_t>(std::lround(part * static_cast<double>(values.size() - 1)))];
    };
    return {at(0.025), at(0.975)};
}

// Wilson's score interval of none or all of n.
Range wilson_edge(bool all, double n) {
    constexpr double z2 = 1.96 * 1.96;
    const double far = z2 / (n + z2);
    return all ? Range{1.0 - far, 1.0} : Range{0.0, far};
}

}  // namespace

bool names_part(const Outcome& outcome, std::size_t part, std::optional<double> above) {
    return std::ranges::any_of(outcome.said,
                               [&](const Said& said) { return said.truth == part && passes(said, above); });
}

std::size_t false_names(const Outcome& outcome, std::optional<double> above) {
    return static_cast<std::size_t>(
        std::ranges::count_if(outcome.said, [&](const Said& said) { return !said.truth && passes(said, above); }));
}

std::size_t false_found(const Outcome& outcome) {
    return static_cast<std::size_t>(
        std::ranges::count_if(outcome.said, [](const Said& said) { return !said.truth && said.found; }));
}

void Ratio::count(std::size_t cluster, double amount, double of) {
    Sum& sum = sums_[cluster];
    sum.amount += amount;
    sum.of += of;
}

double Ratio::trials() const {
    double of = 0.0;
    for (const auto& [cluster, sum] : sums_) of += sum.of;
    return of;
}

double Ratio::value() const {
    double amount = 0.0, of = 0.0;
    for (const auto& [cluster, sum] : sums_) {
        amount += sum.amount;
        of += sum.of;
    }
    return of > 0.0 ? amount / of : 0.0;
}

Range Ratio::interval(std::uint64_t seed) const {
    const double whole = value(), n = trials();
    if (n <= 0.0) return {};
    if (whole <= 0.0 || whole >= 1.0) return wilson_edge(whole >= 1.0, n);
    std::vector<Sum> list;
    for (const auto& [cluster, sum] : sums_) list.push_back(sum);
    std::mt19937_64 random(seed);
    std::uniform_int_distribution<std::size_t> any(0, list.size() - 1);
    std::vector<double> values;
    for (std::size_t draw = 0; draw < draws; ++draw) {
        double amount = 0.0, of = 0.0;
        for (std::size_t k = 0; k < list.size(); ++k) {
            const Sum& sum = list[any(random)];
            amount += sum.amount;
            of += sum.of;
        }
        values.push_back(of > 0.0 ? amount / of : whole);
    }
    return percentiles(std::move(values));
}

double certainty_at(std::span<const Outcome> outcomes, double false_names_per_sample) {
    std::vector<double> wrong;
    for (const Outcome& outcome : outcomes)
        for (const Said& said : outcome.said)
            if (!said.truth) wrong.push_back(said.certainty);
    std::ranges::sort(wrong, std::greater());
    const auto allowed =
        static_cast<std::size_t>(false_names_per_sample * static_cast<double>(outcomes.size()) + 1e-9);
    return allowed < wrong.size() ? wrong[allowed] : 0.0;
}

std::vector<Bin> reliability(std::span<const Outcome> outcomes, double least) {
    std::vector<Bin> bins(bins_of_certainty);
    for (const Outcome& outcome : outcomes)
        for (const Said& said : outcome.said) {
            if (said.certainty < least) continue;
            const auto place = static_cast<std::size_t>(said.certainty * static_cast<double>(bins_of_certainty));
            Bin& bin = bins[std::min(place, bins_of_certainty - 1)];
            bin.predicted += said.certainty;
            bin.observed += said.truth ? 1.0 : 0.0;
            ++bin.count;
        }
    std::erase_if(bins, [](const Bin& bin) { return bin.count == 0; });
    for (Bin& bin : bins) {
        bin.predicted /= static_cast<double>(bin.count);
        bin.observed /= static_cast<double>(bin.count);
    }
    return bins;
}

double calibration_error(std::span<const Bin> bins) {
    double sum = 0.0, count = 0.0;
    for (const Bin& bin : bins) {
        sum += static_cast<double>(bin.count) * std::abs(bin.predicted - bin.observed);
        count += static_cast<double>(bin.count);
    }
    return count > 0.0 ? sum / count : 0.0;
}

Range calibration_range(std::span<const Outcome> outcomes, double least, std::uint64_t seed) {
    std::map<std::size_t, std::vector<Outcome>> by_cluster;
    for (const Outcome& outcome : outcomes) by_cluster[outcome.cluster].push_back(outcome);
    if (by_cluster.empty()) return {};
    std::vector<const std::vector<Outcome>*> list;
    for (const auto& [cluster, members] : by_cluster) list.push_back(&members);
    std::mt19937_64 random(seed);
    std::uniform_int_distribution<std::size_t> any(0, list.size() - 1);
    std::vector<double> errors;
    for (std::size_t draw = 0; draw < draws / 5; ++draw) {
        std::vector<Outcome> drawn;
        for (std::size_t k = 0; k < list.size(); ++k) {
            const auto& members = *list[any(random)];
            drawn.insert(drawn.end(), members.begin(), members.end());
        }
        errors.push_back(calibration_error(reliability(drawn, least)));
    }
    return percentiles(std::move(errors));
}

double upper_quantile(std::vector<double> values, double part) {
    if (values.empty()) return 0.0;
    std::ranges::sort(values, std::greater());
    const auto above = static_cast<std::size_t>(part * static_cast<double>(values.size()) + 1e-9);
    return values[std::min(above, values.size() - 1)];
}

}  // namespace singel::tests::accuracy
