#pragma once

#include <vector>

#include "spectra/identify/shapes.hpp"

namespace singel::spectra::identify {

// Rows ready to be multiplied with each other under weights: element (i, j) of a product is the sum over k of
// weights[k] a(i, k) b(j, k). Four partial sums an element, the same ones with every instruction set, so that the
// result is the same on every processor of an architecture; where a row begins or ends with zeros, they are skipped.
class WeightedRows {
public:
    // weights >= 0, one a point.
    WeightedRows(const Shapes& rows, const Vector& weights);

    Eigen::MatrixXd with_themselves() const;
    // rows here × rows of the other, which has the same points.
    Eigen::MatrixXd with(const WeightedRows& others) const;
    // The same by the plainest instructions, for tests.
    Eigen::MatrixXd plainly_with(const WeightedRows& others) const;

private:
    struct Extent {
        Eigen::Index first = 0, last = 0;  // in steps of four points
    };
    struct Kernel;

    Extent hull(Eigen::Index first, Eigen::Index count) const;
    const double* row(Eigen::Index i) const { return values_.data() + i * stride_; }

    Eigen::Index rows_ = 0, stride_ = 0;
    Shapes values_;                // times the root of the weights, filled up with zeros to whole steps and blocks
    std::vector<Extent> extents_;  // where a row is not 0
};

}  // namespace singel::spectra::identify
