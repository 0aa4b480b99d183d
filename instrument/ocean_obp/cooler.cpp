#include "instrument/ocean_obp/cooler.hpp"

#include <cmath>

#include "firmware-bridge/wire/obp/arguments.hpp"
#include "firmware-bridge/wire/obp/messages.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument::ocean_obp {

namespace asio = boost::asio;
namespace message = obp::message;
using spectra::core::Celsius;
using spectra::core::Failure;
using spectra::core::Fault;

asio::awaitable<std::optional<Celsius>> ObpCooler::read_celsius(std::uint32_t type, const char* what) {
    const std::optional<Bytes> answer = co_await look_up(pipe_, known_, {type, what});
    if (!answer) co_return std::nullopt;
    co_return Celsius{static_cast<double>(require(obp::read_f32(*answer), what))};
}

asio::awaitable<std::optional<Celsius>> ObpCooler::temperature() {
    return read_celsius(message::get_cooler_temperature, "read the detector's temperature");
}

asio::awaitable<CoolerState> ObpCooler::read_state() {
    CoolerState state;
    const Bytes enabled = co_await pipe_.get({message::get_cooler, "say whether it cools"});
    state.enabled = require(obp::read_u8(enabled), "read the cooler's state") != 0;
    state.setpoint = co_await read_celsius(message::get_cooler_setpoint, "read the cooler's setpoint");
    state.temperature = co_await temperature();
    co_return state;
}

asio::awaitable<void> ObpCooler::cool_to(Celsius setpoint) {
    if (!std::isfinite(setpoint.value)) throw Failure(Fault::invalid_argument, "the setpoint is no temperature");
    const Bytes value = obp::f32(static_cast<float>(setpoint.value));
    const Question question(message::set_cooler_setpoint, "cool to this setpoint", value);
    const obp::Frame reply = co_await pipe_.ask(question, obp::flag::ack_wanted);
    if (refused(reply) && reply.error == static_cast<std::uint16_t>(obp::Error::invalid_payload))
        throw Failure(Fault::invalid_argument, refusal(reply, question).error().what, "cooler");
    if (refused(reply)) throw refusal(reply, question);
    co_await put(pipe_, {"cool", message::set_cooler, message::get_cooler, obp::u8(1)});
    const Bytes in_force = co_await pipe_.get({message::get_cooler_setpoint, "read the cooler's setpoint"});
    if (in_force != value) throw Failure(Fault::protocol, "the instrument keeps another setpoint", "cooler");
}

asio::awaitable<void> ObpCooler::switch_off() {
    co_await put(pipe_, {"stop cooling", message::set_cooler, message::get_cooler, obp::u8(0)});
}

}  // namespace singel::instrument::ocean_obp
