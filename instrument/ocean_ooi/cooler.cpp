#include "instrument/ocean_ooi/cooler.hpp"

#include <cmath>
#include <fmt/format.h>

#include "spectra/core/result.hpp"

namespace singel::instrument::ocean_ooi {

namespace asio = boost::asio;
using core::Failure;
using core::Fault;

namespace {

// Ours: no document names the limits. Beyond them a wrong number is likelier than a wish.
constexpr double coldest = -40, warmest = 40;
constexpr double tenths = 10;

core::Celsius celsius(std::int16_t tenths_celsius) {
    return core::Celsius{tenths_celsius / tenths};
}

}  // namespace

asio::awaitable<void> OoiCooler::look() {
    if (unit_.dialect->slot_seventeen != ooi::SlotSeventeen::cooler) co_return;
    const ooi::SlotReply reply = co_await read_slot(unit_, ooi::slot::autonull);
    const ooi::CoolerSlot slot = ooi::cooler_slot(reply);
    const double setpoint = slot.setpoint_tenths_celsius / tenths;
    if (setpoint >= coldest && setpoint <= warmest) found_ = slot;
}

asio::awaitable<CoolerState> OoiCooler::read_state() {
    const double temperature = co_await read_detector_celsius(unit_);
    CoolerState state;
    state.temperature = core::Celsius{temperature};
    if (const auto& known = sent_ ? sent_ : found_) {
        state.enabled = known->enabled;
        if (known->enabled) state.setpoint = celsius(known->setpoint_tenths_celsius);
    }
    co_return state;
}

asio::awaitable<void> OoiCooler::put_in_force(ooi::CoolerSlot wanted) {
    if (wanted.enabled) {
        co_await send(unit_, ooi::SetCoolerSetpoint{wanted.setpoint_tenths_celsius});
        co_await send(unit_, ooi::SetFan{true});
    }
    co_await send(unit_, ooi::SetCooler{wanted.enabled});
    if (!wanted.enabled) co_await send(unit_, ooi::SetFan{wanted.fan});
    sent_ = wanted;
}

asio::awaitable<void> OoiCooler::cool_to(core::Celsius setpoint) {
    if (!(setpoint.value >= coldest && setpoint.value <= warmest))
        throw Failure(
            Fault::invalid_argument,
            fmt::format("a detector temperature of {:.1f} °C is not possible: it takes {:.0f} °C to {:.0f} °C",
                        setpoint.value, coldest, warmest));
    const auto raw = static_cast<std::int16_t>(std::lround(setpoint.value * tenths));
    co_await put_in_force({true, true, raw});
    co_await read_detector_celsius(unit_);  // it still answers
}

asio::awaitable<void> OoiCooler::switch_off() {
    co_await put_in_force({false, false, 0});
    co_await read_detector_celsius(unit_);
}

asio::awaitable<void> OoiCooler::restore() {
    if (sent_) co_await put_in_force(found_.value_or(ooi::CoolerSlot{}));
    sent_.reset();
}

}  // namespace singel::instrument::ocean_ooi
