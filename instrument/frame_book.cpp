#include "instrument/frame_book.hpp"

#include <algorithm>
#include <deque>
#include <exception>
#include <optional>

#include "instrument/beside.hpp"
#include "instrument/recovery.hpp"
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
constexpr auto clear_halt_deadline = 1000ms;
constexpr int most_drain_reads = 32;
constexpr std::size_t drain_capacity = 8192;  // whole packets at every speed, and no frame is longer
constexpr int most_repeated = 8;              // frames in a row that are not newer: it sends no new ones any more
// Older than this, or than two integrations, a frame made ahead shows what lay on the stage before.
constexpr auto fresh_for = 1000ms;
constexpr auto transfer_time = 20ms;  // of a frame that is ready, at full speed and on a busy bus

// What a read of a possibly empty endpoint ends with; none when there were bytes.
asio::awaitable<std::optional<core::Error>> read_away(Transport& link, std::uint8_t endpoint,
                                                      Transport::Duration silence) {
    try {
        const auto dropped = co_await link.bulk_in(endpoint, drain_capacity, silence);
        if (dropped.empty()) co_return core::Error{Fault::timed_out, "empty", "", ""};
    } catch (const Failure& failure) {
        co_return failure.error();
    }
    co_return std::nullopt;
}

// Frames may still come; nobody will want them.
void unsettled(FrameBook& book, const Transport& link, std::uint64_t frames) {
    book.dirty = true;
    book.settled_at = link.now() + frames * book.slowest + read_out_margin;
}

// Books the loss of so many frames and gives the sentence that reports it, once.
core::Error lose(FrameBook& book, const Transport& link, core::Error error, std::uint64_t frames) {
    const std::uint64_t first = book.numbered + 1;
    book.counters.frames_lost += frames;
    book.numbered += frames;
    unsettled(book, link, frames);
    book.suspect = book.suspect || error.fault != Fault::cancelled;
    error.what =
        (frames == 1 ? "frame " + std::to_string(first) + " was lost: "
                     : std::to_string(frames) + " frames from " + std::to_string(first) + " on were lost: ") +
        error.what;
    return error;
}

}  // namespace

void FrameBook::changed(core::FrameSettings now_in_force, unsigned stale_frames) {
    now_in_force.generation = settings.generation + 1;
    slowest = std::max(settings.integration_time, now_in_force.integration_time);
    settings = now_in_force;
    stale_left = stale_frames;
    last_count.reset();
}

asio::awaitable<void> drain_endpoint(Transport& link, std::uint8_t endpoint, Transport::Duration silence) {
    for (int reads = 0; reads < most_drain_reads; ++reads) {
        const std::optional<core::Error> error = co_await read_away(link, endpoint, silence);
        if (!error) continue;
        if (error->fault == Fault::timed_out) co_return;
        if (error->fault != Fault::stalled) throw Failure(*error);
        co_await link.clear_halt(endpoint, clear_halt_deadline);
    }
}

Transport::Duration frame_deadline(std::chrono::microseconds slowest) {
    return std::chrono::ceil<std::chrono::milliseconds>(2 * slowest) + transfer_margin;
}

Transport::Duration frame_deadline(const FrameBook& book) {
    const unsigned integrations = 1 + std::max(book.in_flight, 1U);
    return std::chrono::ceil<std::chrono::milliseconds>(integrations * book.slowest) + transfer_margin;
}

asio::awaitable<void> make_ready(FrameSource& source, FrameBook& book, Transport& link) {
    if (book.dirty) {
        const auto left = book.settled_at - link.now();
        if (left > 0ns) co_await link.wait(std::chrono::ceil<std::chrono::milliseconds>(left));
        co_await source.drain();
        book.dirty = false;
    }
    if (!book.suspect) co_return;
    try {
        co_await recover(source, book, link);
    } catch (...) {
        unsettled(book, link, 1);
        throw;
    }
    book.suspect = false;
}

namespace {

asio::awaitable<void> put_in_force_when_ready(FrameSource& source, FrameBook& book, Transport& link,
                                              Settings settings) {
    co_await make_ready(source, book, link);
    co_await source.put_in_force(settings);
}

}  // namespace

asio::awaitable<core::FrameSettings> apply_settings(FrameSource& source, FrameBook& book, Transport& link,
                                                    Settings settings) {
    const Validated validated = validate(settings, source.description());
    if (validated.verdict == Verdict::invalid) throw Failure(Fault::invalid_argument, validated.why.front());
    try {
        co_await put_in_force_when_ready(source, book, link, validated.settings);
    } catch (...) {
        book.suspect = true;
        rethrow_as_failure();
    }
    co_return book.settings;
}

namespace {

// The frames in flight, in the order in which they were asked for.
class Pipeline {
public:
    Pipeline(FrameSource& source, FrameBook& book, Transport& link, std::uint64_t frames)
        : source_(source), book_(book), link_(link), wanted_(frames) {
        const auto fresh = std::max<std::chrono::nanoseconds>(fresh_for, 2 * book.slowest);
        const bool old = book.last_frame_at && link.now() - *book.last_frame_at > fresh;
        if (old) book.stale_left = std::max(book.stale_left, book.made_ahead);
    }
    ~Pipeline() { book_.in_flight = 0; }
    Pipeline(const Pipeline&) = delete;
    Pipeline& operator=(const Pipeline&) = delete;

