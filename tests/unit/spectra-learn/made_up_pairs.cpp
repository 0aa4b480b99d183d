#include "tests/unit/spectra-learn/made_up_pairs.hpp"

#include <array>
#include <cmath>
#include <fmt/format.h>
#include <random>

namespace singel::tests::learn {
namespace {

namespace core = spectra::core;

struct Line {
    double place, height, width;
};

double at(const std::array<Line, 6>& lines, double x) {
    double y = 1000.0 + 500.0 * std::exp(-x / 900.0);
    for (const Line& line : lines) {
        const double u = (x - line.place) / line.width;
        y += 4000.0 * line.height / (1.0 + u * u);
    }
    return y;
}

}  // namespace

MadeUp made_up_pairs(std::size_t count, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> place(400.0, 1250.0), part(0.0, 1.0);
    std::normal_distribution<double> normal;
    MadeUp made;
    const core::Axis axis = core::Axis::uniform(core::AxisKind::raman_shift_cm1, 300.0, 2.0, 525);
    auto values = std::make_shared<std::vector<float>>();
    for (std::size_t i = 0; i < count; ++i) {
        std::array<Line, 6> here, there;
        for (std::size_t k = 0; k < here.size(); ++k) {
            here[k] = {place(random), 0.2 + part(random), 4.0 + 4.0 * part(random)};
            there[k] = {here[k].place + 0.4 * normal(random), here[k].height * std::exp(0.1 * normal(random)),
                        1.15 * here[k].width};
        }
        const std::string name = fmt::format("substance {}", i);
        core::Spectrum query;
        query.axis = axis;
        query.technique = core::Technique::raman;
        query.noise = core::NoiseBasis::estimated;
        for (const double x : axis.values()) {
            values->push_back(static_cast<float>(at(here, x)));
            query.values.push_back(at(there, x) + 8.0 * normal(random));
        }
        made.paired.queries.push_back({name, std::move(query)});
        made.paired.pairs.push_back({i, {i}, true, {}});
        core::Reference reference;
        reference.substance.name = name;
        reference.source = name + ".csv";
        reference.last = axis.size();
        made.set.references.push_back(std::move(reference));
    }
    made.set.id = "made up";
    made.set.technique = core::Technique::raman;
    made.set.axis = axis;
    made.set.values = *values;
    made.set.owner = values;
    return made;
}

}  // namespace singel::tests::learn
