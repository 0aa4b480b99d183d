#include "instrument/wasatch/cooler.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "spectra/core/result.hpp"

namespace singel::instrument::wasatch {

namespace asio = boost::asio;
namespace operation = fid::operation;
using core::Failure;
using core::Fault;
using namespace std::chrono_literals;

namespace {

constexpr auto shortest_interval = 200ms;
constexpr double largest_dac = 4095;

}  // namespace

asio::awaitable<std::optional<core::Celsius>> Thermometer::read() {
    if (read_at_ && unit_.link->now() - *read_at_ < shortest_interval) co_return last_;
    const std::uint64_t raw = co_await get_number(unit_, operation::detector_temperature);
    const double celsius = fid::polynomial(scale_, static_cast<double>(raw));
    last_.reset();
    if (std::isfinite(celsius) && scale_[1] != 0) last_ = core::Celsius{celsius};
    read_at_ = unit_.link->now();
    co_return last_;
}

WasatchCooler::WasatchCooler(Unit unit, Thermometer& thermometer, std::array<float, 3> celsius_to_dac,
                             const Description& description)
    : unit_(std::move(unit)), thermometer_(thermometer), scale_(celsius_to_dac), description_(description) {}

asio::awaitable<CoolerState> WasatchCooler::read_state() {
    CoolerState state;
    const std::uint64_t enabled = co_await get_number(unit_, operation::cooler_enable);
    state.enabled = enabled != 0;
    state.setpoint = setpoint_;
    state.temperature = co_await thermometer_.read();
    co_return state;
}

std::uint64_t WasatchCooler::dac_of(core::Celsius setpoint) const {
    const auto &low = description_.cooler_min, &high = description_.cooler_max;
    if (!low || !high)
        throw Failure(Fault::unsupported, "the memory gives no range for the detector's temperature", "cool");
    if (!(setpoint.value >= low->value && setpoint.value <= high->value))
        throw Failure(Fault::invalid_argument,
                      fmt::format("{} °C is not possible: {} cools to {} to {} °C", setpoint.value,
                                  description_.identity.model, low->value, high->value));
    const double dac = fid::polynomial(scale_, setpoint.value);
    if (!std::isfinite(dac))
        throw Failure(Fault::protocol, "the memory's scale of the detector's cooler cannot be used", "cool");
    return static_cast<std::uint64_t>(std::lround(std::clamp(dac, 0.0, largest_dac)));
}

asio::awaitable<void> WasatchCooler::keep(const fid::Operation& row, std::uint64_t value, const char* what) {
    const std::uint64_t answered = co_await put(unit_, row, value);
    if (answered != value)
        throw Failure(Fault::protocol, fmt::format("the instrument keeps {} instead of {}", answered, value), what);
}

asio::awaitable<void> WasatchCooler::cool_to(core::Celsius setpoint) {
    const std::uint64_t dac = dac_of(setpoint);
    co_await keep(operation::cooler_setpoint, dac, "set the detector's temperature");
    co_await keep(operation::cooler_enable, 1, "switch the detector's cooler on");
    setpoint_ = setpoint;
}

asio::awaitable<void> WasatchCooler::switch_off() {
    co_await keep(operation::cooler_enable, 0, "switch the detector's cooler off");
    setpoint_.reset();
}

}  // namespace singel::instrument::wasatch
