#include "instrument/frame_book.hpp"

#include <algorithm>
#include <exception>
#include <optional>

#include "instrument/signal.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument {

namespace asio = boost::asio;
using core::Failure;
using core::Fault;
using namespace std::chrono_literals;

namespace {

// After its integration time a cancelled frame still has to be read out and sent (Wasatch notes, section 6).
constexpr auto read_out_margin = 100ms;
constexpr auto transfer_margin = 1000ms;
constexpr auto drain_deadline = 20ms;  // nothing for this long: empty
constexpr auto clear_halt_deadline = 1000ms;
constexpr int most_drain_reads = 32;
constexpr std::size_t drain_capacity = 8192;  // whole packets at every speed, and no frame is longer

// What a read of a possibly empty endpoint ends with; none when there were bytes.
asio::awaitable<std::optional<core::Error>> read_away(Transport& link, std::uint8_t endpoint) {
    try {
        const auto dropped = co_await link.bulk_in(endpoint, drain_capacity, drain_deadline);
        if (dropped.empty()) co_return core::Error{Fault::timed_out, "empty", "", ""};
    } catch (const Failure& failure) {
        co_return failure.error();
    }
    co_return std::nullopt;
}

Failure lost_frame(const core::Error& error, std::uint64_t number) {
    core::Error lost = error;
    lost.what = "frame " + std::to_string(number) + " was lost: " + error.what;
    return Failure(std::move(lost));
}

// A frame may still come; nobody will want it.
void unsettled(FrameBook& book, const Transport& link) {
    book.dirty = true;
    book.settled_at = link.now() + book.slowest + read_out_margin;
}

// Books the loss and gives the sentence that reports it, once.
Failure lose(FrameBook& book, Transport& link, const std::exception_ptr& problem) {
    ++book.counters.frames_lost;
    const std::uint64_t number = ++book.numbered;
    core::Error error{Fault::cancelled, "cancelled", "capture", ""};
    try {
        try {
            std::rethrow_exception(problem);
        } catch (...) {
            rethrow_as_failure();
        }
    } catch (const Failure& failure) {
        error = failure.error();
    }
    unsettled(book, link);
    book.suspect = book.suspect || error.fault != Fault::cancelled;
    return lost_frame(error, number);
}

}  // namespace

void FrameBook::changed(core::FrameSettings now_in_force, unsigned stale_frames) {
    now_in_force.generation = settings.generation + 1;
    slowest = std::max(settings.integration_time, now_in_force.integration_time);
    settings = now_in_force;
    stale_left = stale_frames;
}

asio::awaitable<void> drain_endpoint(Transport& link, std::uint8_t endpoint) {
    for (int reads = 0; reads < most_drain_reads; ++reads) {
        const std::optional<core::Error> error = co_await read_away(link, endpoint);
        if (!error) continue;
        if (error->fault == Fault::timed_out) co_return;
        if (error->fault != Fault::stalled) throw Failure(*error);
        co_await link.clear_halt(endpoint, clear_halt_deadline);
    }
}

Transport::Duration frame_deadline(std::chrono::microseconds slowest) {
    return std::chrono::ceil<std::chrono::milliseconds>(2 * slowest) + transfer_margin;
}

namespace {

// Rung after rung until one brings the instrument back; throws when replugging is needed.
asio::awaitable<void> recover(FrameSource& source, FrameBook& book) {
    core::Error last;
    const auto integration_time = book.settings.integration_time;
    for (std::size_t rung = 0; rung < source.rungs(); ++rung) {
        ++book.counters.recoveries;
        try {
            co_await source.climb(rung);
            co_return;
        } catch (const Failure& failure) {
            last = failure.error();
        }
        book.settings.integration_time = integration_time;
        if (last.fault == Fault::disconnected || last.fault == Fault::cancelled) throw Failure(last);
    }
    throw Failure(Fault::timed_out, "the instrument does not recover: " + last.what,
                  source.description().identity.serial, "Unplug the instrument and plug it in again.");
}

}  // namespace

asio::awaitable<void> make_ready(FrameSource& source, FrameBook& book, Transport& link) {
    if (book.dirty) {
        const auto left = book.settled_at - link.now();
        if (left > 0ns) co_await link.wait(std::chrono::ceil<std::chrono::milliseconds>(left));
        co_await source.drain();
        book.dirty = false;
    }
    if (!book.suspect) co_return;
    try {
        co_await recover(source, book);
    } catch (...) {
        unsettled(book, link);
        throw;
    }
    book.suspect = false;
}

asio::awaitable<core::Frame> capture_frame(FrameSource& source, FrameBook& book, Transport& link,
                                           const Description& description) {
    core::Frame frame;
    RawFrame raw;
    for (;;) {
        const core::FrameSettings requested = book.settings;
        ++book.counters.frames_requested;
        std::exception_ptr problem;
        try {
            raw = co_await source.read_frame();
        } catch (...) {
            problem = std::current_exception();
        }
        if (problem) throw lose(book, link, problem);
        const bool changed_meanwhile = requested.generation != book.settings.generation;
        if (!changed_meanwhile && book.stale_left == 0) break;
        if (!changed_meanwhile) --book.stale_left;
        ++frame.stale_discarded;
        ++book.counters.stale_discarded;
    }
    book.slowest = book.settings.integration_time;
    ++book.counters.frames_delivered;
    frame.number = ++book.numbered;
    frame.counts = std::move(raw.counts);
    frame.device_count = raw.device_count;
    frame.device_time = raw.device_time;
    frame.full_scale = description.full_scale;
    frame.settings = book.settings;
    frame.instrument = description.identity;
    co_return frame;
}

}  // namespace singel::instrument
