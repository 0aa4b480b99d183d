#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <vector>

#include "instrument/frame_book.hpp"
#include "instrument/wasatch/exchange.hpp"

namespace singel::instrument::wasatch {

// What is known of a unit's frames.
struct FrameForm {
    std::size_t pixels = 0;
    std::uint32_t full_scale = 65535;
    bool sleeps = false;        // an XS sensor wakes up with flat frames
    bool marked = false;        // the first pixel is 0xFFFF
    bool tells_status = false;  // D4
};

// One spectrum: asked for, read, looked at. FID notes, section 6.
class FrameReader {
public:
    // book is the driver's and lives longer.
    FrameReader(Unit unit, FrameBook& book) : unit_(std::move(unit)), book_(book) {}

    void learn(FrameForm form) { form_ = form; }

    // A frame that cannot be one (rotated, or flat while the sensor wakes up) is thrown away and counted as stale.
    boost::asio::awaitable<RawFrame> read_frame();
    boost::asio::awaitable<void> drain();
    std::vector<std::uint8_t> endpoints() const;

private:
    using Bytes = std::vector<std::uint8_t>;
    enum class Look { good, flat, rotated };

    boost::asio::awaitable<Bytes> acquire();
    boost::asio::awaitable<Bytes> first_part(std::size_t capacity);
    boost::asio::awaitable<Bytes> ask_again(std::size_t capacity);
    boost::asio::awaitable<bool> surely_idle();
    Look look(const std::vector<std::uint16_t>& counts) const;
    Transport::Duration deadline() const;

    Unit unit_;
    FrameBook& book_;
    FrameForm form_;
};

// Refuses a number of pixels that no frame can have, or that the unit itself contradicts.
void require_pixels(std::size_t pixels, std::uint64_t line_length);

}  // namespace singel::instrument::wasatch
