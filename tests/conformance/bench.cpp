#include "tests/conformance/bench.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdlib>

#include "instrument/families.hpp"
#include "instrument/signal.hpp"
#include "instrument/usb/enumerate.hpp"
#include "instrument/virtual_link.hpp"
#include "instrument/wasatch/laser_state.hpp"
#include "instrument/wasatch/models.hpp"

namespace singel::conformance {

std::vector<Case> cases() {
    const char* const hardware = std::getenv("SINGEL_HARDWARE");
    const bool real = hardware != nullptr && *hardware == '1';
    if (real || instrument::usb::on_emulated_bus()) return {{"attached", true}};
    std::vector<Case> all;
    for (const std::string& model : virtual_instrument::models()) all.push_back({model, false});
    return all;
}

bool whole_campaign() {
    const char* const campaign = std::getenv("SINGEL_CAMPAIGN");
    return campaign != nullptr && *campaign == '1';
}

std::vector<Case> different_cases() {
    constexpr std::array different{"USB2000",     "USB2000+", "USB4000",  "QE65000", "HR2000",
                                   "Jaz",         "STS",      "QE-PRO",   "Flame-X", "ST",
                                   "Ventana-785", "WP-785",   "WP-785XS", "WP-1064", "NIRscan-Nano"};
    std::vector<Case> all = cases();
    if (whole_campaign() || all.front().attached) return all;
    std::erase_if(all, [&](const Case& one) {
        return std::find(different.begin(), different.end(), one.model) == different.end();
    });
    return all;
}

std::string name_of(const testing::TestParamInfo<Case>& info) {
    std::string name;
    for (const char letter : info.param.model) {
        if (std::isalnum(static_cast<unsigned char>(letter)) != 0) name += letter;
        if (letter == '+') name += "Plus";
    }
    return name;
}

virtual_instrument::Scene scene(double brightness) {
    virtual_instrument::Scene scene;
    for (double nm = 200; nm <= 2600; nm += 50) {
        scene.wavelength_nm.push_back(nm);
        scene.light.push_back(1.0);
    }
    scene.raman_shift_cm1 = {100, 990, 1000, 1010, 1500, 1510, 1520, 3500};
    scene.raman = {0, 0, 1, 0, 0, 0.5, 0, 0};
    scene.brightness = brightness;
    return scene;
}

Bench::Bench(Case which, double brightness, virtual_instrument::Faults faults) : which_(std::move(which)) {
    if (which_.attached) return;
    device = virtual_instrument::make_instrument(which_.model, scene(brightness), std::move(faults));
}

void Bench::run(Body body) {
    io.restart();
    asio::co_spawn(io, body(*this), [](std::exception_ptr problem) {
        try {
            if (problem) std::rethrow_exception(problem);
        } catch (const std::exception& error) {
            ADD_FAILURE() << "the coroutine ended with: " << error.what();
        }
    });
    io.run();
}

asio::awaitable<void> Bench::open() {
    if (attached()) {
        instrument = co_await instrument::open("");
        co_return;
    }
    link = instrument::VirtualLink::make(io.get_executor(), device, instrument::LinkTime::simulated,
                                         "virtual:" + which_.model, lived_);
    instrument = co_await open_over(link, *device);
}

asio::awaitable<instrument::SpectrometerPtr> open_over(instrument::TransportPtr link,
                                                       const virtual_instrument::UsbDevice& device) {
    const auto& descriptors = device.descriptors();
    const auto known = instrument::find_model(descriptors.vendor_id, descriptors.product_id);
    instrument::SpectrometerPtr opened = co_await known.family->open(std::move(link), known.model);
    co_return opened;
}

asio::awaitable<void> Bench::close() {
    if (instrument) co_await instrument->close();
    instrument.reset();
    if (link) lived_ = link->now();
    link.reset();
}

asio::awaitable<void> Bench::die_during(Beside& work) {
    lived_ = link->now();
    co_await link->release(std::chrono::milliseconds(1000));
    co_await work.result();
    instrument.reset();
    link.reset();
}

std::chrono::microseconds Bench::possible(std::chrono::microseconds wish) const {
    const auto& description = instrument->description();
    const auto clamped = std::clamp(wish, description.integration.min, description.integration.max);
    return instrument::validate(instrument::Settings{clamped}, description).settings.integration_time;
}

asio::awaitable<bool> Bench::laser_reported_off() {
    const auto found = co_await instrument::discover(false);
    const auto device_on_bus = instrument::usb::parse_id(found.at(0).id);
    const auto board = instrument::find_model(device_on_bus->vendor_id, device_on_bus->product_id).model.product_id ==
                               instrument::wasatch::fid::product_arm
                           ? instrument::wasatch::fid::Board::arm
                           : instrument::wasatch::fid::Board::fx2;
    const instrument::TransportPtr probe = co_await instrument::usb::UsbTransport::open(
        device_on_bus->address, found.at(0).id, instrument::usb::Claim::nothing);
    const instrument::wasatch::Unit unit{probe, board, std::chrono::milliseconds(1000)};
    const auto state =
        co_await instrument::wasatch::read_laser_state(unit, instrument::wasatch::senses_before_memory(board));
    co_await probe->release(std::chrono::milliseconds(1000));
    co_return !state.may_be_on();
}

virtual_instrument::Truth Bench::truth() {
    if (link) device->advance(link->now());
    return device->truth();
}

std::chrono::nanoseconds Bench::now() const {
    return link ? link->now() : std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch());
}

asio::awaitable<void> Bench::wait(std::chrono::milliseconds duration) {
    if (link) {
        co_await link->wait(duration);
        co_return;
    }
    asio::steady_timer timer(io, duration);
    co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<void> Bench::pass(std::chrono::milliseconds duration) {
    if (link || attached()) {
        co_await wait(duration);
        co_return;
    }
    co_await asio::post(io, asio::use_awaitable);
}

asio::awaitable<std::optional<core::Error>> error_of(asio::awaitable<void> work) {
    try {
        co_await std::move(work);
    } catch (const core::Failure& failure) {
        co_return failure.error();
    }
    co_return std::nullopt;
}

std::optional<core::Fault> fault_of(const std::optional<core::Error>& error) {
    if (!error) return std::nullopt;
    return error->fault;
}

namespace {

// The line of coroutines may have been between two operations when it was cancelled.
void as_failure(const std::exception_ptr& problem) {
    if (!problem) return;
    try {
        std::rethrow_exception(problem);
    } catch (...) {
        instrument::rethrow_as_failure();
    }
}

}  // namespace

struct Beside::State {
    explicit State(asio::any_io_executor executor) : done(std::move(executor)) {}
    asio::cancellation_signal signal;
    instrument::Signal done;
    std::optional<core::Error> error;
};

Beside::Beside(asio::any_io_executor executor, asio::awaitable<void> work)
    : state_(std::make_shared<State>(executor)) {
    asio::co_spawn(executor, std::move(work),
                   asio::bind_cancellation_slot(state_->signal.slot(), [state = state_](std::exception_ptr problem) {
                       try {
                           as_failure(problem);
                       } catch (const core::Failure& failure) {
                           state->error = failure.error();
                       } catch (const std::exception& error) {
                           ADD_FAILURE() << "not a Failure: " << error.what();
                       }
                       state->done.set();
                   }));
}

void Beside::cancel() {
    state_->signal.emit(asio::cancellation_type::terminal);
}

bool Beside::ended() const {
    return state_->done.is_set();
}

asio::awaitable<std::optional<core::Error>> Beside::result() {
    co_await state_->done.wait();
    co_return state_->error;
}

}  // namespace singel::conformance
