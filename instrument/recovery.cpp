#include "instrument/recovery.hpp"

#include <algorithm>

#include "spectra/core/result.hpp"

namespace singel::instrument {

namespace asio = boost::asio;
using core::Failure;
using core::Fault;
using namespace std::chrono_literals;

namespace {

constexpr auto first_pause = 10ms;  // before the second rung; twice as long before each further one
constexpr auto time_beside_frames = 10s;
constexpr int frames_within_budget = 12;  // a frame is read on each rung, after up to two stale ones
constexpr auto longest_refusal = 30s;
constexpr auto first_refusal = 250ms;
constexpr std::size_t most_noted = 64;

void note(FrameBook& book, Recovery step) {
    if (book.recoveries.size() == most_noted) book.recoveries.erase(book.recoveries.begin());
    book.recoveries.push_back(std::move(step));
}

// What the rung ended with; none when it helped. It may leave other settings in force: they are put back.
asio::awaitable<std::optional<core::Error>> try_rung(FrameSource& source, FrameBook& book, std::size_t rung) {
    const core::FrameSettings wanted = book.settings;
    try {
        co_await source.climb(rung);
        co_return std::nullopt;
    } catch (const Failure& failure) {
        book.settings.integration_time = wanted.integration_time;
        book.settings.trigger = wanted.trigger;
        co_return failure.error();
    }
}

Failure beyond_recovery(const FrameSource& source, const std::string& why) {
    const core::InstrumentIdentity& identity = source.description().identity;
    return Failure(Fault::timed_out, "the instrument does not recover: " + why,
                   identity.model + " " + identity.serial, "Unplug the instrument and plug it in again.");
}

}  // namespace

asio::awaitable<void> recover(FrameSource& source, FrameBook& book, Transport& link) {
    const auto began = link.now();
    if (began < book.ladder.closed_until)
        throw beyond_recovery(source, "all steps were tried a moment ago, the next try is a little later");
    const auto budget = time_beside_frames + frames_within_budget * std::max(book.slowest, 1us);
    core::Error last;
    for (std::size_t rung = 0; rung < source.rungs() && link.now() - began <= budget; ++rung) {
        if (rung > 0) co_await link.wait(first_pause * (1 << std::min<std::size_t>(rung - 1, 6)));
        ++book.counters.recoveries;
        const std::optional<core::Error> error = co_await try_rung(source, book, rung);
        note(book, {std::string(source.rung_name(rung)), link.now(), !error});
        if (!error) {
            book.ladder = {};
            co_return;
        }
        last = *error;
        if (last.fault == Fault::disconnected || last.fault == Fault::cancelled) throw Failure(last);
    }
    const auto refusal = first_refusal * (1 << std::min(book.ladder.failed_in_a_row++, 8U));
    book.ladder.closed_until = link.now() + std::min<std::chrono::nanoseconds>(refusal, longest_refusal);
    throw beyond_recovery(source, last.what);
}

}  // namespace singel::instrument
