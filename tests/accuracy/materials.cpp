#include "tests/accuracy/materials.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

#include "spectra/identify/shapes.hpp"
#include "spectra/process/baseline.hpp"
#include "spectra/process/resample.hpp"

namespace singel::tests::accuracy {
namespace {

using spectra::identify::Vector;

constexpr double grid_low = 300.0, grid_high = 2300.0;  // cm⁻¹, in steps of 1
constexpr double stiffness = 1e5;                       // of arPLS at 1 cm⁻¹
constexpr Eigen::Index most_shift = 4;

struct Classed {
    std::string_view name, group;
};
constexpr std::array classes{
    Classed{"acetaminophen", "drugs"},
    Classed{"caffeine", "drugs"},
    Classed{"ibuprofen", "drugs"},
    Classed{"ketoprofen", "drugs"},
    Classed{"metamizol Mg", "drugs"},
    Classed{"hydrocortisone", "drugs"},
    Classed{"thiamine HCl", "drugs"},
    Classed{"lactose", "sugars"},
    Classed{"glucose", "sugars"},
    Classed{"sucrose", "sugars"},
    Classed{"alanine", "amino acids"},
    Classed{"glycine", "amino acids"},
    Classed{"arginine", "amino acids"},
    Classed{"EDTA", "organic cuts"},
    Classed{"citric acid", "organic cuts"},
    Classed{"urea", "organic cuts"},
    Classed{"melamine", "organic cuts"},
    Classed{"methyl paraben", "organic cuts"},
    Classed{"sodium acetate", "organic cuts"},
    Classed{"polyethylene glycol", "organic cuts"},
    Classed{"sodium hydrogen carbonate", "mineral cuts"},
    Classed{"calcium carbonate", "mineral cuts"},
    Classed{"sodium sulfate", "mineral cuts"},
    Classed{"potassium dihydrogen phosphate", "mineral cuts"},
    Classed{"sodium carbonate", "mineral cuts"},
};

Vector bands_on_grid(const core::Spectrum& spectrum) {
    const double low = std::max(grid_low, std::ceil(spectrum.axis.low()) + 1.0),
                 high = std::min(grid_high, std::floor(spectrum.axis.high()) - 1.0);
    const auto axis = core::Axis::uniform(spectrum.axis.kind(), low, 1.0, static_cast<std::size_t>(high - low) + 1);
    const auto values = core::value_or_throw(spectra::process::resample(spectrum, axis)).values;
    const auto baseline = spectra::process::arpls(values, stiffness);
    Vector bands = Vector::Zero(static_cast<Eigen::Index>(grid_high - grid_low) + 1);
    for (std::size_t i = 0; i < values.size(); ++i)
        bands[static_cast<Eigen::Index>(axis[i] - grid_low)] = values[i] - baseline[i];
    return bands;
}

double correlation(const Vector& a, const Vector& b) {
    const Vector x = a.array() - a.mean(), y = b.array() - b.mean();
    return x.dot(y) / std::max(x.norm() * y.norm(), 1e-300);
}

double best_shifted(const Vector& a, const Vector& b) {
    double best = -1.0;
    const Eigen::Index kept = a.size() - 2 * most_shift;
    for (Eigen::Index shift = -most_shift; shift <= most_shift; ++shift)
        best = std::max(best, correlation(a.segment(most_shift, kept), b.segment(most_shift + shift, kept)));
    return best;
}

std::size_t root(std::vector<std::size_t>& parents, std::size_t i) {
    while (parents[i] != i) i = parents[i] = parents[parents[i]];
    return i;
}

// For each pair the first pair that it shares a file with, directly or through others.
std::vector<std::size_t> joined(const Measured& measured) {
    std::vector<std::size_t> parents(measured.pairs.size());
    std::iota(parents.begin(), parents.end(), std::size_t{0});
    std::map<std::size_t, std::size_t> of_query, of_reference;
    const auto join = [&](std::map<std::size_t, std::size_t>& first, std::size_t file, std::size_t pair) {
        const auto [place, fresh] = first.emplace(file, pair);
        const std::size_t a = root(parents, pair), b = root(parents, place->second);
        parents[std::max(a, b)] = std::min(a, b);
    };
    for (std::size_t i = 0; i < measured.pairs.size(); ++i) {
        join(of_query, measured.pairs[i].query, i);
        for (const std::size_t reference : measured.pairs[i].references) join(of_reference, reference, i);
    }
    for (std::size_t i = 0; i < parents.size(); ++i) parents[i] = root(parents, i);
    return parents;
}

void insert_once(std::vector<std::size_t>& list, std::size_t value) {
    if (std::ranges::find(list, value) == list.end()) list.push_back(value);
}

}  // namespace

double likeness(const core::Spectrum& a, const core::Spectrum& b) {
    const Vector x = bands_on_grid(a), y = bands_on_grid(b);
    double best = best_shifted(x, y);
    for (const double sigma : {1.0, 1.5, 2.0, 2.5, 3.0, 4.0})
        best = std::max({best, best_shifted(spectra::identify::smooth(x, sigma), y),
                         best_shifted(x, spectra::identify::smooth(y, sigma))});
    return best;
}

std::vector<Material> materials(const Measured& measured, const core::ParallelFor& parallel) {
    const std::vector<std::size_t> roots = joined(measured);
    std::map<std::size_t, Material> by_root;
    for (std::size_t i = 0; i < roots.size(); ++i) {
        const Pair& pair = measured.pairs[i];
        Material& material = by_root[roots[i]];
        if (material.name.empty()) material.name = measured.queries[pair.query].name;
        material.solid = material.solid || pair.solid;
        insert_once(material.queries, pair.query);
        for (const std::size_t reference : pair.references) insert_once(material.references, reference);
    }
    std::vector<Material> list;
    for (auto& [first, material] : by_root) list.push_back(std::move(material));
    parallel(list.size(), [&](std::size_t i) {
        list[i].likeness = -1.0;
        for (const std::size_t query : list[i].queries)
            for (const std::size_t reference : list[i].references)
                list[i].likeness = std::max(list[i].likeness, likeness(measured.queries[query].spectrum,
                                                                       measured.library[reference].spectrum));
    });
    return list;
}

std::string_view class_of(std::string_view name) {
    const auto* const known = std::ranges::find(classes, name, &Classed::name);
    return known == classes.end() ? "others" : known->group;
}

}  // namespace singel::tests::accuracy
