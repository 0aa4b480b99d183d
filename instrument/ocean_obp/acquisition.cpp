#include "instrument/ocean_obp/acquisition.hpp"

#include <algorithm>
#include <utility>

#include "firmware-bridge/wire/obp/spectra.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument::ocean_obp {

namespace asio = boost::asio;
namespace message = obp::message;
using core::Failure;
using core::Fault;
using namespace std::chrono_literals;

namespace {

constexpr int most_stale = 8;              // fetches in a row
constexpr std::uint32_t longest_run = 64;  // frames; a QE-PRO's buffer holds more
constexpr auto between_looks = 1ms;        // into the buffer: short against any integration that matters
constexpr auto between_patient_looks = 20ms;

template <class Spectrum>
RawFrame frame_of(Spectrum spectrum) {
    RawFrame frame;
    frame.counts = std::move(spectrum.counts);
    frame.device_count = spectrum.count;
    frame.device_time = spectrum.ticks;
    return frame;
}

obp::Counts plain(const Bytes& data, const obp::Model& model) {
    if (model.readout != obp::Readout::obp2) return require(obp::decode_plain(data, model.pixels), "read a spectrum");
    auto spectrum = require(obp::decode_obp2(data, model.pixels), "read a spectrum");
    if (spectrum.sums)
        throw Failure(Fault::unsupported,
                      "the instrument adds scans up, as another program once told it, and does not say how many",
                      "read a spectrum", "Switch averaging off in that program, or unplug the instrument once.");
    return std::move(spectrum.counts);
}

}  // namespace

// Frames that were fetched or are due belong to an earlier wish.
void Acquisition::expect(std::uint64_t frames) {
    expected_ = std::max<std::uint64_t>(frames, 1);
    fetched_.clear();
    due_ = 0;
}

asio::awaitable<RawFrame> Acquisition::on_request(Patience patience) {
    Question question(model_.spectrum_message, "read a spectrum");
    question.deadline = patience.deadline;
    question.repeat = false;
    const Bytes data = co_await pipe_.get(question);
    RawFrame frame;
    frame.counts = plain(data, model_);
    co_return frame;
}

asio::awaitable<RawFrame> Acquisition::next(Patience patience) {
    if (!buffers()) {
        RawFrame requested = co_await on_request(patience);
        co_return requested;
    }
    for (int stale = 0; fetched_.empty(); ++stale) {
        if (stale > most_stale)
            throw Failure(Fault::protocol,
                          "the instrument sends only spectra of other integration times than " +
                              std::to_string(patience.integration.count()) + " µs",
                          "read a spectrum");
        if (due_ == 0) co_await start_run(patience);
        co_await fetch(patience);
    }
    RawFrame frame = std::move(fetched_.front());
    fetched_.pop_front();
    frame.run_begins = std::exchange(run_begins_, false);
    if (expected_ > 1) --expected_;
    co_return frame;
}

// Without abort and clear the oldest frame in the buffer would be the answer.
asio::awaitable<void> Acquisition::start_run(Patience patience) {
    const auto frames = static_cast<std::uint32_t>(std::min<std::uint64_t>(expected_, longest_run));
    co_await stop();
    if (frames != run_length_)
        co_await put(pipe_, {"set the number of spectra", message::set_back_to_back, message::get_back_to_back,
                             obp::u32(frames)});
    run_length_ = frames;
    co_await pipe_.set({message::acquire_into_buffer, "acquire spectra"});
    due_ = frames;
    run_begins_ = true;
    next_at_ = pipe_.link().now() + patience.integration;
}

asio::awaitable<void> Acquisition::stop() {
    fetched_.clear();
    due_ = 0;
    if (model_.version == obp::version_2) co_return;  // no message for it is known
    co_await put_if_known(pipe_, known_, {"stop acquiring", message::abort_acquisition, 0, {}});
    if (buffers()) co_await put_if_known(pipe_, known_, {"clear the buffer", message::clear_buffer, 0, {}});
}

asio::awaitable<void> Acquisition::fetch(Patience patience) {
    Transport& link = pipe_.link();
    const bool forever = patience.deadline == no_deadline;
    const auto until = link.now() + (forever ? 0ms : patience.deadline);
    const auto first_look = std::chrono::floor<std::chrono::milliseconds>(next_at_ - link.now());
    if (!forever && first_look > 0ms) co_await link.wait(first_look);
    for (;;) {
        std::uint32_t came = 0;
        if (model_.readout == obp::Readout::fast_buffer)
            came = co_await fetch_many(patience);
        else
            came = co_await fetch_one(patience);
        due_ -= came;
        next_at_ += came * patience.integration;
        if (came > 0) co_return;
        if (!forever && link.now() > until) throw Failure(Fault::timed_out, "no spectrum in time", "read a spectrum");
        co_await link.wait(forever ? between_patient_looks : between_looks);
    }
}

// By its own word a frame of another integration time is from before the last change.
template <class Spectrum>
void Acquisition::keep(Spectrum spectrum, const Patience& patience) {
    if (spectrum.integration_time == patience.integration)
        fetched_.push_back(frame_of(std::move(spectrum)));
    else
        ++stale_;
}

asio::awaitable<std::uint32_t> Acquisition::fetch_one(Patience patience) {
    const Bytes answer = co_await pipe_.get({message::get_spectra_in_buffer, "count the spectra in the buffer"});
    const std::uint32_t waiting = require(obp::read_u32(answer), "count the spectra in the buffer");
    if (waiting == 0) co_return 0U;
    Question question(model_.spectrum_message, "read a spectrum");
    question.repeat = false;
    const Bytes data = co_await pipe_.get(question);
    auto spectrum = require(obp::decode_buffered(data, model_.pixels), "read a spectrum");
    keep(std::move(spectrum), patience);
    co_return 1U;
}

asio::awaitable<std::uint32_t> Acquisition::fetch_many(Patience patience) {
    const auto wanted = std::min<std::uint32_t>(due_, obp::fast_spectra_limit);
    Question question(message::get_buffered_spectra, "read spectra", obp::u32(wanted));
    question.repeat = false;
    const obp::Frame reply = co_await pipe_.ask(question);
    if (refused(reply) && reply.error == static_cast<std::uint16_t>(obp::Error::not_ready)) co_return 0U;
    if (refused(reply)) throw refusal(reply, question);
    auto spectra = require(obp::decode_fast(reply.data, model_.pixels), "read spectra");
    if (spectra.size() > wanted)
        throw Failure(
            Fault::protocol,
            "the instrument sent " + std::to_string(spectra.size()) + " spectra instead of " + std::to_string(wanted),
            "read spectra");
    for (obp::FastSpectrum& spectrum : spectra) keep(std::move(spectrum), patience);
    co_return static_cast<std::uint32_t>(spectra.size());
}

}  // namespace singel::instrument::ocean_obp
