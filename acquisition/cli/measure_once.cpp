#include "acquisition/cli/measure_once.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/this_coro.hpp>
#include <csignal>
#include <exception>

#include "acquisition/pipeline/open_instrument.hpp"
#include "acquisition/runtime/runtime.hpp"
#include "instrument/signal.hpp"

namespace singel::acquisition::cli {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::hours deadline{24};  // longer than any measurement that the limits allow

asio::awaitable<pipeline::Measured> take(instrument::Spectrometer& spectrometer, pipeline::MeasureOptions options,
                                         LightSource source) {
    pipeline::Report silent = [](const pipeline::Progress&) {};
    if (source == LightSource::sample && spectrometer.laser())
        return pipeline::measure(spectrometer, options, silent);
    return pipeline::measure_plain_light(spectrometer, options, silent);
}

asio::awaitable<void> open_and_take(Runtime& runtime, InstrumentChoice choice, pipeline::MeasureOptions options,
                                    LightSource source, Taken& taken) {
    const instrument::SpectrometerPtr spectrometer = co_await pipeline::open_instrument(runtime, choice);
    taken.description = spectrometer->description();
    std::exception_ptr thrown;
    try {
        taken.measured = co_await take(*spectrometer, options, source);
    } catch (...) {
        thrown = std::current_exception();
    }
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    co_await spectrometer->close();
    if (thrown) std::rethrow_exception(thrown);
}

// Asio's own word for a cancelled wait becomes ours.
void rethrow(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (...) {
        instrument::rethrow_as_failure();
    }
}

}  // namespace

Taken measure_once(const InstrumentChoice& instrument, const pipeline::MeasureOptions& options, LightSource source) {
    Runtime runtime(Runtime::Loop::caller);
    asio::cancellation_signal cancel;
    asio::signal_set signals(runtime.context(), SIGINT, SIGTERM);
    signals.async_wait([&cancel](const boost::system::error_code& error, int) {
        if (!error) cancel.emit(asio::cancellation_type::terminal);
    });
    Taken taken;
    std::exception_ptr thrown;
    bool ended = false;
    asio::co_spawn(runtime.context(), open_and_take(runtime, instrument, options, source, taken),
                   asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr error) {
                       thrown = error;
                       ended = true;
                   }));
    runtime.turn_until([&ended] { return ended; }, deadline);
    if (thrown) rethrow(thrown);
    return taken;
}

}  // namespace singel::acquisition::cli
