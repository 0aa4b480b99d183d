#include "spectra/io/dataset_tables.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fmt/format.h>
#include <hdf5_hl.h>
#include <limits>

#include "spectra/io/hdf5_write.hpp"

namespace singel::spectra::io {
namespace {

template <class Number, class Item, class Of>
void write_column(hid_t parent, const char* name, std::span<const Item> items, Of of) {
    std::vector<Number> numbers;
    numbers.reserve(items.size());
    for (const Item& item : items) numbers.push_back(static_cast<Number>(of(item)));
    write_numbers(parent, name, std::span<const Number>(numbers));
}

// Codes in `parent`, their texts in `dictionaries`, sorted, so that a code tells nothing of the order of rows.
template <class Item, class Of>
void write_coded(hid_t parent, hid_t dictionaries, const char* name, std::span<const Item> items, Of of) {
    std::vector<std::string> texts;
    for (const Item& item : items) texts.emplace_back(of(item));
    std::ranges::sort(texts);
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    write_fixed_texts(dictionaries, name, texts);
    write_column<std::int32_t>(parent, name, items, [&](const Item& item) {
        return std::ranges::lower_bound(texts, std::string(of(item))) - texts.begin();
    });
}

void write_frame_settings(hid_t group, const std::string& name, std::span<const FrameOfRow> frames) {
    const Hdf5 table = make_group(group, name);
    const auto column = [&]<class Number>(const char* field, Number (*of)(const FrameOfRow&)) {
        write_column<Number>(table.get(), field, frames, of);
    };
    column(
        "row", +[](const FrameOfRow& f) { return static_cast<std::int64_t>(f.row); });
    column(
        "number", +[](const FrameOfRow& f) { return f.frame->number; });
    column(
        "integration_time_us",
        +[](const FrameOfRow& f) { return static_cast<std::int64_t>(f.frame->settings.integration_time.count()); });
    column(
        "laser_on", +[](const FrameOfRow& f) { return static_cast<std::uint8_t>(f.frame->settings.laser_on); });
    column(
        "laser_power_fraction", +[](const FrameOfRow& f) { return f.frame->settings.laser_power; });
    column(
        "settings_generation", +[](const FrameOfRow& f) { return f.frame->settings.generation; });
    column(
        "full_scale_counts", +[](const FrameOfRow& f) { return f.frame->full_scale; });
    column(
        "stale_discarded", +[](const FrameOfRow& f) { return f.frame->stale_discarded; });
    column(
        "detector_temperature_c", +[](const FrameOfRow& f) {
            return f.frame->detector_temperature ? f.frame->detector_temperature->value
                                                 : std::numeric_limits<double>::quiet_NaN();
        });
}

std::string text(std::string_view view) {
    return std::string(view);
}

void write_coded_columns(hid_t table, hid_t dictionaries, std::span<const DatasetRow> rows) {
    const auto coded = [&](const char* name, std::string (*of)(const DatasetRow&)) {
        write_coded(table, dictionaries, name, rows, of);
    };
    coded(
        "sold_as", +[](const DatasetRow& r) { return r.sold_as; });
    coded(
        "library_id", +[](const DatasetRow& r) { return r.library_id; });
    coded(
        "algorithm", +[](const DatasetRow& r) { return r.algorithm; });
    coded(
        "software", +[](const DatasetRow& r) { return r.software; });
    coded(
        "technique", +[](const DatasetRow& r) { return text(core::name(r.scan.technique)); });
    coded(
        "ordinate", +[](const DatasetRow& r) { return text(core::name(r.scan.ordinate)); });
    coded(
        "noise_basis", +[](const DatasetRow& r) { return text(core::name(r.scan.noise)); });
    coded(
        "instrument_model", +[](const DatasetRow& r) { return r.scan.provenance.instrument.model; });
    coded(
        "instrument_serial", +[](const DatasetRow& r) { return r.scan.provenance.instrument.serial; });
    coded(
        "link", +[](const DatasetRow& r) { return text(core::name(r.scan.provenance.instrument.link)); });
    coded(
        "calibration_id", +[](const DatasetRow& r) { return r.scan.provenance.calibration_id; });
    coded(
        "steps", +[](const DatasetRow& r) {
            std::string steps;
            for (const core::Step& step : r.scan.provenance.steps)
                steps += fmt::format("{}{}({})", steps.empty() ? "" : "; ", step.name, step.parameters);
            return steps;
        });
}

}  // namespace

void write_sample_table(hid_t file, std::span<const DatasetRow> rows, std::span<const PlaceOfRow> places) {
    const Hdf5 table = make_group(file, "table"), dictionaries = make_group(file, "dictionaries");
    std::vector<std::string> ids;
    for (const DatasetRow& row : rows) ids.push_back(row.id);
    write_fixed_texts(table.get(), "id", ids);
    write_column<std::int64_t>(table.get(), "day", rows, [](const DatasetRow& row) {
        return std::chrono::sys_days(row.day).time_since_epoch().count();
    });
    write_column<std::uint8_t>(table.get(), "simulated", rows, [](const DatasetRow& row) { return row.simulated; });
    write_column<double>(table.get(), "saturated_fraction", rows,
                         [](const DatasetRow& row) { return row.scan.saturated_fraction; });
    write_coded_columns(table.get(), dictionaries.get(), rows);
    const auto place = [&](const char* name, std::size_t PlaceOfRow::*member) {
        write_column<std::int64_t>(table.get(), name, places, [&](const PlaceOfRow& each) { return each.*member; });
    };
    place("axis", &PlaceOfRow::group);
    place("scan", &PlaceOfRow::scan);
    place("raw_first", &PlaceOfRow::raw_first);
    place("dark_first", &PlaceOfRow::dark_first);
    write_column<std::int64_t>(table.get(), "raw_count", rows,
                               [](const DatasetRow& row) { return row.frames.size(); });
    write_column<std::int64_t>(table.get(), "dark_count", rows,
                               [](const DatasetRow& row) { return row.dark.size(); });
}

void write_components(hid_t file, std::span<const DatasetRow> rows) {
    using Component = DatasetRow::Component;
    std::vector<Component> all;
    std::vector<std::int64_t> rows_of;
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (const Component& component : rows[i].components) {
            all.push_back(component);
            rows_of.push_back(static_cast<std::int64_t>(i));
        }
    const Hdf5 table = make_group(file, "components"), dictionaries = make_group(table.get(), "dictionaries");
    const std::span<const Component> components(all);
    write_numbers(table.get(), "row", std::span<const std::int64_t>(rows_of));
    write_coded(table.get(), dictionaries.get(), "name", components, [](const Component& c) { return c.name; });
    write_coded(table.get(), dictionaries.get(), "certainty", components,
                [](const Component& c) { return c.certainty; });
    write_column<double>(table.get(), "share", components, [](const Component& c) { return c.share; });
    write_column<double>(table.get(), "share_low", components, [](const Component& c) { return c.share_low; });
    write_column<double>(table.get(), "share_high", components, [](const Component& c) { return c.share_high; });
    write_column<std::uint8_t>(table.get(), "share_valid", components,
                               [](const Component& c) { return std::isfinite(c.share); });
}

void write_identifications(hid_t file, std::span<const DatasetRow> rows) {
    const Hdf5 group = make_group(file, "identification");
    std::string joined;
    std::vector<std::int64_t> first;
    for (const DatasetRow& row : rows) {
        first.push_back(static_cast<std::int64_t>(joined.size()));
        joined += row.identification_json;
    }
    first.push_back(static_cast<std::int64_t>(joined.size()));
    write_numbers(group.get(), "first", std::span<const std::int64_t>(first));
    write_bytes(group.get(), "json", std::as_bytes(std::span(joined)));
}

void write_spectra(hid_t spectra, const AxisGroup& group, std::size_t number, std::span<const DatasetRow> rows) {
    const Hdf5 parent = make_group(spectra, fmt::format("axis_{}", number));
    const Hdf5 axis = write_numbers(parent.get(), "axis", group.axis.values());
    write_text_attribute(axis.get(), "kind", std::string(core::name(group.axis.kind())));
    write_text_attribute(axis.get(), "unit", std::string(core::unit(group.axis.kind())));
    must(H5DSset_scale(axis.get(), "axis"), "make a dimension scale");
    for (const Matrix& matrix : matrices_of(group, rows)) {
        const Hdf5 table = write_matrix(parent.get(), matrix);
        must(H5DSset_label(table.get(), 0, matrix.type == H5T_STD_U32LE ? "frame" : "scan"), "name a dimension");
        if (matrix.columns == group.axis.size())
            must(H5DSattach_scale(table.get(), axis.get(), 1), "attach a dimension scale");
        else
            must(H5DSset_label(table.get(), 1, "pixel"), "name a dimension");
    }
    write_frame_settings(parent.get(), "raw_frames", group.raw);
    write_frame_settings(parent.get(), "dark_frames", group.dark);
}

}  // namespace singel::spectra::io
