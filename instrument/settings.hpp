#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "instrument/description.hpp"
#include "spectra/core/frame.hpp"

namespace singel::instrument {

// What the caller wants of the next frames. The laser is not a setting: see laser.hpp.
struct Settings {
    std::chrono::microseconds integration_time{100000};
    core::Trigger trigger = core::Trigger::on_request;
    friend bool operator==(const Settings&, const Settings&) = default;
};

enum class Verdict { valid, adjusted, invalid };

struct Validated {
    Verdict verdict = Verdict::valid;
    Settings settings;             // what would be sent; unchanged when valid
    std::vector<std::string> why;  // one sentence for each adjustment or refusal, with the allowed range
};

// Before hardware is touched. Rounding to the instrument's step is an adjustment; out of range is invalid.
Validated validate(const Settings& settings, const Description& description);

}  // namespace singel::instrument
