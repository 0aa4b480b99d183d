#include "spectra/learn/kappa.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace singel::spectra::learn {
namespace {

constexpr double wanted = 0.95, wanted_of_hard = 0.85;
constexpr double hard_substance = 1.645;  // deviations: one in twenty is harder
constexpr double least_multiple = 1.0, greatest_multiple = 1000.0;

// Nodes and weights of ∫ f(b) N(b; 0, 1) db: Gauss-Hermite of nine points (Abramowitz and Stegun, table 25.10),
// nodes times √2, weights over √π.
struct Node {
    double place, weight;
};
constexpr std::array<Node, 9> nodes{{{-4.512745863399783, 2.234584400774660e-5},
                                     {-3.205429002856470, 2.789141321231769e-3},
                                     {-2.076847978677830, 4.991640676521788e-2},
                                     {-1.023255663789133, 2.440975028949394e-1},
                                     {0.0, 4.063492063492063e-1},
                                     {1.023255663789133, 2.440975028949394e-1},
                                     {2.076847978677830, 4.991640676521788e-2},
                                     {3.205429002856470, 2.789141321231769e-3},
                                     {4.512745863399783, 2.234584400774660e-5}}};

double logistic(double z) {
    return 1.0 / (1.0 + std::exp(-z));
}

using OfSubstance = std::map<std::string, std::vector<const Spike*>>;

// A weak prior keeps the deviation between few substances finite: half-normal of unit width.
double log_likelihood(const KappaModel& model, const OfSubstance& spikes) {
    double sum = -0.5 * model.between * model.between;
    for (const auto& [substance, list] : spikes) {
        double likelihood = 0.0;
        for (const Node& node : nodes) {
            double inside = 0.0;
            for (const Spike* spike : list) {
                const double p = model.named(std::log(spike->kappa), node.place);
                inside += std::log(std::max(spike->named ? p : 1.0 - p, 1e-12));
            }
            likelihood += node.weight * std::exp(inside);
        }
        sum += std::log(std::max(likelihood, 1e-300));
    }
    return sum;
}

// The neighbours of a model along one parameter, kept within reason.
std::array<KappaModel, 2> neighbours(const KappaModel& model, int parameter, double step) {
    std::array<KappaModel, 2> both{model, model};
    for (std::size_t k = 0; k < 2; ++k) {
        const double by = k == 0 ? step : -step;
        if (parameter == 0) both[k].middle = std::clamp(model.middle + by, -2.0, 7.0);
        if (parameter == 1) both[k].slope = std::clamp(model.slope * std::exp(by), 0.3, 20.0);
        if (parameter == 2) both[k].between = std::clamp(model.between + by, 0.0, 3.0);
    }
    return both;
}

}  // namespace

double KappaModel::named(double log_kappa, double substance) const {
    return logistic(slope * (log_kappa - middle - between * substance));
}

double KappaModel::named(double log_kappa) const {
    double sum = 0.0;
    for (const Node& node : nodes) sum += node.weight * named(log_kappa, node.place);
    return sum;
}

KappaModel fit_kappa(std::span<const Spike> spikes) {
    OfSubstance by_substance;
    for (const Spike& spike : spikes) by_substance[spike.substance].push_back(&spike);
    KappaModel best;
    double likelihood = log_likelihood(best, by_substance);
    for (double step = 0.5; step > 0.005; step *= 0.5) {
        for (bool moved = true; moved;) {
            moved = false;
            for (int parameter = 0; parameter < 3; ++parameter)
                for (const KappaModel& trial : neighbours(best, parameter, step)) {
                    const double here = log_likelihood(trial, by_substance);
                    if (!(here > likelihood + 1e-9)) continue;
                    likelihood = here;
                    best = trial;
                    moved = true;
                }
        }
    }
    return best;
}

double kappa_of(const KappaModel& model) {
    double low = std::log(least_multiple), high = std::log(greatest_multiple);
    for (int halving = 0; halving < 60; ++halving) {
        const double middle = 0.5 * (low + high);
        const bool enough = model.named(middle) >= wanted && model.named(middle, hard_substance) >= wanted_of_hard;
        (enough ? high : low) = middle;
    }
    return std::exp(high);
}

}  // namespace singel::spectra::learn
