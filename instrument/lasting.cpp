#include "instrument/lasting.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "instrument/lasting_home.hpp"
#include "instrument/signal.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument {

namespace asio = boost::asio;
using core::Failure;
using core::Fault;

namespace {

// What a call ended with, as an Error that can be looked at outside the catch block.
template <class Work>
asio::awaitable<std::optional<core::Error>> error_of(Work& work) {
    std::exception_ptr problem;
    try {
        co_await work();
    } catch (...) {
        problem = std::current_exception();
    }
    if (!problem) co_return std::nullopt;
    co_return instrument::error_of(problem);
}

// Does the work as often as the instrument goes away and comes back in the midst of it. Work is a plain function
// that starts a coroutine on what is there now.
template <class Work>
asio::awaitable<void> outlast(Home& home, Work work) {
    for (;;) {
        co_await home.be_present();
        const std::uint64_t lost_before = home.counters().frames_lost;
        const auto error = co_await error_of(work);
        if (!error) co_return;
        const bool wait = co_await home.went_away(*error, lost_before);
        if (!wait) throw Failure(*error);
    }
}

asio::awaitable<void> cool_to(std::shared_ptr<Spectrometer> there, core::Celsius setpoint) {
    co_await there->cooler()->cool_to(setpoint);
}
asio::awaitable<void> stop_cooling(std::shared_ptr<Spectrometer> there) {
    co_await there->cooler()->switch_off();
}
asio::awaitable<void> read_cooler(std::shared_ptr<Spectrometer> there, CoolerState& state) {
    state = co_await there->cooler()->read_state();
}
asio::awaitable<void> apply_to(std::shared_ptr<Spectrometer> there, Settings settings, core::FrameSettings& out) {
    out = co_await there->apply(settings);
}
asio::awaitable<void> stream_from(std::shared_ptr<Spectrometer> there, std::uint64_t frames, FrameSink sink) {
    co_await there->stream(frames, std::move(sink));
}

class LastingCooler final : public Cooler {
public:
    explicit LastingCooler(Home& home) : home_(home) {}

    asio::awaitable<CoolerState> read_state() override {
        CoolerState state;
        const auto work = [&] { return read_cooler(home_.there(), state); };
        co_await outlast(home_, work);
        co_return state;
    }
    asio::awaitable<void> cool_to(core::Celsius setpoint) override {
        const auto work = [&] { return instrument::cool_to(home_.there(), setpoint); };
        co_await outlast(home_, work);
        home_.cooled_to = setpoint;
    }
    asio::awaitable<void> switch_off() override {
        home_.cooled_to.reset();
        const auto work = [&] { return stop_cooling(home_.there()); };
        co_await outlast(home_, work);
    }

private:
    Home& home_;
};

// Never waits for an instrument: a laser is only ever switched on where it is, and off at once.
class LastingLaser final : public Laser {
public:
    explicit LastingLaser(Home& home) : home_(home) {}

    asio::awaitable<LaserState> read_state() override {
        const auto there = home_.there();
        try {
            const LaserState state = co_await there->laser()->read_state();
            co_return state;
        } catch (const Failure& failure) {
            note(failure);
            throw;
        }
    }
    asio::awaitable<void> switch_on(const LaserLease& lease) override {
        if (home_.away())
            throw Failure(Fault::disconnected, "the instrument is unplugged; its laser stays off", "laser",
                          "Plug it in again, then measure again.");
        home_.lease_runs = true;
        const auto there = home_.there();
        try {
            co_await there->laser()->switch_on(lease);
        } catch (const Failure& failure) {
            note(failure);
            throw;
        }
    }
    asio::awaitable<void> switch_off() override {
        const auto there = home_.there();
        std::exception_ptr problem;
        try {
            co_await there->laser()->switch_off();
        } catch (...) {
            problem = std::current_exception();
        }
        home_.lease_runs = false;
        if (problem) std::rethrow_exception(problem);
    }
    std::chrono::milliseconds warm_up() const override { return home_.there()->laser()->warm_up(); }
    LaserState last_known() const override { return home_.there()->laser()->last_known(); }
    asio::awaitable<void> wait(std::chrono::milliseconds duration) override {
        const auto there = home_.there();
        co_await there->laser()->wait(duration);
    }
    std::chrono::nanoseconds slept() const override { return home_.there()->laser()->slept(); }

private:
    void note(const Failure& failure) {
        if (failure.error().fault == Fault::disconnected) home_.gone();
    }
    Home& home_;
};

class LastingSpectrometer final : public Spectrometer {
public:
    LastingSpectrometer(BusPtr bus, Plugged place, SpectrometerPtr opened, LastingOptions options)
        : home_(std::move(bus), std::move(place), std::move(opened), std::move(options)) {}

    const Description& description() const override { return home_.description(); }
    Counters counters() const override { return home_.counters(); }
    std::span<const Recovery> recoveries() const override { return home_.there()->recoveries(); }
    asio::awaitable<void> close() override { return home_.close(); }
    Laser* laser() override { return home_.there()->laser() == nullptr ? nullptr : &laser_; }
    Cooler* cooler() override { return home_.there()->cooler() == nullptr ? nullptr : &cooler_; }

    asio::awaitable<core::FrameSettings> apply(Settings settings) override {
        core::FrameSettings in_force;
        const auto work = [&] { return apply_to(home_.there(), settings, in_force); };
        co_await outlast(home_, work);
        home_.settings = settings;
        co_return home_.in_order(in_force);
    }
    asio::awaitable<void> stream(std::uint64_t frames, FrameSink sink) override {
        std::uint64_t delivered = 0;
        const FrameSink in_order = [&](core::Frame frame) {
            ++delivered;
            sink(home_.in_order(std::move(frame)));
        };
        const auto work = [&] { return stream_from(home_.there(), frames - delivered, in_order); };
        co_await outlast(home_, work);
    }

private:
    Home home_;
    LastingLaser laser_{home_};
    LastingCooler cooler_{home_};
};

}  // namespace

asio::awaitable<SpectrometerPtr> open_lasting(BusPtr bus, std::string id, LastingOptions options) {
    const auto there = co_await bus->list();
    if (id.empty() && there.size() == 1) id = there.front().id;
    SpectrometerPtr opened = co_await bus->open(id);
    const auto place = std::ranges::find(there, id, &Plugged::id);
    if (place == there.end()) co_return opened;  // nothing that a bus can lose
    co_return std::make_unique<LastingSpectrometer>(std::move(bus), *place, std::move(opened), std::move(options));
}

}  // namespace singel::instrument
