#include "spectra/identify/curves.hpp"

#include <limits>

namespace singel::spectra::identify {

Vector member_curve(const Library& library, const Fit& fit, std::size_t j) {
    const Member& member = *fit.members[j];
    const auto own = fit.coefficients.segment(library.splines.rows() + static_cast<Eigen::Index>(j * nuisance_shapes),
                                              static_cast<Eigen::Index>(nuisance_shapes));
    return fit.amplitudes[static_cast<Eigen::Index>(j)] * member.shape + member.nuisance.transpose() * own;
}

std::vector<double> in_spectrum_unit(const Vector& curve, const Observation& observation) {
    std::vector<double> values(static_cast<std::size_t>(curve.size()));
    for (Eigen::Index i = 0; i < curve.size(); ++i)
        values[static_cast<std::size_t>(i)] =
            observation.known[i] > 0.0 ? curve[i] * observation.scale : std::numeric_limits<double>::quiet_NaN();
    return values;
}

FitCurves curves_of(const Observation& observation, const Library& library, const Fit& fit) {
    FitCurves curves;
    curves.axis = library.axis;
    Vector baseline = library.splines.transpose() * fit.coefficients.head(library.splines.rows());
    const Eigen::Index last = fit.coefficients.size() - static_cast<Eigen::Index>(observation.backgrounds.size());
    for (std::size_t k = 0; k < observation.backgrounds.size(); ++k) {
        const Background& background = observation.backgrounds[k];
        const Vector part = fit.coefficients[last + static_cast<Eigen::Index>(k)] * background.shape;
        baseline += part;
        curves.backgrounds.push_back({background.name, in_spectrum_unit(part, observation)});
    }
    curves.measured = in_spectrum_unit(observation.y, observation);
    curves.baseline = in_spectrum_unit(baseline, observation);
    curves.fit = in_spectrum_unit(observation.y - fit.residual, observation);
    curves.residual = in_spectrum_unit(fit.residual, observation);
    for (std::size_t j = 0; j < fit.members.size(); ++j)
        curves.components.push_back(in_spectrum_unit(member_curve(library, fit, j), observation));
    return curves;
}

}  // namespace singel::spectra::identify
