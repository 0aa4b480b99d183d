#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fmt/format.h>
#include <optional>

#include "spectra/io/digest.hpp"
#include "spectra/io/hdf5_view.hpp"
#include "spectra/io/library_file.hpp"
#include "spectra/io/library_layout.hpp"
#include "spectra/io/library_limits.hpp"

namespace singel::spectra::io {
namespace {

namespace layout = library_layout;
using core::Fault;
using core::Reference;
using core::Result;

std::optional<core::AxisKind> axis_kind_named(std::string_view text) {
    using enum core::AxisKind;
    for (core::AxisKind kind :
         {pixel, wavelength_vacuum_nm, wavelength_air_nm, wavelength_device_nm, raman_shift_cm1, wavenumber_cm1})
        if (core::name(kind) == text) return kind;
    return std::nullopt;
}

std::string_view cell(const Hdf5View::Table& texts, std::size_t row) {
    const auto bytes = texts.bytes.subspan(row * texts.width, texts.width);
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return text.substr(0, text.find('\0'));
}

template <class Number>
Number number(const Hdf5View::Table& numbers, std::size_t row) {
    Number value{};
    std::memcpy(&value, numbers.bytes.data() + row * sizeof(Number), sizeof(Number));
    return value;
}

Result<Hdf5View::Table> text_column(const Hdf5View& file, const char* name, std::size_t rows) {
    auto column = file.text_table(fmt::format("{}/{}", layout::references, name));
    if (!column) return column;
    // The widest column holds several synonyms and their separators.
    if (column->shape[0] != rows || column->width > max_text_bytes)
        return tl::unexpected(file.refusal(fmt::format("its column {} has {} texts of {} bytes for {} references",
                                                       name, column->shape[0], column->width, rows)));
    return column;
}

Result<Hdf5View::Table> number_column(const Hdf5View& file, const char* name, hid_t type, std::size_t rows) {
    auto column = file.table(fmt::format("{}/{}", layout::references, name), type, 1);
    if (column && column->shape[0] != rows)
        return tl::unexpected(file.refusal(
            fmt::format("its column {} has {} numbers for {} references", name, column->shape[0], rows)));
    return column;
}

std::vector<std::string> split_synonyms(std::string_view joined) {
    std::vector<std::string> synonyms;
    while (!joined.empty()) {
        const std::size_t end = std::min(joined.find(layout::synonym_separator), joined.size());
        synonyms.emplace_back(joined.substr(0, end));
        joined.remove_prefix(std::min(end + 1, joined.size()));
    }
    return synonyms;
}

Result<void> read_texts(const Hdf5View& file, std::vector<Reference>& references) {
    for (const layout::TextColumn& described : layout::text_columns) {
        const auto column = text_column(file, described.name, references.size());
        if (!column) return tl::unexpected(column.error());
        for (std::size_t i = 0; i < references.size(); ++i) described.of(references[i]) = cell(*column, i);
    }
    const auto synonyms = text_column(file, layout::synonyms, references.size());
    if (!synonyms) return tl::unexpected(synonyms.error());
    const auto origins = text_column(file, layout::origin, references.size());
    if (!origins) return tl::unexpected(origins.error());
    for (std::size_t i = 0; i < references.size(); ++i) {
        references[i].substance.synonyms = split_synonyms(cell(*synonyms, i));
        const std::string_view origin = cell(*origins, i);
        if (origin == core::name(core::ReferenceOrigin::measured))
            references[i].origin = core::ReferenceOrigin::measured;
        else if (origin == core::name(core::ReferenceOrigin::band_table))
            references[i].origin = core::ReferenceOrigin::band_table;
        else
            return tl::unexpected(file.refusal(fmt::format("the origin of reference {} is unknown", i + 1)));
    }
    return {};
}

Result<void> read_numbers(const Hdf5View& file, std::vector<Reference>& references) {
    const auto watched = number_column(file, layout::watched, H5T_STD_U8LE, references.size());
    if (!watched) return tl::unexpected(watched.error());
    const auto first = number_column(file, layout::first, H5T_STD_U32LE, references.size());
    if (!first) return tl::unexpected(first.error());
    const auto last = number_column(file, layout::last, H5T_STD_U32LE, references.size());
    if (!last) return tl::unexpected(last.error());
    for (std::size_t i = 0; i < references.size(); ++i) {
        references[i].watched = number<std::uint8_t>(*watched, i) != 0;
        references[i].first = number<std::uint32_t>(*first, i);
        references[i].last = number<std::uint32_t>(*last, i);
    }
    return {};
}

Result<core::Axis> read_axis(const Hdf5View& file) {
    const auto kind = axis_kind_named(file.text_attribute(layout::axis_kind_attribute).value_or(""));
    if (!kind) return tl::unexpected(file.refusal("its kind of axis is unknown"));
    const auto table = file.table(layout::axis, H5T_IEEE_F64LE, 1);
    if (!table) return tl::unexpected(table.error());
    std::vector<double> values(table->shape[0]);
    std::memcpy(values.data(), table->bytes.data(), table->bytes.size());
    auto axis = core::Axis::make(*kind, std::move(values));
    if (!axis) return tl::unexpected(file.refusal(axis.error().what));
    return axis;
}

Result<void> check_header(const Hdf5View& file) {
    if (file.text_attribute(layout::format_attribute) != layout::format)
        return tl::unexpected(core::Error{Fault::wrong_format, "this is an HDF5 file, but not a library",
                                          file.path().string(), "make one with: singel library import"});
    const auto version = file.integer_attribute(layout::version_attribute);
    if (!version || *version < 1) return tl::unexpected(file.refusal("the version of this library is unknown"));
    if (*version > library_format_version)
        return tl::unexpected(core::Error{
            Fault::unsupported,
            fmt::format("this library has format {}, this program reads up to {}", *version, library_format_version),
            file.path().string(), "use a newer version of the program"});
    return {};
}

Result<void> map_matrix(const Hdf5View& file, core::ReferenceSet& set) {
    const auto matrix = file.table(layout::values, H5T_IEEE_F32LE, 2);
    if (!matrix) return tl::unexpected(matrix.error());
    if (matrix->shape[0] > max_references) return tl::unexpected(file.refusal("it has too many references"));
    if (matrix->shape[1] != set.axis.size())
        return tl::unexpected(file.refusal(
            fmt::format("its references have {} points on an axis of {}", matrix->shape[1], set.axis.size())));
    if (reinterpret_cast<std::uintptr_t>(matrix->bytes.data()) % alignof(float) != 0)
        return tl::unexpected(file.refusal("its values do not begin at a multiple of four bytes"));
    set.values = {reinterpret_cast<const float*>(matrix->bytes.data()), matrix->bytes.size() / sizeof(float)};
    set.owner = file.bytes();
    set.references.resize(matrix->shape[0]);
    return {};
}

Result<core::ReferenceSet> read_library(const Hdf5View& file) {
    core::ReferenceSet set;
    const auto technique = file.text_attribute(layout::technique_attribute).value_or("");
    set.technique = core::technique_named(technique);
    if (core::name(set.technique) != technique) return tl::unexpected(file.refusal("its technique is unknown"));
    auto axis = read_axis(file);
    if (!axis) return tl::unexpected(axis.error());
    set.axis = std::move(*axis);
    if (auto mapped = map_matrix(file, set); !mapped) return tl::unexpected(mapped.error());
    if (auto texts = read_texts(file, set.references); !texts) return tl::unexpected(texts.error());
    if (auto numbers = read_numbers(file, set.references); !numbers) return tl::unexpected(numbers.error());
    if (auto fine = check_references(set); !fine)
        return tl::unexpected(file.refusal(fmt::format("{}: {}", fine.error().where, fine.error().what)));
    set.id = file.text_attribute(layout::id_attribute).value_or("");
    const auto matrix = file.text_attribute(layout::matrix_digest_attribute).value_or("");
    if (library_id(set, matrix) != set.id)
        return tl::unexpected(file.refusal("its content does not match its digest: it was changed or is damaged"));
    return set;
}

}  // namespace

Result<core::ReferenceSet> open_library(const std::filesystem::path& file) {
    const auto view = Hdf5View::open(file);
    if (!view) return tl::unexpected(view.error());
    if (auto header = check_header(*view); !header) return tl::unexpected(header.error());
    return read_library(*view);
}

Result<void> verify_library(const std::filesystem::path& file) {
    const auto set = open_library(file);
    if (!set) return tl::unexpected(set.error());
    if (auto fine = check_values(*set); !fine)
        return core::failure(Fault::wrong_format, fine.error().what, file.string());
    if (library_id(*set, matrix_digest(set->values)) != set->id)
        return core::failure(Fault::wrong_format,
                             "its values do not match their digest: the file was changed or is damaged",
                             file.string());
    return {};
}

}  // namespace singel::spectra::io
