#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <chrono>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>

#include "acquisition/pipeline/library_cache.hpp"
#include "acquisition/pipeline/measure.hpp"
#include "acquisition/records/interlock.hpp"
#include "acquisition/runtime/runtime.hpp"
#include "acquisition/session.hpp"
#include "instrument/lasting.hpp"
#include "instrument/signal.hpp"

namespace singel::acquisition {

struct Check;  // session_work.cpp

// Everything but latest() runs on the runtime's loop. One command runs at a time; the others wait in line. What a
// coroutine still needs after its command was given up is held by the shared pointer that it gets.
struct Session::Impl : std::enable_shared_from_this<Session::Impl> {
    using Self = std::shared_ptr<Impl>;
    using Work = std::function<boost::asio::awaitable<void>(Self)>;
    struct Command {
        bool is_check = false;
        Work work;
    };

    Impl(Runtime& owner, Observer observe) : runtime(owner), observer(std::move(observe)) {}

    // session_line.cpp: commands in a line, and the way out of each
    void post(std::function<void(Impl&)> action);
    void enqueue(Command command);  // a second check while one waits or runs is the same press of the button
    void cancel_all();
    void switch_laser_off();
    static boost::asio::awaitable<void> shut_down(Self self);
    void start_next();
    static boost::asio::awaitable<void> supervise(Self self, Work work);
    static boost::asio::awaitable<void> after_failure(Self self, std::exception_ptr error);
    static boost::asio::awaitable<void> close_instrument(Self self);
    static boost::asio::awaitable<void> red_button(Self self);
    static boost::asio::awaitable<void> keep_laser_log(Self self);
    static boost::asio::awaitable<void> keep_error(Self self, spectra::core::Error error);
    bool keeps_its_place(const spectra::core::Error& error) const;

    // session_work.cpp: what the commands do
    static boost::asio::awaitable<void> connect(Self self, InstrumentChoice choice);
    static boost::asio::awaitable<void> disconnect(Self self);
    static boost::asio::awaitable<void> check(Self self, Plan plan);
    static boost::asio::awaitable<void> measure(Self self, Check& state);
    static boost::asio::awaitable<void> ensure_connected(Self self, InstrumentChoice wanted);

    // session_view.cpp: what observers see
    void publish(Snapshot next);
    void publish_stage(Stage stage, double progress);
    void publish_start();  // of a check: nothing of the sample before is left
    void publish_done(records::RecordPtr record);
    void report(const pipeline::Progress& progress);
    void hear(const instrument::Presence& presence);
    Light light() const;

    Runtime& runtime;
    Observer observer;
    std::mutex mutex;  // of current: latest() is called from any thread
    SnapshotPtr current = std::make_shared<const Snapshot>();

    std::shared_ptr<instrument::Spectrometer> spectrometer;
    InstrumentChoice choice;      // of the instrument that is open, or was last
    bool away = false;            // unplugged, and not back yet
    unsigned returns = 0;         // of the instrument that is open
    std::string store_path;       // of the latest check
    bool light_unproven = false;  // contact was lost while the laser may have been on
    std::chrono::steady_clock::time_point lease_end{};
    instrument::HoldPtr key = std::make_shared<instrument::Hold>();
    bool beam_open = false;  // of the check that runs
    struct LaserLog {        // of the check that runs, until it is in the store
        std::string store_path;
        bool simulated = false;
        std::vector<records::LaserEvent> events;
    } laser_log;
    pipeline::LibraryCache libraries;
    records::RecordPtr unsaved;  // a result that could not be recorded is still shown

    std::deque<Command> waiting;
    bool running = false;
    bool running_check = false;
    bool cancelling = false;
    bool closing = false;
    std::shared_ptr<std::atomic<bool>> given_up;  // seen by the pool's threads; one for each command
    boost::asio::cancellation_signal cancellation;
    std::shared_ptr<instrument::Signal> idle;  // set when a command ends while the session shuts down
};

}  // namespace singel::acquisition
