#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "spectra/io/column_table.hpp"
#include "spectra/io/text.hpp"

namespace singel::spectra::io {
namespace {

using core::AxisKind;
using core::Fault;

// Rows [first, last) of a column, empty when the column is not there or holds no number in them.
struct Rows {
    std::size_t first = 0, last = 0;

    std::vector<double> of(const std::vector<double>* column) const {
        if (column == nullptr) return {};
        std::vector<double> cut(column->begin() + static_cast<std::ptrdiff_t>(first),
                                column->begin() + static_cast<std::ptrdiff_t>(last));
        if (std::ranges::all_of(cut, [](double v) { return std::isnan(v); })) cut.clear();
        return cut;
    }
};

Rows rows_with_axis(const std::vector<double>& axis) {
    const auto known = [](double v) { return !std::isnan(v); };
    const auto first = std::ranges::find_if(axis, known) - axis.begin();
    const auto last =
        axis.size() - static_cast<std::size_t>(std::find_if(axis.rbegin(), axis.rend(), known) - axis.rbegin());
    return {static_cast<std::size_t>(first), std::max(static_cast<std::size_t>(first), last)};
}

core::Result<core::Axis> column_axis(AxisKind kind, const Rows& rows, const std::vector<double>& column,
                                     std::string_view source) {
    auto axis = core::Axis::make(kind, rows.of(&column));
    if (!axis) axis.error().where = source;
    return axis;
}

struct Axes {
    core::Axis main, wavelengths;
    Rows rows;
};

core::Result<Axes> read_axes(const ColumnTable& table, const TableMeaning& meaning, std::string_view source) {
    const auto* shift = table.column(meaning.shift);
    const auto* wavelength = table.column(meaning.wavelength);
    const auto* axis_column = shift != nullptr ? shift : wavelength != nullptr ? wavelength : table.column("pixel");
    Axes axes;
    axes.rows = rows_with_axis(*axis_column);
    const AxisKind kind = shift != nullptr        ? AxisKind::raman_shift_cm1
                          : wavelength != nullptr ? AxisKind::wavelength_device_nm
                                                  : AxisKind::pixel;
    auto main = column_axis(kind, axes.rows, *axis_column, source);
    if (!main) return tl::unexpected(std::move(main.error()));
    axes.main = *main;
    if (wavelength == nullptr) return axes;
    auto wavelengths = column_axis(AxisKind::wavelength_device_nm, axes.rows, *wavelength, source);
    if (!wavelengths) return tl::unexpected(std::move(wavelengths.error()));
    axes.wavelengths = *wavelengths;
    if (shift != nullptr || !meaning.excitation) return axes;
    auto shifts = shifted_axis(axes.wavelengths, *meaning.excitation, meaning.offset);
    if (!shifts) return tl::unexpected(std::move(shifts.error()));
    axes.main = *shifts;
    return axes;
}

}  // namespace

core::Result<Measurement> measurement_of(const ColumnTable& table, const TableMeaning& meaning,
                                         std::string_view source, std::size_t index) {
    auto axes = read_axes(table, meaning, source);
    if (!axes) return tl::unexpected(std::move(axes.error()));

    Origin origin;
    origin.technique =
        axes->main.kind() == AxisKind::raman_shift_cm1 ? core::Technique::raman : core::Technique::unknown;
    origin.provenance.source = fmt::format("{}#{}", source, index);
    origin.provenance.instrument = meaning.instrument;
    origin.provenance.calibration_id = "device";

    Measurement measurement;
    measurement.title = stem(source);
    measurement.wavelengths = axes->wavelengths;
    const double pixel = table.columns.front().values[axes->rows.first];
    if (pixel >= 0.0 && pixel < static_cast<double>(std::size_t{1} << 32))
        measurement.first_pixel = static_cast<std::size_t>(pixel);
    measurement.integration_time = meaning.integration_time;
    measurement.excitation = meaning.excitation;
    auto raw = axes->rows.of(table.column(meaning.raw));
    auto dark = axes->rows.of(table.column(meaning.dark));
    auto processed = axes->rows.of(table.column(meaning.processed));
    const double clipped = clipped_fraction(raw);
    if (raw.empty() && processed.empty())
        return core::failure(Fault::wrong_format, "no column holds a signal", std::string(source));
    const auto put = [&](core::Spectrum& spectrum, std::vector<double> values, core::NoiseBasis noise) {
        if (!values.empty()) spectrum = column_spectrum(axes->main, std::move(values), noise, origin);
        if (!spectrum.empty()) spectrum.saturated_fraction = clipped;
    };
    put(measurement.processed, std::move(processed), core::NoiseBasis::none);
    if (raw.empty()) return measurement;
    put(measurement.raw, std::move(raw), core::NoiseBasis::estimated);
    put(measurement.dark, std::move(dark), core::NoiseBasis::estimated);
    measurement.dark.saturated_fraction = 0.0;
    return measurement;
}

}  // namespace singel::spectra::io
