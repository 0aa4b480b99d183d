#include "spectra/identify/library.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "spectra/identify/names.hpp"
#include "spectra/identify/prepared_rows.hpp"

namespace singel::spectra::identify {
namespace {

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

void fill_rows(Library& library, PreparedRows prepared) {
    for (const PreparedRow& row : prepared.table) {
        library.area.push_back(row.area);
        library.off_baseline.push_back(row.off_baseline);
        library.first.push_back(static_cast<Eigen::Index>(row.first));
        library.last.push_back(static_cast<Eigen::Index>(row.last));
        library.usable.push_back(row.usable != 0 ? 1 : 0);
    }
    library.rows = prepared.rows;
    library.coded = std::move(prepared.coded);
    library.rows_owner = std::move(prepared.owner);
}

void fill_substances(Library& library) {
    library.names = NameIndex(library.set.references);
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
    const core::Technique technique = references.technique;
    return prepare_with(std::move(references), learned_for(technique), parallel);
}

core::Result<LibraryPtr> prepare_with(core::ReferenceSet references, const Learned& learned,
                                      const core::ParallelFor& parallel) {
    const auto settings = settings_for(references.technique);
    if (!settings) return tl::unexpected(settings.error());
    if (auto turned = analysed_axis(references.axis, *settings)) references.axis = *std::move(turned);
    if (auto fine = checked(references, *settings); !fine) return tl::unexpected(fine.error());
    auto axis = analysis_axis(references.axis, *settings);
    if (!axis) return tl::unexpected(axis.error());

    auto library = std::make_shared<Library>();
    library->settings = *settings;
    library->learned = learned;
    library->axis = *std::move(axis);
    library->set = std::move(references);
    const auto points = static_cast<Eigen::Index>(library->axis.size());
    const double range = settings->step_cm1 * static_cast<double>(points - 1);
    library->splines =
        b_splines(points, std::max(4, static_cast<int>(std::lround(range / settings->spline_segment_cm1))));
    library->backgrounds =
        backgrounds_on(library->axis, library->set.technique, learned.backgrounds, library->splines);
    std::erase_if(library->backgrounds, [&](const Background& background) {  // a reference may be named, this may not
        return std::ranges::any_of(library->set.references, [&](const core::Reference& reference) {
            return normalised(reference.substance.name) == background.name;
        });
    });
    fill_rows(*library, prepare_rows(row_maker(library->set, library->axis, *settings, library->splines), parallel));
    fill_substances(*library);
    if (std::ranges::find(library->usable, 1) == library->usable.end())
        return core::failure(core::Fault::invalid_argument,
                             "no reference of this library has a band in the analysis range");
    return LibraryPtr(std::move(library));
}

const core::ReferenceSet& references(const Library& library) {
    return library.set;
}

}  // namespace singel::spectra::identify
