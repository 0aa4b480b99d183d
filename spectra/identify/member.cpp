#include "spectra/identify/member.hpp"

#include <algorithm>

namespace singel::spectra::identify {
namespace {

// Smoothing of derivatives and of the variance terms, grid points of 2 cm⁻¹ (recipe: 0.7; 2 and 10).
constexpr double derivative_sigma = 0.7, narrow_sigma = 2.0, wide_sigma = 10.0;

Shapes nuisance_shapes_of(const Vector& shape, double step) {
    const Eigen::Index points = shape.size();
    const Vector slope = derivative(shape, step);
    const Vector place = Vector::LinSpaced(points, -1.0, 1.0);
    const Shapes regions = hats(points, 5);
    Shapes shapes(static_cast<Eigen::Index>(nuisance_shapes), points);
    const Vector shift = smooth(slope, derivative_sigma);
    shapes.row(0) = shift.transpose();
    shapes.row(1) = shift.cwiseProduct(place).transpose();
    shapes.row(2) = smooth(derivative(slope, step), derivative_sigma).transpose();
    for (Eigen::Index k = 0; k < 4; ++k) shapes.row(3 + k) = shape.transpose().cwiseProduct(regions.row(1 + k));
    return shapes;
}

// Relative band heights, their widths and small shifts differ between instruments, grains and orientations.
Vector mismatch_of(const Vector& shape, double step, const Learned& learned) {
    const Vector square = shape.cwiseAbs2();
    const Vector slope = derivative(shape, step).cwiseAbs2();
    const auto& k = learned.mismatch;
    return (k[1] * smooth(square, narrow_sigma) + k[2] * smooth(square, wide_sigma) +
            k[3] * smooth(slope, narrow_sigma))
               .array() +
           k[0] * square.mean();
}

}  // namespace

Member make_member(const Library& library, std::size_t index) {
    return make_member(library, index, library.learned);
}

Member make_member(const Library& library, std::size_t index, const Learned& learned) {
    const double step = library.settings.step_cm1;
    Member member;
    member.index = index;
    member.area = library.area[index];
    member.shape = library.rows.row(static_cast<Eigen::Index>(index)).cast<double>().transpose();
    member.nuisance = nuisance_shapes_of(member.shape, step);
    member.prior_sd = Eigen::Map<const Vector>(learned.nuisance_sd.data(), nuisance_shapes);
    member.mismatch = learned.other_instrument * mismatch_of(member.shape, step, learned);
    if (library.reference(index).origin == core::ReferenceOrigin::band_table) {
        member.mismatch *= learned.band_table;
        member.prior_sd *= 2.0;
    }
    // Outside its own range a reference says nothing: there its signal may be as strong as its bands are.
    const double unknown = member.shape.cwiseAbs2().maxCoeff();
    member.mismatch.head(library.first[index]).array() += unknown;
    member.mismatch.tail(library.points() - library.last[index]).array() += unknown;
    return member;
}

const Member& Members::operator[](std::size_t index) {
    std::unique_ptr<Member>& place = made_[index];
    if (!place) place = std::make_unique<Member>(make_member(library_, index));
    return *place;
}

}  // namespace singel::spectra::identify
