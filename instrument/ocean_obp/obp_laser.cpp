#include "instrument/ocean_obp/obp_laser.hpp"

#include <array>

#include "firmware-bridge/wire/obp/arguments.hpp"
#include "firmware-bridge/wire/obp/messages.hpp"
#include "instrument/decoded.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument::ocean_obp {

namespace asio = boost::asio;
namespace message = obp::message;
using spectra::core::Failure;
using spectra::core::Fault;
using namespace std::chrono_literals;

namespace {

constexpr obp::LightSource laser{0, 0};
// While the laser is on an answer must come before the next look at it.
constexpr auto exchange_deadline = 200ms;
constexpr auto bus_reset_deadline = 2000ms;

enum class Rung { disable, dim, abort, reset_bus, restart };
constexpr std::array ladder{Rung::disable, Rung::disable,   Rung::disable, Rung::dim,
                            Rung::abort,   Rung::reset_bus, Rung::restart};

Question urgent(std::uint32_t type, const char* what, Bytes argument = {}) {
    Question question(type, what, std::move(argument));
    question.deadline = exchange_deadline;
    return question;
}

}  // namespace

asio::awaitable<LaserState> ObpLaserSwitch::read() {
    const Question question =
        urgent(message::get_light_source, "say whether the laser is on", obp::light_source(laser));
    const Bytes answer = co_await pipe_.get(question);
    const std::uint8_t enabled = require(obp::read_u8(answer), "read the laser's state");
    LaserState state;
    state.enabled = enabled == 0 ? Tristate::no : Tristate::yes;
    co_return state;
}

asio::awaitable<void> ObpLaserSwitch::set_intensity(double fraction) {
    const Bytes argument = obp::light_source(laser, static_cast<float>(fraction));
    co_await pipe_.set(urgent(message::set_light_source_intensity, "set the laser's intensity", argument));
}

asio::awaitable<void> ObpLaserSwitch::prepare(const LaserLease& lease) {
    co_await set_intensity(lease.power);
    const Question question =
        urgent(message::get_light_source_intensity, "tell the laser's intensity", obp::light_source(laser));
    const Bytes answer = co_await pipe_.get(question);
    const float intensity = require(obp::read_f32(answer), "read the laser's intensity");
    if (intensity != static_cast<float>(lease.power))
        throw Failure(Fault::protocol, "the laser power was not taken over", "laser");
}

asio::awaitable<void> ObpLaserSwitch::enable() {
    co_await pipe_.set(urgent(message::set_light_source, "switch the laser on", obp::light_source(laser, true)));
}

asio::awaitable<void> ObpLaserSwitch::disable() {
    co_await pipe_.set(urgent(message::set_light_source, "switch the laser off", obp::light_source(laser, false)));
}

std::size_t ObpLaserSwitch::rungs() const {
    return ladder.size();
}

bool ObpLaserSwitch::loses_settings(std::size_t rung) const {
    return ladder.at(rung) == Rung::reset_bus || ladder.at(rung) == Rung::restart;
}

asio::awaitable<void> ObpLaserSwitch::climb(std::size_t rung) {
    switch (ladder.at(rung)) {
        case Rung::disable: break;
        case Rung::dim: co_await set_intensity(0); break;
        case Rung::abort: co_await pipe_.set(urgent(message::abort_acquisition, "stop acquiring")); break;
        case Rung::reset_bus:
            co_await pipe_.link().reset(bus_reset_deadline);
            co_await pipe_.drain();
            break;
        case Rung::restart: co_await pipe_.set(urgent(message::reset, "restart")); break;
    }
}

}  // namespace singel::instrument::ocean_obp