    // So many frames into the sink.
    asio::awaitable<void> run(const FrameSink& sink);
    // The next frame that is not stale.
    asio::awaitable<core::Frame> next();
    // After run() or next() threw, with cancellation ignored: takes back what is in flight, books the loss and throws
    // what the caller is told of it.
    asio::awaitable<void> end_in(std::exception_ptr problem);

private:
    struct Asked {
        std::uint64_t generation;
        std::chrono::nanoseconds at;
        Started<RawFrame> frame;
    };
    std::size_t depth() const {
        const bool waits_for_trigger = book_.settings.trigger != core::Trigger::on_request;
        return book_.one_at_a_time || waits_for_trigger ? 1 : source_.depth();
    }
    bool is_stale(const Asked& asked, const RawFrame& raw);
    bool is_repeated(const RawFrame& raw);
    core::Frame finish(RawFrame raw);
    void fill();
    asio::awaitable<void> cancel_all();

    FrameSource& source_;
    FrameBook& book_;
    Transport& link_;
    std::uint64_t wanted_;  // by the caller, and not delivered yet
    std::uint32_t discarded_ = 0;
    int repeated_ = 0;
    bool at_receiver_ = false;
    std::deque<Asked> asked_;
};

void Pipeline::fill() {
    const auto of_now = [this](const Asked& one) { return one.generation == book_.settings.generation; };
    auto useful = static_cast<std::uint64_t>(std::count_if(asked_.begin(), asked_.end(), of_now));
    for (; asked_.size() < depth() && useful < wanted_ + book_.stale_left; ++useful) {
        ++book_.counters.frames_requested;
        ++book_.in_flight;
        asked_.push_back({book_.settings.generation, link_.now(), {link_.executor(), source_.read_frame()}});
    }
}

asio::awaitable<void> Pipeline::cancel_all() {
    for (Asked& one : asked_) one.frame.work().cancel();
    for (Asked& one : asked_) {
        try {
            co_await one.frame.work().end();
        } catch (const std::exception&) {
            // It was cancelled, or met what the first one met.
        }
    }
    asked_.clear();
}

asio::awaitable<void> Pipeline::end_in(std::exception_ptr problem) {
    const std::uint64_t frames = asked_.size();
    core::Error error{Fault::cancelled, "nobody took them", "capture", ""};
    if (!at_receiver_) error = error_of(problem);
    co_await cancel_all();
    co_await heed_cancellation();
    book_.one_at_a_time = book_.one_at_a_time || (frames > 1 && error.fault == Fault::timed_out);
    if (frames > 0) error = lose(book_, link_, std::move(error), frames);
    if (at_receiver_) std::rethrow_exception(problem);
    throw Failure(std::move(error));
}

bool Pipeline::is_repeated(const RawFrame& raw) {
    if (!raw.device_count) return false;
    const std::optional<std::uint64_t> last = book_.last_count;
    if (last && *raw.device_count <= *last) {
        if (++repeated_ <= most_repeated) return true;
        throw Failure(Fault::protocol,
                      "the instrument repeats frame " + std::to_string(*raw.device_count) + " of its own counting",
                      "capture");
    }
    repeated_ = 0;
    if (last && !raw.run_begins) book_.counters.missed_by_count += *raw.device_count - *last - 1;
    book_.last_count = raw.device_count;
    return false;
}

bool Pipeline::is_stale(const Asked& asked, const RawFrame& raw) {
    if (asked.generation != book_.settings.generation || is_repeated(raw)) return true;
    const bool starts_on_trigger = book_.settings.trigger == core::Trigger::external_edge ||
                                   book_.settings.trigger == core::Trigger::external_level;
    // Nothing was being gathered when it was asked for: what was prepared comes at once, what was triggered later.
    const auto soonest = std::max<std::chrono::nanoseconds>(book_.settings.integration_time, transfer_time);
    if (starts_on_trigger && link_.now() - asked.at >= soonest) book_.stale_left = 0;
    if (book_.stale_left == 0) return false;
    --book_.stale_left;
    return true;
}

core::Frame Pipeline::finish(RawFrame raw) {
    --wanted_;
    core::Frame frame;
    book_.slowest = book_.settings.integration_time;
    ++book_.counters.frames_delivered;
    frame.number = ++book_.numbered;
    frame.counts = std::move(raw.counts);
    frame.device_count = raw.device_count;
    frame.device_time = raw.device_time;
    frame.detector_temperature = book_.temperature;
    frame.stale_discarded = std::exchange(discarded_, 0);
    frame.full_scale = source_.description().full_scale;
    frame.settings = book_.settings;
    frame.instrument = source_.description().identity;
    return frame;
}

asio::awaitable<core::Frame> Pipeline::next() {
    for (;;) {
        fill();
        RawFrame raw = co_await asked_.front().frame.take();
        const bool stale = is_stale(asked_.front(), raw);
        asked_.pop_front();
        --book_.in_flight;
        book_.last_frame_at = link_.now();
        if (!stale) co_return finish(std::move(raw));
        ++discarded_;
        ++book_.counters.stale_discarded;
    }
}

asio::awaitable<void> Pipeline::run(const FrameSink& sink) {
    while (wanted_ > 0) {
        core::Frame frame = co_await next();
        fill();  // the instrument goes on while the caller looks
        at_receiver_ = true;
        sink(std::move(frame));
        at_receiver_ = false;
    }
}

}  // namespace

asio::awaitable<void> stream_frames(FrameSource& source, FrameBook& book, Transport& link, std::uint64_t frames,
                                    FrameSink sink) {
    Pipeline pipeline(source, book, link, frames);
    std::exception_ptr problem;
    try {
        co_await pipeline.run(sink);
    } catch (...) {
        problem = std::current_exception();
    }
    if (!problem) co_return;
    co_await ignore_cancellation();
    co_await pipeline.end_in(problem);
}

}  // namespace singel::instrument
