#pragma once

#include <QList>
#include <QPointF>
#include <string>
#include <vector>

#include "spectra/core/spectrum.hpp"
#include "spectra/identify/identification.hpp"

// Curves ready to be drawn: finite points only, in x order, whatever came in. No widget, no chart.
namespace singel::gui {

using Points = QList<QPointF>;

struct Range {
    double low = 0.0, high = 1.0;
    double span() const { return high - low; }
};

// A component's area lies on those before it: together they reach the fit.
struct Layer {
    std::string name;  // empty: all further components together
    Points bottom, top;
};

struct FitPicture {
    Points measured, fit;  // without the fitted background
    Points residual;
    std::vector<Layer> layers;  // at most most_layers
    Range x, y;
    double residual_peak = 0.0;  // greatest distance from zero
    spectra::core::AxisKind axis = spectra::core::AxisKind::raman_shift_cm1;

    bool empty() const { return measured.isEmpty(); }
};

inline constexpr std::size_t most_layers = 5;

FitPicture fit_picture(const spectra::identify::Identification& identification);

// One finding: the fit with it and without it, and its bands.
struct EvidencePicture {
    struct Mark {
        QPointF top;  // on the measured curve
        spectra::identify::BandSays says;
    };
    std::string name;
    Points measured, with, without;  // without the fitted background
    Points residual_with, residual_without;
    std::vector<Mark> marks;
    Range x, y;
    double residual_peak = 0.0;  // of both residuals
    spectra::core::AxisKind axis = spectra::core::AxisKind::raman_shift_cm1;

    bool empty() const { return measured.isEmpty(); }
};

// Empty when the component has no account or the record no curves.
EvidencePicture evidence_picture(const spectra::identify::Identification& identification, std::size_t component);

struct LivePicture {
    Points points;
    Range x, y;
    spectra::core::AxisKind axis = spectra::core::AxisKind::raman_shift_cm1;
};

LivePicture live_picture(const spectra::core::Spectrum& spectrum);

// Positions of the strongest separate maxima, strongest first.
std::vector<double> strongest_bands(const Points& points, std::size_t most);

// The greatest of 1, 2, 5, 10, 20, 50 … that is not above the value; 1 for anything below 1.
double round_down_to_nice(double value);

}  // namespace singel::gui
