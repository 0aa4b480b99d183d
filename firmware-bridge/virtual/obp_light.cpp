#include "firmware-bridge/virtual/obp_light.hpp"

#include <utility>

#include "firmware-bridge/wire/obp/arguments.hpp"
#include "firmware-bridge/wire/obp/messages.hpp"

namespace singel::firmware_bridge::virtual_instrument {

namespace obp = wire::obp;
namespace message = wire::obp::message;
using obp::Error;

namespace {

constexpr std::size_t which_bytes = 2;  // module and index

// Says what is wrong with a light source argument of so many bytes.
Error wrong(const ObpRequest& request, std::size_t value_bytes) {
    const wire::Bytes& data = request.frame.data;
    if (data.size() != which_bytes + value_bytes) return Error::wrong_payload_length;
    return data[0] == 0 && data[1] == 0 ? Error::none : Error::no_such_information;
}

ObpHandler get(std::function<wire::Bytes()> value) {
    return [value = std::move(value)](const ObpRequest& request) -> ObpAnswer {
        const Error error = wrong(request, 0);
        if (error != Error::none) return {.error = error};
        return {.data = value()};
    };
}

ObpAnswer done(Error error) {
    return {.error = error, .only_if_wanted = true};
}

}  // namespace

void ObpLight::power_up(Clock now) {
    intensity_ = 1;
    laser_.power_up(Clock::zero(), Clock::zero(), now);
    interlock_changed(now);
}

void ObpLight::to_defaults(Clock now) {
    intensity_ = 1;
    laser_.enable(false, now);
    laser_.set_power(1, now);
}

double ObpLight::exposure_s(Clock now) {
    laser_.advance(now);
    return laser_.exposure_s();
}

bool ObpLight::off_is_lost(bool on) {
    if (on) return false;
    return port_.conditions.every_laser_off_lost || std::exchange(port_.conditions.next_laser_off_lost, false);
}

ObpAnswer ObpLight::enable(const ObpRequest& request) {
    if (const Error error = wrong(request, 1); error != Error::none) return done(error);
    const std::uint8_t value = request.frame.data[which_bytes];
    if (value > 1) return done(Error::invalid_payload);
    if (off_is_lost(value == 1)) return {.later = true};  // never
    laser_.enable(value == 1, request.now);
    return done(Error::none);
}

ObpAnswer ObpLight::set_intensity(const ObpRequest& request) {
    if (const Error error = wrong(request, sizeof(float)); error != Error::none) return done(error);
    const auto fraction = obp::read_f32(wire::ByteView(request.frame.data).subspan(which_bytes));
    if (!fraction || *fraction < 0 || *fraction > 1) return done(Error::invalid_payload);
    intensity_ = *fraction;
    laser_.set_power(static_cast<double>(intensity_), request.now);
    return done(Error::none);
}

void ObpLight::add_to(ObpHandlers& handlers) {
    handlers[message::get_light_source] = get([this] { return obp::u8(laser_.enabled() ? 1 : 0); });
    handlers[message::set_light_source] = [this](const ObpRequest& request) { return enable(request); };
    handlers[message::get_light_source_intensity] = get([this] { return obp::f32(intensity_); });
    handlers[message::set_light_source_intensity] = [this](const ObpRequest& request) {
        return set_intensity(request);
    };
}

}  // namespace singel::firmware_bridge::virtual_instrument
