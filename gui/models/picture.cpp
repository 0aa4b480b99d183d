#include "gui/models/picture.hpp"

#include <algorithm>
#include <cmath>

namespace singel::gui {
namespace {

using spectra::identify::FitCurves;

Points finite_points(std::span<const double> x, std::span<const double> y) {
    Points points;
    const std::size_t size = std::min(x.size(), y.size());
    points.reserve(static_cast<qsizetype>(size));
    for (std::size_t i = 0; i < size; ++i) {
        if (std::isfinite(x[i]) && std::isfinite(y[i])) points.append({x[i], y[i]});
    }
    if (points.size() > 1 && points.first().x() > points.last().x()) std::ranges::reverse(points);
    return points;
}

std::vector<double> sum(const std::vector<double>& a, const std::vector<double>& b, double factor) {
    std::vector<double> out(std::min(a.size(), b.size()));
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = a[i] + factor * b[i];
    return out;
}

Range x_range(const Points& points) {
    if (points.size() < 2) return {};
    return {points.first().x(), points.last().x()};
}

// Room above for labels; zero always in view; never an empty range.
Range y_range(const Points& points) {
    double low = 0.0, high = 0.0;
    for (const QPointF& point : points) {
        low = std::min(low, point.y());
        high = std::max(high, point.y());
    }
    if (high - low <= 0.0) return {};
    return {low - 0.02 * (high - low), high + 0.08 * (high - low)};
}

void add_layers(FitPicture& picture, const spectra::identify::Identification& identification) {
    const FitCurves& curves = identification.curves;
    std::vector<double> below(curves.axis.size(), 0.0);
    for (std::size_t i = 0; i < curves.components.size(); ++i) {
        std::vector<double> above = sum(below, curves.components[i], 1.0);
        if (i < most_layers) {
            const bool alone = i + 1 < most_layers || curves.components.size() == most_layers;
            std::string name = alone && i < identification.components.size() ? identification.components[i].name : "";
            picture.layers.push_back({std::move(name), finite_points(curves.axis.values(), below), {}});
        }
        picture.layers.back().top = finite_points(curves.axis.values(), above);
        below = std::move(above);
    }
}

}  // namespace

FitPicture fit_picture(const spectra::identify::Identification& identification) {
    const FitCurves& curves = identification.curves;
    const auto x = curves.axis.values();
    FitPicture picture;
    picture.measured = finite_points(x, sum(curves.measured, curves.baseline, -1.0));
    picture.fit = finite_points(x, sum(curves.fit, curves.baseline, -1.0));
    picture.residual = finite_points(x, curves.residual);
    picture.x = x_range(picture.measured);
    picture.y = y_range(picture.measured + picture.fit);
    for (const QPointF& point : picture.residual) {
        picture.residual_peak = std::max(picture.residual_peak, std::abs(point.y()));
    }
    add_layers(picture, identification);
    picture.axis = curves.axis.kind();
    return picture;
}

EvidencePicture evidence_picture(const spectra::identify::Identification& identification, std::size_t component) {
    const FitCurves& curves = identification.curves;
    const auto& account = identification.components.at(component).account;
    EvidencePicture picture;
    if (!account || account->residual_without.size() != curves.measured.size()) return picture;
    const auto x = curves.axis.values();
    const std::vector<double> measured = sum(curves.measured, curves.baseline, -1.0);
    picture.name = identification.components[component].name;
    picture.measured = finite_points(x, measured);
    picture.with = finite_points(x, sum(curves.fit, curves.baseline, -1.0));
    picture.without = finite_points(x, sum(measured, account->residual_without, -1.0));
    picture.residual_with = finite_points(x, curves.residual);
    picture.residual_without = finite_points(x, account->residual_without);
    for (const QPointF& point : picture.residual_with + picture.residual_without)
        picture.residual_peak = std::max(picture.residual_peak, std::abs(point.y()));
    picture.x = x_range(picture.measured);
    picture.y = y_range(picture.measured + picture.with + picture.without);
    picture.axis = curves.axis.kind();
    for (const auto& band : account->bands) {
        const auto at = std::ranges::lower_bound(picture.measured, band.at_cm1, {}, &QPointF::x);
        if (at != picture.measured.end()) picture.marks.push_back({*at, band.says});
    }
    return picture;
}

LivePicture live_picture(const spectra::core::Spectrum& spectrum) {
    LivePicture picture;
    picture.points = finite_points(spectrum.axis.values(), spectrum.values);
    picture.x = x_range(picture.points);
    picture.y = y_range(picture.points);
    picture.axis = spectrum.axis.kind();
    return picture;
}

std::vector<double> strongest_bands(const Points& points, std::size_t most) {
    constexpr double apart = 15.0;  // closer maxima are one band at the resolution of these instruments, cm⁻¹
    std::vector<QPointF> maxima;
    for (qsizetype i = 1; i + 1 < points.size(); ++i) {
        if (points[i].y() > points[i - 1].y() && points[i].y() >= points[i + 1].y()) maxima.push_back(points[i]);
    }
    std::ranges::sort(maxima, std::greater{}, [](const QPointF& p) { return p.y(); });
    std::vector<double> bands;
    for (const QPointF& maximum : maxima) {
        if (bands.size() == most) break;
        const bool separate =
            std::ranges::none_of(bands, [&](double band) { return std::abs(band - maximum.x()) < apart; });
        if (separate) bands.push_back(maximum.x());
    }
    return bands;
}

double round_down_to_nice(double value) {
    if (!(value > 1.0)) return 1.0;
    const double decade = std::pow(10.0, std::floor(std::log10(value)));
    for (const double step : {5.0, 2.0}) {
        if (value >= step * decade) return step * decade;
    }
    return decade;
}

}  // namespace singel::gui
