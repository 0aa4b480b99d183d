#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "spectra/core/parallel.hpp"
#include "spectra/core/reference.hpp"
#include "spectra/identify/coded_rows.hpp"
#include "spectra/identify/shapes.hpp"
#include "spectra/identify/technique.hpp"

// References put on the analysis grid and freed of their baselines: what takes long when a library is prepared, and
// what a library file may keep (prepared_bytes.hpp).
namespace singel::spectra::identify {

struct PreparedRow {
    double area = 0.0;                  // sum of the positive part, grid points
    float off_baseline = 0.0f;          // squared norm of what no baseline can imitate, 0 to 1; 0 for unusable rows
    std::uint32_t first = 0, last = 0;  // grid points [first, last) that the reference covers
    std::uint32_t usable = 0;           // covers enough of the range and has bands in it
};

struct PreparedRows {
    std::span<const PreparedRow> table;
    RowsView rows;  // unit Euclid norm; 0 where not covered and for unusable rows
    CodedRows coded;
    std::shared_ptr<const void> owner;  // of table and rows
};

// What a row is made with.
struct RowMaker {
    const core::ReferenceSet& set;
    const core::Axis& axis;  // the analysis grid
    const TechniqueSettings& settings;
    Eigen::MatrixXd basis;  // orthonormal, of the baseline space, as columns

    PreparedRow make(std::size_t reference, Eigen::Ref<Eigen::RowVectorXf> row) const;
};

RowMaker row_maker(const core::ReferenceSet& set, const core::Axis& axis, const TechniqueSettings& settings,
                   const Shapes& splines);

PreparedRows prepare_rows(const RowMaker& maker, const core::ParallelFor& parallel);

}  // namespace singel::spectra::identify
