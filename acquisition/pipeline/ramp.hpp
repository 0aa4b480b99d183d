#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <chrono>

#include "instrument/spectrometer.hpp"

namespace singel::acquisition::pipeline {

// Low power first: several hundred milliwatts in one spot burn a dark powder within a second (FID notes, section
// 9.5). Parts of the power that was asked for; each is held for about a second of light, in frames short enough that
// one of them does little harm.
inline constexpr std::array ramp_steps{0.1, 0.3, 1.0};
inline constexpr unsigned ramp_frames = 6;
inline constexpr std::chrono::milliseconds ramp_exposure{200};

struct RampEnd {
    double power = 0.0;   // fraction of full power: the last step at which the baseline stayed
    bool warmed = false;  // a higher step was tried, and the baseline rose
};

// Lights the sample step by step, the laser off in between. terms: of every emission, but for duration and power.
// Throws what with_laser throws, and unsupported when the baseline rises at the lowest step already: this sample is
// not for the laser. The spectrometer keeps the settings of the last step.
boost::asio::awaitable<RampEnd> climb_ramp(instrument::Spectrometer& spectrometer, instrument::LaserLease terms,
                                           double power);

}  // namespace singel::acquisition::pipeline
