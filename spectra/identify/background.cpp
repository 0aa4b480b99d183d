#include "spectra/identify/background.hpp"

#include <Eigen/QR>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

namespace singel::spectra::identify {
namespace {

// A shape of which the baseline imitates all but this is broad enough to be left to it.
constexpr double least_off_baseline = 0.02;

struct Band {
    double place = 0.0, height = 0.0, sigma = 0.0;  // cm⁻¹, any, cm⁻¹
};

// Liquid water at 25 °C: libration, bend 1643.5, combination 2127.5 and stretches around 3404 cm⁻¹ with peak molar
// absorptivities of 21.65, 3.5 and 99.9 L/(mol cm) (Venyaminov & Prendergast, Anal Biochem 248, 1997, 234). Two
// Gaussian bands of equal width stand for the stretches; the libration's height is that of Bertie & Lan, Appl
// Spectrosc 50, 1996, 1047, at 686 cm⁻¹, half of the stretches'.
constexpr std::array infrared_water{Band{686.0, 0.5, 150.0}, Band{1643.5, 0.217, 34.0}, Band{2127.5, 0.035, 100.0},
                                    Band{3270.0, 0.75, 105.0}, Band{3455.0, 0.85, 100.0}};
// The strongest two-phonon bands of diamond, what a crystal leaves that is warmer or cleaner than it was for the
// background (Hardy & Smith, Phil Mag 6, 1961, 1163); widths read off figures.
constexpr std::array diamond{Band{1975.0, 0.8, 22.0}, Band{2030.0, 1.0, 25.0}, Band{2160.0, 1.0, 30.0}};
// First overtone and combination of O-H in water, 1450 and 1935 nm (Workman & Weyer, Practical Guide to
// Interpretive Near-Infrared Spectroscopy, 2007), the overtone about a quarter of the combination.
constexpr std::array near_infrared_water{Band{5170.0, 1.0, 95.0}, Band{6900.0, 0.27, 180.0}};

struct Prior {
    double prior_sd = 0.0;
    bool non_negative = false;
};

BackgroundShape drawn(std::string name, std::span<const Band> bands, std::array<double, 2> range, Prior prior) {
    BackgroundShape shape{std::move(name), range[0], 2.0, {}, prior.prior_sd, prior.non_negative};
    for (double place = range[0]; place <= range[1]; place += shape.step_cm1) {
        double sum = 0.0;
        for (const Band& band : bands) {
            const double u = (place - band.place) / band.sigma;
            sum += band.height * std::exp(-0.5 * u * u);
        }
        shape.values.push_back(sum);
    }
    return shape;
}

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

std::span<const BackgroundShape> tabulated_backgrounds(core::Technique technique) {
    static const std::array<BackgroundShape, 2> of_infrared{
        drawn("water", infrared_water, {500.0, 4000.0}, {.prior_sd = 0.5, .non_negative = true}),
        drawn("diamond", diamond, {1700.0, 2500.0}, {.prior_sd = 0.2, .non_negative = false})};
    static const std::array<BackgroundShape, 1> of_near_infrared{
        drawn("water", near_infrared_water, {4000.0, 11500.0}, {.prior_sd = 0.5, .non_negative = true})};
    switch (technique) {
        case core::Technique::infrared: return of_infrared;
        case core::Technique::near_infrared: return of_near_infrared;
        default: return {};
    }
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
