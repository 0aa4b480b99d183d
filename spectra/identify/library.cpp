#include "spectra/identify/library.hpp"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

#include "spectra/identify/names.hpp"
#include "spectra/process/baseline.hpp"
#include "spectra/process/resample.hpp"

namespace singel::spectra::identify {
namespace {

// A reference that covers less of the analysis range than this cannot be compared fairly.
constexpr double least_coverage = 0.4;
// A row of which the baseline can imitate all but this has no band to recognise it by.
constexpr double least_off_baseline = 0.02;

core::Result<core::Axis> analysis_axis(const core::Axis& library, const TechniqueSettings& settings) {
    const double step = settings.step_cm1;
    const double low = std::ceil(std::max(settings.low_cm1, library.low()) / step) * step;
    const double high = std::min(settings.high_cm1, library.high());
    const double count = std::floor((high - low) / step) + 1.0;
    if (!(count >= static_cast<double>(fewest_grid_points)))
        return core::failure(
            core::Fault::invalid_argument,
            fmt::format("the library covers {:.0f} to {:.0f} cm⁻¹, too little of {:.0f} to {:.0f} cm⁻¹",
                        library.low(), library.high(), settings.low_cm1, settings.high_cm1),
            {}, "import references that cover the fingerprint range");
    return core::Axis::uniform(settings.axis, low, step, static_cast<std::size_t>(count));
}

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

void fill_row(Library& library, std::size_t i, const Eigen::MatrixXd& basis) {
    const std::vector<double> values = on_grid(library.set, i, library.axis);
    const auto [first, last] = longest_run(values);
    library.first[i] = static_cast<Eigen::Index>(first);
    library.last[i] = static_cast<Eigen::Index>(last);
    if (static_cast<double>(last - first) < least_coverage * static_cast<double>(values.size())) return;
    const std::span<const double> run(values.data() + first, last - first);
    const std::vector<double> baseline = process::arpls(run, library.settings.reference_lambda);
    Vector row = Vector::Zero(library.points());
    for (std::size_t k = 0; k < run.size(); ++k) row[static_cast<Eigen::Index>(first + k)] = run[k] - baseline[k];
    const double norm = row.norm();
    if (!(norm > 0.0) || !std::isfinite(norm)) return;
    row /= norm;
    const double free = 1.0 - (basis.transpose() * row).squaredNorm();
    if (free < least_off_baseline) return;
    library.rows.row(static_cast<Eigen::Index>(i)) = row.cast<float>().transpose();
    library.area[i] = row.cwiseMax(0.0).sum();
    library.off_baseline[i] = static_cast<float>(free);
    library.usable[i] = 1;
}

void fill_substances(Library& library) {
    library.substance = substance_ids(library.set.references);
    for (std::size_t i = 0; i < library.size(); ++i) {
        if (library.substance[i] >= library.of_substance.size()) library.of_substance.emplace_back();
        library.of_substance[library.substance[i]].push_back(i);
    }
}

core::Result<void> checked(const core::ReferenceSet& set, const TechniqueSettings& settings) {
    if (set.references.empty())
        return core::failure(core::Fault::not_found, "the library holds no reference", {}, "import one first");
    if (set.axis.size() < 2 || set.values.size() != set.references.size() * set.axis.size())
        return core::failure(core::Fault::wrong_format, "the library's values do not match its axis and references");
    if (set.axis.kind() != settings.axis)
        return core::failure(core::Fault::wrong_technique,
                             fmt::format("the library's axis is in {}, not in {}", core::name(set.axis.kind()),
                                         core::name(settings.axis)));
    return {};
}

}  // namespace

core::Result<LibraryPtr> prepare(core::ReferenceSet references, const core::ParallelFor& parallel) {
    return prepare_with(std::move(references), learned_raman(), parallel);
}

core::Result<LibraryPtr> prepare_with(core::ReferenceSet references, const Learned& learned,
                                      const core::ParallelFor& parallel) {
    const auto settings = settings_for(references.technique);
    if (!settings) return tl::unexpected(settings.error());
    if (auto fine = checked(references, *settings); !fine) return tl::unexpected(fine.error());
    auto axis = analysis_axis(references.axis, *settings);
    if (!axis) return tl::unexpected(axis.error());

    auto library = std::make_shared<Library>();
    library->settings = *settings;
    library->learned = learned;
    library->axis = *std::move(axis);
    library->set = std::move(references);
    const auto points = static_cast<Eigen::Index>(library->axis.size());
    const std::size_t count = library->size();
    const double range = settings->step_cm1 * static_cast<double>(points - 1);
    library->splines =
        b_splines(points, std::max(4, static_cast<int>(std::lround(range / settings->spline_segment_cm1))));
    library->backgrounds =
        backgrounds_on(library->axis, library->set.technique, learned.backgrounds, library->splines);
    library->rows = FloatRows::Zero(static_cast<Eigen::Index>(count), points);
    library->area.assign(count, 0.0);
    library->off_baseline.assign(count, 0.0f);
    library->first.assign(count, 0);
    library->last.assign(count, 0);
    library->usable.assign(count, 0);
    fill_substances(*library);
    const Eigen::MatrixXd basis = baseline_basis(library->splines);
    parallel(count, [&](std::size_t i) { fill_row(*library, i, basis); });
    if (std::ranges::find(library->usable, 1) == library->usable.end())
        return core::failure(core::Fault::invalid_argument,
                             "no reference of this library has a band in the analysis range");
    return LibraryPtr(std::move(library));
}

const core::ReferenceSet& references(const Library& library) {
    return library.set;
}

}  // namespace singel::spectra::identify
