#include "firmware-bridge/virtual/obp_firmware.hpp"

#include <utility>

#include "firmware-bridge/wire/obp/arguments.hpp"

namespace singel::firmware_bridge::virtual_instrument {

namespace obp = wire::obp;
namespace message = wire::obp::message;
using obp::Error;

namespace {

constexpr std::chrono::milliseconds until_it_resets{20}, while_it_resets{1500};  // the ACK can be read
constexpr std::uint32_t scans_left_behind = 4;

}  // namespace

ObpFirmware::ObpFirmware(const ObpModel& model, const optics::Sensor& sensor, const std::string& serial,
                         const Port& port)
    : model_(model),
      port_(port),
      registers_(model),
      memory_(model, serial, sensor.hot_pixels()),
      line_(model, registers_, port, [this](const ObpRequest& request) { handle(request); }),
      light_(port),
      cooler_(registers_),
      camera_(model, registers_, sensor, port, line_, cooler_, [this](Clock now) { return light_.exposure_s(now); }) {
    memory_.add_to(handlers_, [this] { return port_.conditions.all_ones_memory; });
    camera_.add_to(handlers_);
    if (model.wire.laser) light_.add_to(handlers_);
    if (model.wire.cooled) cooler_.add_to(handlers_);
    registers_.add_to(handlers_, [this](const ObpRegister& row, Clock now) {
        camera_.setting_changed(row, now);
        if (&row == &obp_register::cooler) cooler_.switched(now);
    });
    if (model.wire.version == obp::version_1) add_own_messages();
}

void ObpFirmware::add_own_messages() {
    handlers_[message::reset] = obp_do([this](Clock now) { return reset(now); });
    handlers_[message::reset_to_defaults] = obp_do([this](Clock now) {
        registers_.to_defaults();
        light_.to_defaults(now);
        cooler_.switched(now);
        return camera_.abort(now);
    });
    if (!model_.lists_messages) return;
    handlers_[message::get_supported_messages] = obp_get([this](Clock) {
        std::vector<std::uint32_t> types;
        for (const auto& [type, handler] : handlers_) types.push_back(type);
        return obp::u32_list(types);
    });
}

Error ObpFirmware::reset(Clock now) {
    port_.re_enumerate(now + until_it_resets, while_it_resets);
    return Error::none;
}

void ObpFirmware::power_up(Clock now) {
    registers_.to_defaults();
    line_.forget();
    cooler_.power_up(now);
    light_.power_up(now);
    camera_.power_up(now);
}

// Settings outlive it, and so does the light: whether a real device would put it out is not known.
void ObpFirmware::bus_reset(Clock now) {
    light_.advance(now);
    line_.forget();
    camera_.forget();
}

void ObpFirmware::bulk_out(std::uint8_t endpoint, std::span<const std::uint8_t> data, Clock now) {
    light_.advance(now);
    line_.receive(endpoint, data, now);
}

void ObpFirmware::conditions_changed(Clock now) {
    light_.interlock_changed(now);
    if (std::exchange(port_.conditions.left_averaging, false)) {
        registers_.put(obp_register::averaging, scans_left_behind);
    }
    if (std::exchange(port_.conditions.old_reply, false)) line_.leave_old_reply();
}

Truth ObpFirmware::truth() const {
    Truth truth = camera_.truth();
    if (model_.wire.laser) truth.laser = light_.truth();
    return truth;
}

void ObpFirmware::handle(const ObpRequest& request) {
    const auto found = handlers_.find(request.frame.type);
    if (found == handlers_.end()) return line_.answer(request, {.error = Error::unknown_message}, request.now);
    ObpAnswer answer = found->second(request);
    if (!answer.later) line_.answer(request, std::move(answer), request.now);
}

}  // namespace singel::firmware_bridge::virtual_instrument
