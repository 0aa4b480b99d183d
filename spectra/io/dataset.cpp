#include "spectra/io/dataset.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "spectra/io/dataset_groups.hpp"
#include "spectra/io/dataset_tables.hpp"
#include "spectra/io/hdf5_write.hpp"
#include "spectra/io/library_limits.hpp"
#include "spectra/io/replace_file.hpp"

namespace singel::spectra::io {
namespace {

using core::Fault;
using core::Result;

bool has_frames_of_one_length(const DatasetRow& row) {
    std::set<std::size_t> lengths;
    for (const core::Frame& frame : row.frames) lengths.insert(frame.counts.size());
    for (const core::Frame& frame : row.dark) lengths.insert(frame.counts.size());
    return lengths.size() <= 1 && !lengths.contains(0);
}

Result<void> check(const DatasetRow& row) {
    const auto refuse = [&](std::string what) {
        return core::failure(Fault::invalid_argument, std::move(what), fmt::format("sample {}", row.id));
    };
    if (row.id.empty()) return core::failure(Fault::invalid_argument, "a sample has no id");
    if (!row.day.ok()) return refuse("the sample has no day");
    if (row.scan.axis.size() < 2 || row.scan.size() != row.scan.axis.size() ||
        (!row.scan.sigma.empty() && row.scan.sigma.size() != row.scan.size()))
        return refuse("the sample has no scan on its axis");
    if (!has_frames_of_one_length(row)) return refuse("the frames of the sample differ in their number of pixels");
    for (const std::string* text : {&row.id, &row.sold_as, &row.library_id, &row.algorithm, &row.software})
        if (!is_printable_text(*text)) return refuse("a text is not plain UTF-8 of at most 4096 bytes");
    return {};
}

Result<void> check(const std::vector<DatasetRow>& rows) {
    if (rows.empty()) return core::failure(Fault::not_found, "there is no sample to export");
    for (const DatasetRow& row : rows)
        if (auto fine = check(row); !fine) return fine;
    const auto twice = std::ranges::adjacent_find(rows, {}, &DatasetRow::id);
    if (twice != rows.end())
        return core::failure(Fault::invalid_argument, "two samples have the same id",
                             fmt::format("sample {}", twice->id));
    return {};
}

void write_all(hid_t file, std::span<const DatasetRow> rows, const Groups& grouped, const DatasetTerms& terms) {
    const bool simulated = std::ranges::any_of(rows, &DatasetRow::simulated);
    write_text_attribute(file, "file_format", "singel-dataset");
    write_integer_attribute(file, "format_version", dataset_format_version);
    write_text_attribute(file, "licence", terms.licence);
    write_text_attribute(file, "citation", terms.citation);
    write_integer_attribute(file, "holds_simulated", simulated ? 1 : 0);
    if (simulated) write_text_attribute(file, "warning", "SIMULATED - not a test: see the column table/simulated");
    write_sample_table(file, rows, grouped.places);
    write_components(file, rows);
    write_identifications(file, rows);
    const Hdf5 spectra = make_group(file, "spectra");
    for (std::size_t i = 0; i < grouped.groups.size(); ++i) write_spectra(spectra.get(), grouped.groups[i], i, rows);
}

Result<void> read_back(const std::filesystem::path& written, std::span<const DatasetRow> rows,
                       const Groups& grouped) {
    const Hdf5 file =
        made(H5Fopen(written.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, "open the written dataset again");
    for (std::size_t i = 0; i < grouped.groups.size(); ++i) {
        const Hdf5 group = made(H5Gopen2(file.get(), fmt::format("spectra/axis_{}", i).c_str(), H5P_DEFAULT),
                                H5Gclose, "find the spectra again");
        for (const Matrix& matrix : matrices_of(grouped.groups[i], rows))
            if (!reads_back(group.get(), matrix))
                return core::failure(Fault::input_output, "the written dataset does not read back the same");
    }
    return {};
}

}  // namespace

Result<void> write_dataset(const std::filesystem::path& file, std::vector<DatasetRow> rows,
                           const DatasetTerms& terms) {
    std::ranges::sort(rows, {}, &DatasetRow::id);
    if (auto fine = check(rows); !fine) return fine;
    const Groups grouped = group_by_axis(rows);
    try {
        const auto image = hdf5_image(Bounds::widest, [&](hid_t opened) { write_all(opened, rows, grouped, terms); });
        return replace_file(file, image,
                            [&](const std::filesystem::path& written) { return read_back(written, rows, grouped); });
    } catch (const core::Failure& failure) {
        return tl::unexpected(failure.error());
    }
}

}  // namespace singel::spectra::io
