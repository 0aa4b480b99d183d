#include "spectra/identify/background.hpp"

#include <Eigen/QR>
#include <cmath>
#include <optional>

namespace singel::spectra::identify {
namespace {

// A shape of which the baseline imitates all but this is broad enough to be left to it.
constexpr double least_off_baseline = 0.02;

double value_at(const BackgroundShape& shape, double place) {
    const double index = (place - shape.first_cm1) / shape.step_cm1;
    if (!(index >= 0.0) || index > static_cast<double>(shape.values.size() - 1)) return 0.0;
    const auto low = static_cast<std::size_t>(index);
    const double part = index - static_cast<double>(low);
    const double next = low + 1 < shape.values.size() ? shape.values[low + 1] : shape.values[low];
    return (1.0 - part) * shape.values[low] + part * next;
}

std::optional<Background> on_grid(const BackgroundShape& given, const core::Axis& grid,
                                  const Eigen::HouseholderQR<Eigen::MatrixXd>& splines) {
    Background background{given.name, Vector::Zero(static_cast<Eigen::Index>(grid.size())), given.prior_sd,
                          given.non_negative};
    if (given.values.empty() || !(given.step_cm1 > 0.0)) return std::nullopt;
    Vector& shape = background.shape;
    for (std::size_t i = 0; i < grid.size(); ++i) shape[static_cast<Eigen::Index>(i)] = value_at(given, grid[i]);
    const double whole = shape.norm();
    Vector turned = splines.householderQ().transpose() * shape;
    turned.head(splines.matrixQR().cols()).setZero();
    shape = splines.householderQ() * turned;
    const double left = shape.norm();
    if (!std::isfinite(left) || !(left > std::sqrt(least_off_baseline) * whole)) return std::nullopt;
    shape /= left;
    return background;
}

}  // namespace

std::span<const BackgroundShape> tabulated_backgrounds(core::Technique) {
    return {};
}

std::vector<Background> backgrounds_on(const core::Axis& grid, core::Technique technique,
                                       std::span<const BackgroundShape> learned, const Shapes& splines) {
    const Eigen::HouseholderQR<Eigen::MatrixXd> baseline{Eigen::MatrixXd(splines.transpose())};
    std::vector<Background> backgrounds;
    const auto add = [&](const BackgroundShape& shape) {
        if (auto placed = on_grid(shape, grid, baseline)) backgrounds.push_back(*std::move(placed));
    };
    for (const BackgroundShape& shape : tabulated_backgrounds(technique)) add(shape);
    for (const BackgroundShape& shape : learned) add(shape);
    return backgrounds;
}

}  // namespace singel::spectra::identify
