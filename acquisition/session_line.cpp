#include <algorithm>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>

#include "acquisition/device_errors.hpp"
#include "acquisition/records/store.hpp"
#include "acquisition/session_impl.hpp"
#include "spectra/core/result.hpp"

namespace singel::acquisition {

namespace asio = boost::asio;
namespace core = spectra::core;

namespace {

constexpr std::chrono::seconds shut_down_deadline{10};

// The one place where what a coroutine threw becomes an error that is shown.
core::Error as_error(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const core::Failure& failure) {
        return failure.error();
    } catch (const boost::system::system_error& error) {
        if (error.code() == asio::error::operation_aborted) return {core::Fault::cancelled, "cancelled", {}, {}};
        return {core::Fault::input_output, error.what(), {}, {}};
    } catch (const std::exception& exception) {
        return {core::Fault::input_output, std::string("unexpected: ") + exception.what(), {}, "Report this."};
    }
}

// Cleanup that could fail a second time says nothing new.
asio::awaitable<void> close_quietly(std::shared_ptr<instrument::Spectrometer> spectrometer) {
    try {
        co_await spectrometer->close();
    } catch (const std::exception&) {
        // The laser's last known state tells what matters.
    }
}

}  // namespace

void Session::Impl::post(std::function<void(Impl&)> action) {
    asio::post(runtime.context(), [self = shared_from_this(), action = std::move(action)] { action(*self); });
}

void Session::Impl::enqueue(Command command) {
    if (closing) return;
    const bool check_waits = std::ranges::any_of(waiting, [](const Command& other) { return other.is_check; });
    if (command.is_check && (check_waits || (running_check && !cancelling))) return;
    waiting.push_back(std::move(command));
    start_next();
}

void Session::Impl::start_next() {
    if (running || waiting.empty()) return;
    Command command = std::move(waiting.front());
    waiting.pop_front();
    running = true;
    running_check = command.is_check;
    given_up = std::make_shared<std::atomic<bool>>(false);
    asio::co_spawn(runtime.context(), supervise(shared_from_this(), std::move(command.work)),
                   asio::bind_cancellation_slot(cancellation.slot(), [self = shared_from_this()](std::exception_ptr) {
                       self->running = self->running_check = self->cancelling = false;
                       if (self->idle) self->idle->set();
                       self->start_next();
                   }));
}

asio::awaitable<void> Session::Impl::supervise(Self self, Work work) {
    std::exception_ptr thrown;
    try {
        co_await work(self);
    } catch (...) {
        thrown = std::current_exception();
    }
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    if (!thrown) co_return;
    co_await keep_laser_log(self);
    if (self->running_check) co_await keep_error(self, as_error(thrown));
    co_await after_failure(self, thrown);
}

// After a check that failed; one that went well has it in its own transaction's store already.
asio::awaitable<void> Session::Impl::keep_laser_log(Self self) {
    const auto log = std::make_shared<LaserLog>(std::exchange(self->laser_log, {}));
    if (log->events.empty()) co_return;
    std::function<void()> writing = [log] {
        records::Store store(records::store_folder(log->store_path), log->simulated, records::Store::Use::write);
        store.add_laser_events(log->events);
    };
    try {
        co_await self->runtime.compute(std::move(writing));
    } catch (const core::Failure&) {
        // Why the check failed is the news; a store that cannot be written says so at the next check.
    }
}

// For `singel doctor`.
asio::awaitable<void> Session::Impl::keep_error(Self self, core::Error error) {
    if (error.fault == core::Fault::cancelled || core::person_can_act(error.fault)) co_return;
    const auto identity =
        self->spectrometer ? self->spectrometer->description().identity : core::InstrumentIdentity{};
    const std::filesystem::path folder = records::store_folder(self->store_path);
    std::function<void()> noting = [folder, identity, error] { note_device_error(folder, identity, error); };
    co_await self->runtime.compute(std::move(noting));
}

// Chosen by its address, which it has lost: only what is open still knows which one it is, and waits for it.
bool Session::Impl::keeps_its_place(const core::Error& error) const {
    return away && error.fault != core::Fault::protocol && !choice.device_id.empty();
}

asio::awaitable<void> Session::Impl::after_failure(Self self, std::exception_ptr thrown) {
    const core::Error error = as_error(thrown);
    const bool cancelled = error.fault == core::Fault::cancelled;
    // A device that failed is closed and opened anew by the next command; its state is not to be trusted.
    if (!cancelled && !core::person_can_act(error.fault) && !self->keeps_its_place(error))
        co_await close_instrument(self);
    Snapshot next = *self->current;
    next.stage = cancelled ? Stage::cancelled : Stage::failed;
    next.settling = false;
    next.remaining = {};
    next.record.reset();
    next.error.reset();
    if (!cancelled) {
        next.record = self->unsaved;
        next.error = error;
    }
    self->publish(std::move(next));
}

asio::awaitable<void> Session::Impl::close_instrument(Self self) {
    const auto closed = std::move(self->spectrometer);
    self->spectrometer.reset();
    if (!closed) co_return;
    co_await close_quietly(closed);
    const instrument::Laser* laser = closed->laser();
    if (laser && laser->last_known().may_be_on()) self->light_unproven = true;
}

void Session::Impl::cancel_all() {
    waiting.clear();
    if (!running || cancelling) return;
    cancelling = true;
    *given_up = true;
    Snapshot next = *current;
    next.stage = Stage::cancelled;
    next.settling = true;
    next.remaining = {};
    publish(std::move(next));
    cancellation.emit(asio::cancellation_type::terminal);
}

void Session::Impl::switch_laser_off() {
    asio::co_spawn(runtime.context(), red_button(shared_from_this()), asio::detached);
}

asio::awaitable<void> Session::Impl::red_button(Self self) {
    const auto held = self->spectrometer;
    if (!held || !held->laser()) co_return;
    try {
        co_await held->laser()->switch_off();
    } catch (const std::exception&) {
        // last_known() now says that it may be on, and so does the snapshot.
    }
    self->publish(*self->current);
}

asio::awaitable<void> Session::Impl::shut_down(Self self) {
    self->closing = true;
    self->cancel_all();
    if (self->running) {
        const asio::any_io_executor executor = co_await asio::this_coro::executor;
        self->idle = std::make_shared<instrument::Signal>(executor);
        co_await self->idle->wait(std::chrono::steady_clock::now() + shut_down_deadline);
    }
    if (!self->running) co_await close_instrument(self);
    self->observer = nullptr;
}

}  // namespace singel::acquisition
