#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "spectra/io/digest.hpp"
#include "spectra/io/library_file.hpp"
#include "spectra/io/library_limits.hpp"
#include "spectra/process/resample.hpp"

namespace singel::spectra::io {
namespace {

using core::Fault;
using core::Result;

tl::unexpected<core::Error> refused(Fault fault, std::string what, const NewReference& reference) {
    return core::failure(fault, std::move(what), reference.reference.substance.name);
}

Result<void> check(const NewReference& candidate, core::Technique technique, core::AxisKind kind) {
    const core::Spectrum& spectrum = candidate.spectrum;
    if (spectrum.axis.size() < 2 || spectrum.axis.size() != spectrum.size())
        return refused(Fault::wrong_format, "the reference has no spectrum on its axis", candidate);
    if (spectrum.technique != core::Technique::unknown && spectrum.technique != technique)
        return refused(Fault::wrong_technique,
                       fmt::format("a spectrum of technique {} does not belong in a library of technique {}",
                                   core::name(spectrum.technique), core::name(technique)),
                       candidate);
    if (spectrum.axis.kind() != kind)
        return refused(
            Fault::wrong_format,
            fmt::format("its axis is {}, the library's is {}", core::name(spectrum.axis.kind()), core::name(kind)),
            candidate);
    return {};
}

// Multiples of the step from the lowest to the highest measured point of all.
Result<core::Axis> common_grid(const std::vector<NewReference>& references, double step) {
    double low = references.front().spectrum.axis.low(), high = low;
    for (const NewReference& each : references) {
        low = std::min(low, each.spectrum.axis.low());
        high = std::max(high, each.spectrum.axis.high());
    }
    // A hundred-millionth of a step: an end that lies on the grid but for rounding stays on it.
    const double first = std::ceil(low / step - 1e-8), last = std::floor(high / step + 1e-8);
    if (!(last - first >= 1.0) || !(last - first < static_cast<double>(max_grid_points)))
        return core::failure(
            Fault::invalid_argument,
            fmt::format("{} to {} at a step of {} is no grid of 2 to {} points", low, high, step, max_grid_points));
    return core::Axis::uniform(references.front().spectrum.axis.kind(), first * step, step,
                               static_cast<std::size_t>(last - first) + 1);
}

struct Run {
    std::size_t first = 0, last = 0;  // [first, last)
};

// The longest stretch without a gap: what lies beyond a gap is left out rather than bridged.
Run longest_finite_run(const std::vector<double>& values) {
    Run best, current;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) {
            current = {i + 1, i + 1};
            continue;
        }
        current.last = i + 1;
        if (current.last - current.first > best.last - best.first) best = current;
    }
    return best;
}

Result<void> place(NewReference& candidate, const core::Axis& grid, std::span<float> row) {
    if (candidate.spectrum.axis != grid) {
        auto resampled = process::resample(candidate.spectrum, grid);
        if (!resampled) return tl::unexpected(resampled.error());
        candidate.spectrum = std::move(*resampled);
    }
    const std::vector<double>& values = candidate.spectrum.values;
    const Run run = longest_finite_run(values);
    if (run.last - run.first < 2)
        return refused(Fault::wrong_format, "the spectrum has no two neighbouring points", candidate);
    for (std::size_t i = run.first; i < run.last; ++i) {
        row[i] = static_cast<float>(values[i]);
        if (!std::isfinite(row[i]))
            return refused(Fault::wrong_format, fmt::format("the value {} is too large", values[i]), candidate);
    }
    candidate.reference.first = run.first;
    candidate.reference.last = run.last;
    return {};
}

}  // namespace

Result<core::ReferenceSet> make_reference_set(std::vector<NewReference> references, core::Technique technique,
                                              double step) {
    if (references.empty()) return core::failure(Fault::invalid_argument, "a library needs at least one reference");
    if (!std::isfinite(step) || step <= 0.0)
        return core::failure(Fault::invalid_argument, fmt::format("a grid step of {} is not possible", step));
    for (const NewReference& each : references)
        if (auto fine = check(each, technique, references.front().spectrum.axis.kind()); !fine)
            return tl::unexpected(fine.error());
    const auto grid = common_grid(references, step);
    if (!grid) return tl::unexpected(grid.error());
    if (references.size() > max_references || references.size() * grid->size() > max_matrix_values)
        return core::failure(Fault::invalid_argument,
                             fmt::format("{} references on {} points are more than a library may hold",
                                         references.size(), grid->size()));

    const auto values = std::make_shared<std::vector<float>>(references.size() * grid->size(), 0.0F);
    core::ReferenceSet set;
    set.technique = technique;
    set.axis = *grid;
    set.references.reserve(references.size());
    for (NewReference& each : references) {
        const auto row = std::span(*values).subspan(set.references.size() * grid->size(), grid->size());
        if (auto placed = place(each, *grid, row); !placed) return tl::unexpected(placed.error());
        set.references.push_back(std::move(each.reference));
    }
    set.values = *values;
    set.owner = values;
    if (auto fine = check_references(set); !fine) return tl::unexpected(fine.error());
    set.id = library_id(set, matrix_digest(set.values));
    return set;
}

}  // namespace singel::spectra::io
