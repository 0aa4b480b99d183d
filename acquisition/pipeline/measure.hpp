#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "acquisition/lighting.hpp"
#include "acquisition/snapshot.hpp"
#include "instrument/spectrometer.hpp"

// From an opened instrument to raw frames: exposure, dark, light. Throws core::Failure.
namespace singel::acquisition::pipeline {

struct MeasureOptions {
    unsigned frames = 8;
    unsigned dark_frames = 8;
    std::optional<std::chrono::microseconds> integration_time;  // none: found by auto-exposure
    double laser_power = 1.0;                                   // fraction of full power
    SampleLook look = SampleLook::unknown;                      // dark or not known: low power first, then a ramp
    instrument::LaserLease terms;                               // of every emission, but for duration and power
    std::string interlock;                                      // id of the record that the terms rely on
};

// What is going on; published after every frame.
struct Progress {
    Stage stage = Stage::measuring;
    double fraction = 0.0;                  // of the measurement, 0 to 1
    std::chrono::milliseconds remaining{};  // estimate
    unsigned frames_done = 0, frames_total = 0;
    std::chrono::microseconds exposure{};
    double fullness = 0.0;
    std::chrono::milliseconds lease{};                    // granted to the laser with this step; 0: none
    std::shared_ptr<const spectra::core::Spectrum> live;  // latest frame minus dark
};

using Report = std::function<void(const Progress&)>;

struct Measured {
    std::vector<spectra::core::Frame> dark, frames;  // equal settings but for the laser
    spectra::core::Axis axis;                        // Raman shift of each pixel; of plain light, its wavelength
    Lighting lighting;
};

// The Raman shift axis, or wrong_technique for an instrument that has no laser of its own.
spectra::core::Axis raman_axis(const instrument::Description& description);

// A ramp of power unless the sample is known to be light; exposure; dark frames with the laser off; then frames
// inside one lease or several. A baseline that rises ends the light: the frames before it are what was measured, and
// lighting says so. The laser is off afterwards, whatever happened. Cancellation frees the caller within 100 ms.
boost::asio::awaitable<Measured> measure(instrument::Spectrometer& spectrometer, MeasureOptions options,
                                         Report report);

// What shines into the instrument by itself (a lamp, daylight): frames with the laser off, no dark. The axis is the
// instrument's wavelengths, or pixels where its memory holds none.
boost::asio::awaitable<Measured> measure_plain_light(instrument::Spectrometer& spectrometer, MeasureOptions options,
                                                     Report report);

// A dark frame with light in it, or the reverse, would turn into a wrong result without any sign: protocol.
void require_light(const spectra::core::Frame& frame, bool on);

// Read-out and transfer of one frame over full-speed USB, with room for one retry; what the lease allows a frame.
inline constexpr std::chrono::milliseconds frame_overhead{250};

// How many frames of this exposure one lease can hold, and how long it then is.
struct LeaseShare {
    unsigned frames = 0;
    std::chrono::milliseconds duration{};
};
LeaseShare lease_for(unsigned frames, std::chrono::microseconds exposure, std::chrono::milliseconds warm_up);

}  // namespace singel::acquisition::pipeline
