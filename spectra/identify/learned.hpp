#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spectra/identify/background.hpp"

// What was learned from substances measured on two instruments. Every number ships here, with its origin; its
// digest is named in every result. IDENTIFICATION.md says how each was learned.
namespace singel::spectra::identify {

inline constexpr std::size_t mismatch_terms = 4, nuisance_shapes = 7, certainty_features = 8;

// The features of evidence.hpp in their order. A learned file holds these names: one whose meaning changes gets
// another name, so that weights learned for the old meaning are refused.
inline constexpr std::array<std::string_view, certainty_features> certainty_feature_names{
    "log odds of rho squared", "log share",   "log unique part", "bands in place",
    "rho of slopes",           "log rivalry", "visible bands",   "log deviation"};

struct Learned {
    // Variance of reference minus sample at unit amplitude, of the terms in mismatch.hpp.
    std::array<double, mismatch_terms> mismatch{};
    double other_instrument = 1.0;  // its factor where no pair of instruments was learned
    double band_table = 1.0;        // its factor for a reference drawn from a band table
    // Prior standard deviation of nuisance coefficients over the amplitude: shift (cm⁻¹), stretch (cm⁻¹ at the
    // edge), width (cm⁻¹²), response of four regions.
    std::array<double, nuisance_shapes> nuisance_sd{};
    // Logistic certainty: intercept, then the weights of the features in evidence.hpp.
    double certainty_intercept = 0.0;
    std::array<double, certainty_features> certainty_weights{};
    double found = 0.9, probable = 0.5, possible = 0.2;  // thresholds on the certainty
    double limit_kappa = 0.0;  // multiple of the net-analyte deviation that is named in 95 % of cases
    double share_sd = 0.0;     // relative area of one substance between instruments, standard deviation of its log
    // Greatest unexplained band of complete samples: quantiles at (i + 0.5)/n, rising.
    std::vector<double> unknown_null;
    double unknown_alarm = 0.05;
    // Names given to simulated samples by figures learned on other substances, and how many of them were wrong.
    double found_names = 0.0, found_wrong = 0.0, probable_names = 0.0, probable_wrong = 0.0;
    // Widened figures of another technique: nothing was learned for this one. No name is more than probable, and
    // no rate or p-value is given.
    bool assumed = false;
    std::vector<BackgroundShape> backgrounds{};  // of the containers these instruments look through
};

const Learned& learned_raman();

// What ships for a technique: the learned figures of Raman, assumed ones of infrared and near infrared.
const Learned& learned_for(core::Technique technique);

// Part of such names that are wrong, (wrong + 1) / (names + 2) so that no finite number of trials says never;
// none while fewer than a hundred were given.
std::optional<double> found_false_rate(const Learned& learned);
std::optional<double> probable_false_rate(const Learned& learned);

// Sixteen hexadecimal digits over all numbers of it.
std::string digest(const Learned& learned);

}  // namespace singel::spectra::identify
