#include <Eigen/SVD>
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "spectra/learn/mismatch.hpp"
#include "spectra/learn/quantile.hpp"

namespace singel::spectra::learn {
namespace {

using identify::Vector;

constexpr int shapes_wanted = 2;
constexpr std::size_t fewest_fits = 10;
constexpr double smoothing = 8.0;  // grid points: broader than any band, narrower than what splines imitate
constexpr std::size_t every = 4;   // grid points between stored values
constexpr double least_sd = 0.02, nearly_free = 10.0, greatest_sd = 0.4;

// Smooth residuals as rows, all on the grid of the first; 0 where one was not measured.
Eigen::MatrixXd smooth_residuals(std::span<const SingleFit> fits) {
    const core::Axis& grid = fits.front().grid;
    const double step = grid[1] - grid[0];
    Eigen::MatrixXd rows =
        Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(fits.size()), static_cast<Eigen::Index>(grid.size()));
    for (std::size_t i = 0; i < fits.size(); ++i) {
        const Vector smooth = identify::smooth(fits[i].residual.cwiseProduct(fits[i].known), smoothing);
        const auto ahead = static_cast<Eigen::Index>(std::lround((fits[i].grid[0] - grid[0]) / step));
        for (Eigen::Index k = std::max<Eigen::Index>(0, -ahead); k < smooth.size() && k + ahead < rows.cols(); ++k)
            rows(static_cast<Eigen::Index>(i), k + ahead) = smooth[k];
    }
    return rows;
}

identify::BackgroundShape stored(const Vector& shape, const core::Axis& grid, int number, double sd) {
    identify::BackgroundShape background;
    background.name = fmt::format("container {}", number);
    background.first_cm1 = grid[0];
    background.step_cm1 = static_cast<double>(every) * (grid[1] - grid[0]);
    background.prior_sd = sd;
    for (std::size_t i = 0; i < grid.size(); i += every)
        background.values.push_back(std::round(1e4 * shape[static_cast<Eigen::Index>(i)]) / 1e4);
    return background;
}

}  // namespace

void learn_backgrounds(identify::Learned& learned, std::span<const SingleFit> fits) {
    learned.backgrounds.clear();
    if (fits.size() < fewest_fits) return;
    const Eigen::MatrixXd residuals = smooth_residuals(fits);
    const Eigen::BDCSVD<Eigen::MatrixXd> svd(residuals, Eigen::ComputeThinV);
    for (int k = 0; k < shapes_wanted; ++k) {
        Vector shape = svd.matrixV().col(k);
        if (shape.sum() < 0.0) shape = -shape;
        std::vector<double> part;
        for (const double c : Vector(residuals * shape)) part.push_back(std::abs(c));
        const double sd = nearly_free * std::max(1.48 * quantile(std::move(part), 0.5), least_sd);
        learned.backgrounds.push_back(stored(shape, fits.front().grid, k + 1, std::min(sd, greatest_sd)));
    }
}

}  // namespace singel::spectra::learn
