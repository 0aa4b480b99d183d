#include "firmware-bridge/virtual/obp_cooler.hpp"

#include <algorithm>
#include <cmath>

#include "firmware-bridge/wire/obp/arguments.hpp"

namespace singel::firmware_bridge::virtual_instrument {

namespace obp = wire::obp;
namespace message = wire::obp::message;

void ObpCooler::power_up(Clock now) {
    setpoint_ = -10;
    from_ = goal_ = room_celsius;
    since_ = now;
}

void ObpCooler::switched(Clock now) {
    const bool on = registers_[obp_register::cooler] != 0;
    const double reachable = std::max(static_cast<double>(setpoint_), room_celsius - deepest_below_room);
    head_for(on ? reachable : room_celsius, now);
}

void ObpCooler::head_for(double celsius, Clock now) {
    from_ = this->celsius(now);
    goal_ = celsius;
    since_ = now;
}

double ObpCooler::celsius(Clock now) const {
    const double time_constants = std::chrono::duration<double>(now - since_) / time_constant;
    return goal_ + (from_ - goal_) * std::exp(-time_constants);
}

bool ObpCooler::stable(Clock now) const {
    const bool on = registers_[obp_register::cooler] != 0;
    return on && std::abs(celsius(now) - static_cast<double>(setpoint_)) < stable_within;
}

void ObpCooler::add_to(ObpHandlers& handlers) {
    handlers[message::get_cooler_setpoint] = obp_get([this](Clock) { return obp::f32(setpoint_); });
    handlers[message::get_cooler_stable] = obp_get([this](Clock now) { return obp::u8(stable(now) ? 1 : 0); });
    handlers[message::get_cooler_temperature] =
        obp_get([this](Clock now) { return obp::f32(static_cast<float>(celsius(now))); });
    handlers[message::set_cooler_setpoint] = obp_set(sizeof(float), [this](wire::ByteView argument, Clock now) {
        const auto wanted = obp::read_f32(argument);
        if (!wanted || *wanted < lowest_setpoint || *wanted > highest_setpoint) return obp::Error::invalid_payload;
        setpoint_ = *wanted;
        switched(now);
        return obp::Error::none;
    });
}

}  // namespace singel::firmware_bridge::virtual_instrument
