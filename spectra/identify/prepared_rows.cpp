#include "spectra/identify/prepared_rows.hpp"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <limits>

#include "spectra/process/baseline.hpp"
#include "spectra/process/resample.hpp"

namespace singel::spectra::identify {
namespace {

// A reference that covers less of the analysis range than this cannot be compared fairly.
constexpr double least_coverage = 0.4;
// A row of which the baseline can imitate all but this has no band to recognise it by.
constexpr double least_off_baseline = 0.02;
constexpr double least_bands = 1e-6;  // of the norm of the values

// The measured part of reference i on the analysis grid; NaN where it says nothing.
std::vector<double> on_grid(const core::ReferenceSet& set, std::size_t i, const core::Axis& axis) {
    const core::Reference& reference = set.references[i];
    const std::size_t last = std::min(reference.last, set.axis.size());
    std::vector<double> nothing(axis.size(), std::numeric_limits<double>::quiet_NaN());
    if (reference.first + 2 > last) return nothing;
    const auto x = set.axis.values().subspan(reference.first, last - reference.first);
    const auto y = set.row(i).subspan(reference.first, last - reference.first);
    auto part = core::Axis::make(set.axis.kind(), {x.begin(), x.end()});
    if (!part) return nothing;
    core::Spectrum spectrum;
    spectrum.axis = *std::move(part);
    spectrum.values.assign(y.begin(), y.end());
    auto resampled = process::resample(spectrum, axis);
    return resampled ? std::move(resampled->values) : nothing;
}

// Longest run of finite values as [first, second).
std::pair<std::size_t, std::size_t> longest_run(const std::vector<double>& values) {
    std::pair<std::size_t, std::size_t> best{0, 0};
    for (std::size_t i = 0; i < values.size();) {
        std::size_t end = i;
        while (end < values.size() && std::isfinite(values[end])) ++end;
        if (end - i > best.second - best.first) best = {i, end};
        i = end + 1;
    }
    return best;
}

// Orthonormal basis of the baseline space, as columns.
Eigen::MatrixXd baseline_basis(const Shapes& splines) {
    const Eigen::MatrixXd tall = splines.transpose();
    return Eigen::HouseholderQR<Eigen::MatrixXd>(tall).householderQ() *
           Eigen::MatrixXd::Identity(tall.rows(), tall.cols());
}

}  // namespace

RowMaker row_maker(const core::ReferenceSet& set, const core::Axis& axis, const TechniqueSettings& settings,
                   const Shapes& splines) {
    return {set, axis, settings, baseline_basis(splines)};
}

PreparedRow RowMaker::make(std::size_t reference, Eigen::Ref<Eigen::RowVectorXf> row) const {
    const std::vector<double> values = on_grid(set, reference, axis);
    const auto [first, last] = longest_run(values);
    PreparedRow prepared;
    prepared.first = static_cast<std::uint32_t>(first);
    prepared.last = static_cast<std::uint32_t>(last);
    row.setZero();
    if (static_cast<double>(last - first) < least_coverage * static_cast<double>(values.size())) return prepared;
    const std::span<const double> run(values.data() + first, last - first);
    const std::vector<double> baseline = process::arpls(run, settings.reference_lambda);
    Vector shape = Vector::Zero(row.size());
    for (std::size_t k = 0; k < run.size(); ++k) shape[static_cast<Eigen::Index>(first + k)] = run[k] - baseline[k];
    for (std::size_t k = 0; k < axis.size(); ++k)
        if (masked(settings, axis[k])) shape[static_cast<Eigen::Index>(k)] = 0.0;
    const double norm = shape.norm();
    // A constant leaves what rounding its floats and its baseline leaves.
    const double rounding =
        least_bands * Eigen::Map<const Vector>(run.data(), static_cast<Eigen::Index>(run.size())).norm();
    if (!(norm > rounding) || !std::isfinite(norm)) return prepared;
    shape /= norm;
    const double free = 1.0 - (basis.transpose() * shape).squaredNorm();
    if (free < least_off_baseline) return prepared;
    row = shape.cast<float>().transpose();
    prepared.area = shape.cwiseMax(0.0).sum();
    prepared.off_baseline = static_cast<float>(free);
    prepared.usable = 1;
    return prepared;
}

PreparedRows prepare_rows(const RowMaker& maker, const core::ParallelFor& parallel) {
    struct Owned {
        std::vector<PreparedRow> table;
        FloatRows rows;
    };
    const std::size_t count = maker.set.references.size();
    const auto points = static_cast<Eigen::Index>(maker.axis.size());
    const auto owned = std::make_shared<Owned>();
    owned->table.resize(count);
    owned->rows.resize(static_cast<Eigen::Index>(count), points);
    parallel(count,
             [&](std::size_t i) { owned->table[i] = maker.make(i, owned->rows.row(static_cast<Eigen::Index>(i))); });
    PreparedRows prepared;
    prepared.table = owned->table;
    prepared.rows = {owned->rows.data(), owned->rows.rows(), points};
    prepared.coded = code_rows(prepared.rows, parallel);
    prepared.owner = owned;
    return prepared;
}

}  // namespace singel::spectra::identify
