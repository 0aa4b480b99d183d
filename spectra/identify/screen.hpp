#pragma once

#include <span>
#include <vector>

#include "spectra/core/parallel.hpp"
#include "spectra/identify/fit.hpp"
#include "spectra/identify/weighted_rows.hpp"

// What each reference could still add to a fit: its net-analyte signal, the part that neither the members nor their
// deviations nor any baseline can imitate.
namespace singel::spectra::identify {

struct NetScore {
    double t = 0.0;          // net amplitude over its standard deviation
    double unique = 0.0;     // part of the reference's weighted signal that nothing else explains, 0 to 1
    double deviation = 0.0;  // standard deviation of the amplitude
};

// A fit whose members are set free, so that projections off it are linear.
class NetView {
public:
    NetView(const Observation& observation, const Fit& fit);
    NetScore score(const Vector& shape) const;
    std::vector<NetScore> scores(const Shapes& shapes) const;  // of each row
    Vector off(const Vector& curve) const;                     // the curve less what the fit's shapes explain of it
    const Vector& weighted_target() const { return target_; }  // V⁻¹ y: net numerators are products with it
    const Vector& weights() const { return weights_; }

private:
    std::shared_ptr<const Shapes> rows_;
    Vector weights_;
    WeightedRows weighted_rows_;
    Eigen::LLT<Eigen::MatrixXd> normal_;
    Vector target_;
};

struct Candidate {
    std::size_t index = 0;
    NetScore net;
};

inline constexpr double least_t = 2.5, least_unique = 0.02;

// The references most worth adding, greatest t first, one a substance, at most wanted. The whole library is read
// once; the best of that pass are scored exactly. excluded: numbers of substances.
std::vector<Candidate> screen(Members& members, const NetView& view, std::span<const std::size_t> excluded,
                              std::size_t wanted, const core::ParallelFor& parallel);

}  // namespace singel::spectra::identify
