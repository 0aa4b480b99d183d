#include "instrument/wasatch/frame_reader.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <optional>

#include "instrument/decoded.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument::wasatch {

namespace asio = boost::asio;
namespace operation = fid::operation;
using core::Failure;
using core::Fault;
using namespace std::chrono_literals;

namespace {

constexpr auto second_half_deadline = 1000ms;  // the frame is complete when its first half has come
constexpr auto look_again = 500ms;
constexpr auto after_integration = 100ms;  // section 6: until a frame that nobody wants has come
constexpr auto no_deadline = std::chrono::hours(365 * 24);
constexpr std::size_t packet_size = 512;
constexpr std::size_t most_pixels = 8192;
constexpr int most_useless_frames = 10;  // an XS sensor needs 8 (section 6)
constexpr std::uint16_t mark = 0xFFFF;

}  // namespace

void require_pixels(std::size_t pixels, std::uint64_t line_length) {
    if (pixels < 2 || pixels > most_pixels)
        throw Failure(Fault::protocol, fmt::format("the instrument says that it has {} pixels", pixels), "open");
    if (pixels != line_length)
        throw Failure(Fault::protocol,
                      fmt::format("page 2, offset 16, active pixels: {}, but lines have {}", pixels, line_length),
                      "open");
}

std::vector<std::uint8_t> FrameReader::endpoints() const {
    if (fid::readout(unit_.board, form_.pixels).second_bytes == 0) return {fid::spectrum_endpoint};
    return {fid::spectrum_endpoint, fid::second_spectrum_endpoint};
}

asio::awaitable<void> FrameReader::drain() {
    const std::vector<std::uint8_t> all = endpoints();
    for (const std::uint8_t endpoint : all) co_await drain_endpoint(*unit_.link, endpoint);
}

// Section 6 (4): an XS may have to wake up first.
Transport::Duration FrameReader::deadline() const {
    if (book_.settings.trigger != core::Trigger::on_request) return no_deadline;
    const auto ms = [](auto time) { return std::chrono::ceil<std::chrono::milliseconds>(time); };
    return form_.sleeps ? ms(10 * book_.slowest) + 2000ms : ms(2 * book_.slowest) + 1000ms;
}

asio::awaitable<bool> FrameReader::surely_idle() {
    if (!form_.tells_status) co_return false;
    const std::uint64_t status = co_await get_number(unit_, operation::poll_status);
    co_return status == fid::poll::idle;
}

// Section 6 (5): one look more, then the request may never have come. What the first request still brings is thrown
// away before the next operation.
asio::awaitable<FrameReader::Bytes> FrameReader::ask_again(std::size_t capacity) {
    const bool idle = co_await surely_idle();
    if (!idle) {
        try {
            Bytes late = co_await unit_.link->bulk_in(fid::spectrum_endpoint, capacity, look_again);
            co_return late;
        } catch (const Failure& failure) {
            if (failure.error().fault != Fault::timed_out) throw;
        }
    }
    ++book_.counters.recoveries;
    book_.recoveries.push_back({"acquire again", unit_.link->now(), false});
    co_await drain();
    co_await set(unit_, operation::acquire);
    Bytes bytes = co_await unit_.link->bulk_in(fid::spectrum_endpoint, capacity, deadline());
    book_.recoveries.back().helped = true;
    book_.dirty = true;
    book_.settled_at = unit_.link->now() + book_.slowest + after_integration;
    co_return bytes;
}

asio::awaitable<FrameReader::Bytes> FrameReader::first_part(std::size_t capacity) {
    try {
        Bytes bytes = co_await unit_.link->bulk_in(fid::spectrum_endpoint, capacity, deadline());
        co_return bytes;
    } catch (const Failure& failure) {
        if (failure.error().fault != Fault::timed_out) throw;
    }
    Bytes bytes = co_await ask_again(capacity);
    co_return bytes;
}

// With an external trigger the edge asks for the frame.
asio::awaitable<FrameReader::Bytes> FrameReader::acquire() {
    const fid::Readout readout = fid::readout(unit_.board, form_.pixels);
    if (book_.settings.trigger == core::Trigger::on_request) co_await set(unit_, operation::acquire);
    Bytes bytes = co_await first_part(fid::capacity(readout.first_bytes, packet_size));
    if (readout.second_bytes == 0) co_return bytes;
    const Bytes rest = co_await unit_.link->bulk_in(
        fid::second_spectrum_endpoint, fid::capacity(readout.second_bytes, packet_size), second_half_deadline);
    bytes.insert(bytes.end(), rest.begin(), rest.end());
    co_return bytes;
}

// Section 6 (7). Full everywhere is light.
FrameReader::Look FrameReader::look(const std::vector<std::uint16_t>& counts) const {
    const bool flat = std::adjacent_find(counts.begin(), counts.end(), std::not_equal_to<>()) == counts.end();
    if (form_.sleeps && flat && counts.front() != form_.full_scale) return Look::flat;
    return form_.marked && counts.front() != mark ? Look::rotated : Look::good;
}

asio::awaitable<RawFrame> FrameReader::read_frame() {
    for (int frames = 0; frames < most_useless_frames; ++frames) {
        const Bytes bytes = co_await acquire();
        const auto counts = require(fid::decode_spectrum(bytes, form_.pixels), "read a spectrum");
        const Look seen = look(counts);
        if (seen == Look::good) co_return RawFrame{{counts.begin(), counts.end()}, {}, {}};
        ++book_.counters.stale_discarded;
        if (seen == Look::rotated) co_await drain();
    }
    throw Failure(Fault::protocol,
                  form_.marked ? "no frame begins with its mark" : "the sensor does not wake up: all frames are flat",
                  "read a spectrum");
}

}  // namespace singel::instrument::wasatch
