#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "acquisition/snapshot.hpp"
#include "instrument/spectrometer.hpp"

// From an opened instrument to raw frames: exposure, dark, light. Throws core::Failure.
namespace singel::acquisition::pipeline {

struct MeasureOptions {
    unsigned frames = 8;
    unsigned dark_frames = 8;
    std::optional<std::chrono::microseconds> integration_time;  // none: found by auto-exposure
    double laser_power = 1.0;                                   // fraction of full power
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
};

// The Raman shift axis, or wrong_technique for an instrument that has no laser of its own.
spectra::core::Axis raman_axis(const instrument::Description& description);

// Dark frames with the laser off, then frames inside one lease or several. The laser is off afterwards, whatever
// happened. Cancellation frees the caller within 100 ms.
boost::asio::awaitable<Measured> measure(instrument::Spectrometer& spectrometer, MeasureOptions options,
                                         Report report);

// What shines into the instrument by itself (a lamp, daylight): frames with the laser off, no dark. The axis is the
// instrument's wavelengths, or pixels where its memory holds none.
boost::asio::awaitable<Measured> measure_plain_light(instrument::Spectrometer& spectrometer, MeasureOptions options,
                                                     Report report);

// How many frames of this exposure one lease can hold, and how long it then is.
struct LeaseShare {
    unsigned frames = 0;
    std::chrono::milliseconds duration{};
};
LeaseShare lease_for(unsigned frames, std::chrono::microseconds exposure, std::chrono::milliseconds warm_up);

}  // namespace singel::acquisition::pipeline
