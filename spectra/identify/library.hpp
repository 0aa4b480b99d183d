#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "spectra/identify/coded_rows.hpp"
#include "spectra/identify/identify.hpp"
#include "spectra/identify/learned.hpp"
#include "spectra/identify/names.hpp"
#include "spectra/identify/shapes.hpp"
#include "spectra/identify/technique.hpp"

namespace singel::spectra::identify {

// Built once by prepare() and never changed. Row i belongs to set.references[i].
class Library {
public:
    core::ReferenceSet set;
    TechniqueSettings settings;
    Learned learned;
    core::Axis axis;                      // the analysis grid
    Shapes splines;                       // the baseline space on it
    std::vector<Background> backgrounds;  // what is seen and is no substance

    RowsView rows;  // baseline-free, unit Euclid norm, 0 where not covered
    std::shared_ptr<const void> rows_owner;
    CodedRows coded;                  // the same rows for searching all of them
    std::vector<double> area;         // sum of the positive part of a row, grid points
    std::vector<float> off_baseline;  // squared norm of what no baseline can imitate, 0 to 1; 0 for unusable rows
    std::vector<Eigen::Index> first;  // grid points [first, last) that the reference covers
    std::vector<Eigen::Index> last;
    std::vector<unsigned char> usable;                   // covers enough of the range and has bands in it
    std::vector<std::size_t> substance;                  // number of the substance of each reference
    std::vector<std::vector<std::size_t>> of_substance;  // its references
    NameIndex names;

    Eigen::Index points() const { return rows.cols(); }
    std::size_t size() const { return set.references.size(); }
    const core::Reference& reference(std::size_t i) const { return set.references[i]; }
};

// prepare() with other learned figures than the shipped ones: for relearning and for measuring accuracy.
core::Result<LibraryPtr> prepare_with(core::ReferenceSet references, const Learned& learned,
                                      const core::ParallelFor& parallel = core::in_order);

}  // namespace singel::spectra::identify
