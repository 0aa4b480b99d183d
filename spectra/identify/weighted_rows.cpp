#include "spectra/identify/weighted_rows.hpp"

#include <algorithm>
#include <cmath>

#include "spectra/identify/dot_int8.hpp"

namespace singel::spectra::identify {
namespace {

using Four = double __attribute__((vector_size(32), aligned(8)));
constexpr Eigen::Index lanes = 4, tall = 4, wide = 2;  // of a block of products that fits the registers

Eigen::Index rounded_up(Eigen::Index count, Eigen::Index to) {
    return (count + to - 1) / to * to;
}

// Products of four rows from a and two from b over the points [first, last), into a block of out.
inline __attribute__((always_inline)) void multiply(const double* a, const double* b, Eigen::Index stride,
                                                    Eigen::Index first, Eigen::Index last, double* out,
                                                    Eigen::Index out_stride) {
    Four sums[tall][wide] = {};
    for (Eigen::Index k = first; k < last; k += lanes) {
        const Four left = *reinterpret_cast<const Four*>(b + k),
                   right = *reinterpret_cast<const Four*>(b + stride + k);
        for (Eigen::Index r = 0; r < tall; ++r) {
            const Four one = *reinterpret_cast<const Four*>(a + r * stride + k);
            sums[r][0] += one * left;
            sums[r][1] += one * right;
        }
    }
    for (Eigen::Index r = 0; r < tall; ++r)
        for (Eigen::Index c = 0; c < wide; ++c) {
            const Four& sum = sums[r][c];
            out[r + c * out_stride] = (sum[0] + sum[1]) + (sum[2] + sum[3]);
        }
}

}  // namespace

struct WeightedRows::Kernel {
    using Multiply = void (*)(const WeightedRows& a, const WeightedRows& b, Eigen::MatrixXd& out);

    // The blocks of out at and below the diagonal when a and b are the same, else all.
    static inline __attribute__((always_inline)) void all(const WeightedRows& a, const WeightedRows& b,
                                                          Eigen::MatrixXd& out) {
        for (Eigen::Index i = 0; i < out.rows(); i += tall) {
            const Extent rows = a.hull(i, tall);
            const Eigen::Index end = &a == &b ? i + tall : out.cols();
            for (Eigen::Index j = 0; j < end; j += wide) {
                const Extent columns = b.hull(j, wide);
                const Eigen::Index first = std::max(rows.first, columns.first),
                                   last = std::min(rows.last, columns.last);
                if (first < last)
                    multiply(a.row(i), b.row(j), a.stride_, first * lanes, last * lanes, &out(i, j), out.rows());
            }
        }
    }

    static void plain(const WeightedRows& a, const WeightedRows& b, Eigen::MatrixXd& out) { all(a, b, out); }

#if defined(__x86_64__)
    // Without fused multiplication, which would round differently.
    __attribute__((target("avx2"))) static void avx2(const WeightedRows& a, const WeightedRows& b,
                                                     Eigen::MatrixXd& out) {
        all(a, b, out);
    }
#endif

    static Multiply fastest() {
#if defined(__x86_64__)
        if (available_instructions().back() == Instructions::avx2) return avx2;
#endif
        return plain;
    }

    static Eigen::MatrixXd product(const WeightedRows& a, const WeightedRows& b, Multiply multiply_with) {
        Eigen::MatrixXd out = Eigen::MatrixXd::Zero(rounded_up(a.rows_, tall), rounded_up(b.rows_, tall));
        multiply_with(a, b, out);
        if (&a == &b) out.triangularView<Eigen::StrictlyUpper>() = out.transpose();
        return out.topLeftCorner(a.rows_, b.rows_);
    }
};

WeightedRows::WeightedRows(const Shapes& rows, const Vector& weights)
    : rows_(rows.rows()), stride_(rounded_up(rows.cols(), lanes)) {
    const Eigen::Index filled = rounded_up(rows_, tall);
    values_.resize(filled, stride_);
    values_.bottomRows(filled - rows_).setZero();
    values_.rightCols(stride_ - rows.cols()).setZero();
    values_.topLeftCorner(rows_, rows.cols()) = rows * weights.cwiseSqrt().asDiagonal();
    extents_.resize(static_cast<std::size_t>(filled));
    for (Eigen::Index i = 0; i < rows_; ++i) {
        Eigen::Index first = 0, last = rows.cols();
        while (first < last && rows(i, first) == 0.0) ++first;
        while (last > first && rows(i, last - 1) == 0.0) --last;
        if (first < last) extents_[static_cast<std::size_t>(i)] = {first / lanes, rounded_up(last, lanes) / lanes};
    }
}

WeightedRows::Extent WeightedRows::hull(Eigen::Index first, Eigen::Index count) const {
    Extent hull{stride_, 0};
    for (Eigen::Index i = first; i < first + count; ++i) {
        const Extent& one = extents_[static_cast<std::size_t>(i)];
        if (one.first < one.last) hull = {std::min(hull.first, one.first), std::max(hull.last, one.last)};
    }
    return hull;
}

Eigen::MatrixXd WeightedRows::with_themselves() const {
    return Kernel::product(*this, *this, Kernel::fastest());
}

Eigen::MatrixXd WeightedRows::with(const WeightedRows& others) const {
    return Kernel::product(*this, others, Kernel::fastest());
}

Eigen::MatrixXd WeightedRows::plainly_with(const WeightedRows& others) const {
    return Kernel::product(*this, others, Kernel::plain);
}

}  // namespace singel::spectra::identify
