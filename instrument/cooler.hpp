#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>

#include "spectra/core/units.hpp"

namespace singel::instrument {

struct CoolerState {
    bool enabled = false;
    std::optional<spectra::core::Celsius> setpoint, temperature;  // none when the instrument does not tell
};

// The thermoelectric cooler of a detector. Throws invalid_argument for a setpoint that the instrument does not take.
class Cooler {
public:
    virtual ~Cooler() = default;
    virtual boost::asio::awaitable<CoolerState> read_state() = 0;
    // The setpoint goes out before the cooler is enabled; both are read back.
    virtual boost::asio::awaitable<void> cool_to(spectra::core::Celsius setpoint) = 0;
    virtual boost::asio::awaitable<void> switch_off() = 0;
};

}  // namespace singel::instrument
