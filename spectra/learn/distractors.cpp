#include "spectra/learn/distractors.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <random>

namespace singel::spectra::learn {
namespace {

constexpr double least_distance = 40.0, greatest_distance = 400.0;  // cm⁻¹

// Values [first, last) of `from`, moved on and mirrored at the end, or also reversed.
void displace(std::span<const float> from, std::span<float> to, std::ptrdiff_t by, bool reversed) {
    const auto size = static_cast<std::ptrdiff_t>(from.size());
    for (std::ptrdiff_t k = 0; k < size; ++k) {
        const std::ptrdiff_t place = ((reversed ? size - 1 - k : k) + by) % (2 * size);
        to[static_cast<std::size_t>(k)] = from[static_cast<std::size_t>(place < size ? place : 2 * size - 1 - place)];
    }
}

}  // namespace

core::ReferenceSet with_distractors(const core::ReferenceSet& set, std::size_t total, std::uint64_t seed) {
    const std::size_t own = set.references.size(), points = set.axis.size();
    if (own >= total || own == 0) return set;
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> distance(least_distance, greatest_distance);
    auto values = std::make_shared<std::vector<float>>(total * points, 0.0f);
    std::ranges::copy(set.values, values->begin());
    core::ReferenceSet all = set;
    const double step = std::abs(set.axis[1] - set.axis[0]);
    for (std::size_t i = own; i < total; ++i) {
        core::Reference reference = set.references[(i * 7) % own];
        const auto by = static_cast<std::ptrdiff_t>(distance(random) / step);
        const std::size_t covered = reference.last - reference.first;
        displace(set.row((i * 7) % own).subspan(reference.first, covered),
                 std::span<float>(*values).subspan(i * points + reference.first, covered), by, i % 2 == 0);
        reference.substance = {fmt::format("distractor {}", i), {}, {}, {}, {}};
        reference.watched = false;
        all.references.push_back(std::move(reference));
    }
    all.values = *values;
    all.owner = values;
    return all;
}

}  // namespace singel::spectra::learn
