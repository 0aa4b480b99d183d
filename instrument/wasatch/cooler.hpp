#pragma once

#include <array>
#include <optional>

#include "instrument/cooler.hpp"
#include "instrument/wasatch/memory.hpp"

namespace singel::instrument::wasatch {

// The detector's thermometer. Asked at most five times a second: the bus behind the USB chip gets stuck above ten
// (FID notes, section 2).
class Thermometer {
public:
    Thermometer(Unit unit, std::array<float, 3> adc_to_celsius) : unit_(std::move(unit)), scale_(adc_to_celsius) {}

    // None where the memory's scale says nothing.
    boost::asio::awaitable<std::optional<core::Celsius>> read();

private:
    Unit unit_;
    std::array<float, 3> scale_;
    std::optional<core::Celsius> last_;
    std::optional<std::chrono::nanoseconds> read_at_;
};

// The detector's cooler. Sections 3 (D6, D8) and 7: setpoint in DAC steps, before enable.
class WasatchCooler final : public Cooler {
public:
    // description is the driver's and lives longer.
    WasatchCooler(Unit unit, Thermometer& thermometer, std::array<float, 3> celsius_to_dac,
                  const Description& description);

    boost::asio::awaitable<CoolerState> read_state() override;
    boost::asio::awaitable<void> cool_to(core::Celsius setpoint) override;
    boost::asio::awaitable<void> switch_off() override;

private:
    boost::asio::awaitable<void> keep(const fid::Operation& operation, std::uint64_t value, const char* what);
    std::uint64_t dac_of(core::Celsius setpoint) const;

    Unit unit_;
    Thermometer& thermometer_;
    std::array<float, 3> scale_;
    const Description& description_;
    std::optional<core::Celsius> setpoint_;  // asked for by us; what was found is not known in degrees
};

}  // namespace singel::instrument::wasatch
