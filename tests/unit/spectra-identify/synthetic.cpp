#include "tests/unit/spectra-identify/synthetic.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace singel::tests {

namespace core = spectra::core;
namespace identify = spectra::identify;

std::vector<Drawn> substances(std::size_t count, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> place(350.0, 1750.0), part(0.0, 1.0);
    std::vector<Drawn> list;
    for (std::size_t i = 0; i < count; ++i) {
        Drawn drawn{"substance " + std::to_string(i), {}, 0.0};
        drawn.lines.resize(6 + static_cast<std::size_t>(6.0 * part(random)));
        for (Line& line : drawn.lines) {
            line = {place(random), 0.1 + part(random), 4.0 + 3.0 * part(random)};
            drawn.area += line.height * line.sigma * std::sqrt(2.0 * std::numbers::pi);
        }
        list.push_back(std::move(drawn));
    }
    return list;
}

namespace {

double curve(const Drawn& drawn, double x) {
    double sum = 0.0;
    for (const Line& line : drawn.lines) {
        const double u = (x - line.place) / line.sigma;
        sum += line.height * std::exp(-0.5 * u * u);
    }
    return sum;
}

}  // namespace

core::ReferenceSet reference_set(const std::vector<Drawn>& drawn) {
    core::ReferenceSet set;
    set.id = "synthetic";
    set.technique = core::Technique::raman;
    set.axis = core::Axis::uniform(core::AxisKind::raman_shift_cm1, 300.0, 1.0, 2001);
    auto values = std::make_shared<std::vector<float>>();
    for (const Drawn& one : drawn) {
        core::Reference reference;
        reference.substance.name = one.name;
        reference.last = set.axis.size();
        set.references.push_back(reference);
        for (const double x : set.axis.values()) values->push_back(static_cast<float>(curve(one, x)));
    }
    set.values = *values;
    set.owner = values;
    return set;
}

core::Spectrum measure(const std::vector<Drawn>& drawn, const Recipe& recipe, std::uint64_t seed) {
    core::Spectrum spectrum;
    const auto points = static_cast<std::size_t>((recipe.high - recipe.low) / recipe.step) + 1;
    spectrum.axis = core::Axis::uniform(core::AxisKind::raman_shift_cm1, recipe.low, recipe.step, points);
    spectrum.technique = core::Technique::raman;
    spectrum.noise = core::NoiseBasis::estimated;
    spectrum.ordinate = core::Ordinate::counts;
    double top = 0.0;
    for (const double x : spectrum.axis.values()) {
        double y = 0.0;
        for (const auto& [i, share] : recipe.parts) y += share / drawn[i].area * curve(drawn[i], x - recipe.shift);
        spectrum.values.push_back(y);
        top = std::max(top, y);
    }
    if (top == 0.0) top = 1.0;
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal;
    for (std::size_t i = 0; i < points; ++i) {
        const double u = (spectrum.axis[i] - 700.0) / 900.0;
        const double y = spectrum.values[i] + top * recipe.fluorescence * std::exp(-u * u);
        spectrum.values[i] = 10000.0 * (y / top + recipe.noise * normal(random));
    }
    return spectrum;
}

identify::LibraryPtr prepared(const core::ReferenceSet& set) {
    return core::value_or_throw(identify::prepare(set));
}

identify::Identification identified(const core::Spectrum& spectrum, const identify::LibraryPtr& library,
                                    const std::vector<identify::Watched>& watch_list) {
    return core::value_or_throw(identify::identify(spectrum, *library, watch_list));
}

}  // namespace singel::tests
