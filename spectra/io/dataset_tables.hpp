#pragma once

#include <span>

#include "spectra/io/dataset.hpp"
#include "spectra/io/dataset_groups.hpp"
#include "spectra/io/hdf5_handle.hpp"

// The parts of a dataset file. All functions throw core::Failure.
namespace singel::spectra::io {

// /table and /dictionaries: one column a field, coded texts as numbers.
void write_sample_table(hid_t file, std::span<const DatasetRow> rows, std::span<const PlaceOfRow> places);

// /components: one row for each component of each sample.
void write_components(hid_t file, std::span<const DatasetRow> rows);

// /identification: the JSON texts end to end, compressed, with where each begins.
void write_identifications(hid_t file, std::span<const DatasetRow> rows);

// /spectra/axis_N: axis, matrices with their dimension scales, settings of each frame.
void write_spectra(hid_t spectra, const AxisGroup& group, std::size_t number, std::span<const DatasetRow> rows);

}  // namespace singel::spectra::io
