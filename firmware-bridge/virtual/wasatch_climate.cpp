#include "firmware-bridge/virtual/wasatch_climate.hpp"

#include <cmath>
#include <utility>

#include "firmware-bridge/wire/fid/laser_thermometer.hpp"

namespace singel::firmware_bridge::virtual_instrument {

namespace fid = wire::fid;
namespace operation = wire::fid::operation;

namespace {

constexpr double room_celsius = 22, laser_celsius_off = 25, laser_heating = 8;
constexpr double settling_s = 2;  // the time constant of the detector's cooler
constexpr std::chrono::milliseconds fastest_reading{100};
constexpr std::uint16_t secondary_adc = 1024;
constexpr std::size_t read_errors = 1;

// Where a function comes nearest to a value, on a grid.
template <class Function>
double nearest(const Function& of, double value, double low, double high, double step) {
    double best = low;
    for (double x = low; x <= high; x += step) {
        if (std::abs(of(x) - value) < std::abs(of(best) - value)) best = x;
    }
    return best;
}

}  // namespace

void WasatchClimate::power_up(Clock now) {
    since_ = now;
    read_at_ = now - Clock(fastest_reading);
    from_ = target_ = room_celsius;
    adc_input_ = 0;
    errors_ = {};
}

void WasatchClimate::registers_changed(Clock now) {
    from_ = celsius(now);
    since_ = now;
    target_ = room_celsius;
    if (registers_.get(operation::cooler_enable) == 0 || !model_.has_cooler()) return;
    const auto dac = [this](double degrees) { return fid::polynomial(model_.celsius_to_dac, degrees); };
    const double setpoint = static_cast<double>(registers_.get(operation::cooler_setpoint));
    target_ = nearest(dac, setpoint, model_.min_celsius, model_.max_celsius, 0.1);
}

double WasatchClimate::celsius(Clock now) const {
    if (port_.conditions.temperature_stuck) return room_celsius;
    const double passed = std::chrono::duration<double>(now - since_).count();
    return target_ + (from_ - target_) * std::exp(-passed / settling_s);
}

std::uint16_t WasatchClimate::detector_raw(Clock now) {
    if (now - std::exchange(read_at_, now) < fastest_reading) ++errors_[read_errors];
    const auto degrees = [this](double raw) { return fid::polynomial(model_.adc_to_celsius, raw); };
    return static_cast<std::uint16_t>(nearest(degrees, celsius(now), 0, 4095, 1));
}

std::uint16_t WasatchClimate::adc(double laser_power) {
    const std::uint64_t input = std::exchange(adc_input_, registers_.get(operation::adc_select));
    if (input != 0) return secondary_adc;
    const auto degrees = [this](double raw) {
        return fid::laser_celsius(model_.board, static_cast<std::uint16_t>(raw)).value_or(1e9);
    };
    return static_cast<std::uint16_t>(nearest(degrees, laser_celsius_off + laser_heating * laser_power, 1, 4094, 1));
}

}  // namespace singel::firmware_bridge::virtual_instrument
