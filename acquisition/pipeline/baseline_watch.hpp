#pragma once

#include <array>
#include <optional>

#include "instrument/description.hpp"
#include "spectra/core/frame.hpp"

// Does the sample warm or glow under the laser? Pure.
namespace singel::acquisition::pipeline {

// What lies under the bands, in counts: the lower quartile of each eighth of the usable pixels (bands fill less than
// that), and the scatter of such a quartile from frame to frame.
struct Baseline {
    static constexpr std::size_t parts = 8;  // heat shows at the long-wave end first
    std::array<double, parts> level{};
    std::array<double, parts> scatter{};
};

Baseline baseline_of(const spectra::core::Frame& frame, const instrument::Description& description);

// A laser's power and the grip of a holder vary by a few percent from frame to frame, and bleaching only lowers:
// light that grew by more than this comes from a sample that changes.
inline constexpr double baseline_may_grow = 0.10;  // of the light under the bands in the first frame
inline constexpr double baseline_scatters = 5.0;   // standard deviations: one false stop in some million frames
inline constexpr double offset_may_drift = 0.002;  // of full scale: the detector's own offset

bool rises(const Baseline& first, const Baseline& now, const Baseline& dark, std::uint32_t full_scale);

// Frames with equal settings, one after the other; each is compared with the first.
class BaselineWatch {
public:
    explicit BaselineWatch(Baseline dark) : dark_(dark) {}
    bool steady(const spectra::core::Frame& frame, const instrument::Description& description);

private:
    Baseline dark_;
    std::optional<Baseline> first_;
};

}  // namespace singel::acquisition::pipeline
