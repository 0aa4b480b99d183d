#include "acquisition/cli/measure_once.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/this_coro.hpp>
#include <csignal>
#include <cstdio>
#include <exception>

#include "acquisition/pipeline/laser_terms.hpp"
#include "acquisition/pipeline/open_instrument.hpp"
#include "acquisition/records/store.hpp"
#include "acquisition/runtime/runtime.hpp"
#include "instrument/signal.hpp"

namespace singel::acquisition::cli {

namespace asio = boost::asio;

namespace {

using LaserLog = std::vector<records::LaserEvent>;

constexpr std::chrono::hours deadline{24};  // longer than any measurement that the limits allow

asio::awaitable<pipeline::Measured> take(instrument::Spectrometer& spectrometer, pipeline::MeasureOptions options,
                                         LightSource source, LaserLog& log) {
    pipeline::Report silent = [](const pipeline::Progress&) {};
    if (source != LightSource::sample || !spectrometer.laser()) {
        pipeline::Measured measured = co_await pipeline::measure_plain_light(spectrometer, options, silent);
        co_return measured;
    }
    const spectra::core::InstrumentIdentity identity = spectrometer.description().identity;
    const auto recorded = pipeline::recorded_interlock({}, identity);
    options.terms = co_await pipeline::laser_terms(spectrometer, recorded);
    if (recorded) options.interlock = recorded->id;
    options.terms.witness = [&log, identity](const instrument::LaserState& light) {
        log.push_back(pipeline::laser_event(identity, light));
    };
    pipeline::Measured measured = co_await pipeline::measure(spectrometer, options, silent);
    co_return measured;
}

void say_presence(const instrument::Presence& presence) {
    std::fprintf(stderr, "singel: %s\n", presence.sentence().c_str());
}

asio::awaitable<void> open_and_take(Runtime& runtime, InstrumentChoice choice, pipeline::MeasureOptions options,
                                    LightSource source, Taken& taken, LaserLog& log) {
    const instrument::SpectrometerPtr spectrometer =
        co_await pipeline::open_instrument(runtime, choice, say_presence);
    taken.description = spectrometer->description();
    std::exception_ptr thrown;
    try {
        taken.measured = co_await take(*spectrometer, options, source, log);
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

void keep(const LaserLog& log, bool simulated) {
    if (log.empty()) return;
    records::Store(records::store_folder(), simulated, records::Store::Use::write).add_laser_events(log);
}

}  // namespace

Taken measure_once(const InstrumentChoice& instrument, const pipeline::MeasureOptions& options, LightSource source) {
    Runtime runtime(Runtime::Loop::caller);
    asio::cancellation_signal cancel;
    asio::signal_set signals(runtime.context(), SIGINT, SIGTERM, SIGHUP);
    signals.async_wait([&cancel](const boost::system::error_code& error, int) {
        if (!error) cancel.emit(asio::cancellation_type::terminal);
    });
    Taken taken;
    LaserLog log;
    std::exception_ptr thrown;
    bool ended = false;
    asio::co_spawn(runtime.context(), open_and_take(runtime, instrument, options, source, taken, log),
                   asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr error) {
                       thrown = error;
                       ended = true;
                   }));
    runtime.turn_until([&ended] { return ended; }, deadline);
    if (thrown) {
        try {
            keep(log, taken.description.identity.simulated);
        } catch (const spectra::core::Failure&) {
            // Why the measurement failed is the news.
        }
        rethrow(thrown);
    }
    keep(log, taken.description.identity.simulated);
    return taken;
}

}  // namespace singel::acquisition::cli
