#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spectra/core/spectrum.hpp"

// The evidence behind one name, so that a chemist can check it and a person can see it. Plain data first.
namespace singel::spectra::identify {

// What one band says of a component: it is there as predicted; nobody can tell at this noise; it should be there and
// is not.
enum class BandSays { for_it, cannot_tell, against_it };

std::string_view name(BandSays says);

// Heights stand above everything else that is in the fit, in the unit of the account, as means over three points of
// the analysis grid.
struct AccountBand {
    double at_cm1 = 0.0;
    double predicted = 0.0;  // by the reference at the fitted amount, shift, width and response
    double seen = 0.0;
    double deviation = 0.0;  // standard deviation of seen: noise, and how references differ between instruments
    BandSays says = BandSays::cannot_tell;
    std::vector<std::string> also;  // other components and rivals that are at least half as high there
};

enum class RivalFit { as_well, worse, far_worse };

std::string_view name(RivalFit fit);

// Another reference in the place of the component, everything fitted anew.
struct Rival {
    std::string name;
    double worse_by = 0.0;  // rise of the fit's objective, like that of a doubled log-likelihood
    RivalFit fit = RivalFit::far_worse;
    bool inseparable = false;  // in the component's group
};

struct Account {
    core::Ordinate unit{};           // of heights and residuals: the spectrum's
    std::vector<AccountBand> bands;  // the strongest predicted ones, strongest first, seen or not
    std::vector<Rival> rivals;       // best first
    double worse_without = 0.0;      // rise of the objective when the component is left out
    double left_with = 0.0;          // root mean square of the residual
    double left_without = 0.0;
    std::vector<double> residual_without;  // on the axis of FitCurves, everything fitted anew without the component
};

struct Explanation;
struct Statement;
class Library;

// Why component `component` of the statement is in it. Pure.
Account account(const Explanation& explanation, const Library& library, const Statement& statement,
                std::size_t component);

}  // namespace singel::spectra::identify
