#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "spectra/core/axis.hpp"
#include "spectra/io/dataset.hpp"
#include "spectra/io/hdf5_matrix.hpp"

// How rows of differing axes and detectors become rectangular tables: one group for each.
namespace singel::spectra::io {

struct FrameOfRow {
    std::size_t row = 0;  // of the dataset
    const core::Frame* frame = nullptr;
};

// All rows whose scans share one axis and whose frames have as many pixels.
struct AxisGroup {
    core::Axis axis;
    std::size_t pixels = 0;  // of a frame; 0 when no row of the group has any
    std::vector<std::size_t> rows;
    std::vector<FrameOfRow> raw, dark;
};

// Where a row's spectra lie.
struct PlaceOfRow {
    std::size_t group = 0, scan = 0;
    std::size_t raw_first = 0, dark_first = 0;
};

struct Groups {
    std::vector<AxisGroup> groups;
    std::vector<PlaceOfRow> places;  // one a row
};

// In order of first use. The rows must outlive the result.
Groups group_by_axis(std::span<const DatasetRow> rows);

// raw, dark, scan, scan_sigma and scan_valid of a group; those without rows or columns are left out.
std::vector<Matrix> matrices_of(const AxisGroup& group, std::span<const DatasetRow> rows);

}  // namespace singel::spectra::io
