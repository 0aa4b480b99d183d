#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "firmware-bridge/virtual/device.hpp"

namespace singel::tests {

// A test double for carriers: a USB device whose answers are known in advance and which misbehaves on command.
namespace loopback {
inline constexpr std::uint16_t vendor_id = 0x1209, product_id = 0x0001;  // pid.codes: the identifier for tests
inline constexpr std::uint8_t echo_out = 0x01, echo_in = 0x81;           // what goes out comes back
inline constexpr std::uint8_t command_out = 0x02, frame_in = 0x82;
inline constexpr std::size_t frame_size = 4097;  // bytes; the first is the frame's number, the last end_of_frame
inline constexpr std::uint8_t end_of_frame = 0x69;
inline constexpr std::size_t short_frame_size = 1000;
inline constexpr std::uint8_t echo_request = 0x42;   // vendor IN: value and index, little-endian
inline constexpr std::uint8_t store_request = 0x43;  // vendor OUT: kept, given back by recall_request
inline constexpr std::uint8_t recall_request = 0x44;
// First byte of a transfer to command_out.
enum Command : std::uint8_t {
    make_frame = 1,         // after the delay
    set_delay = 2,          // of frames, ms, one byte
    shorten_next = 3,       // the next frame has short_frame_size bytes
    stall_frames = 4,       // halts frame_in
    unplug_self = 5,        // as if the cable came out
    overlong_packet = 6,    // one full packet to frame_in, whatever the reader asked for
    make_frame_at_once = 7  // without the delay
};
}  // namespace loopback

class LoopbackDevice : public firmware_bridge::virtual_instrument::UsbDevice {
public:
    using Clock = firmware_bridge::virtual_instrument::Clock;
    using Completion = firmware_bridge::virtual_instrument::Completion;
    using Descriptors = firmware_bridge::virtual_instrument::Descriptors;
    using Setup = firmware_bridge::virtual_instrument::Setup;
    using Speed = firmware_bridge::virtual_instrument::Speed;
    using Status = firmware_bridge::virtual_instrument::Status;
    using TransferId = firmware_bridge::virtual_instrument::TransferId;

    LoopbackDevice(std::string serial, Speed speed);

    const Descriptors& descriptors() const override { return descriptors_; }
    void submit_control(TransferId id, const Setup& setup, std::span<const std::uint8_t> out, Clock now) override;
    void submit_bulk_out(TransferId id, std::uint8_t endpoint, std::span<const std::uint8_t> data,
                         Clock now) override;
    void submit_bulk_in(TransferId id, std::uint8_t endpoint, std::size_t capacity, Clock now) override;
    bool cancel(TransferId id, Clock now) override;
    void clear_halt(std::uint8_t endpoint) override { halted_[endpoint] = false; }
    void reset(Clock now) override;
    void unplug(Clock now) override;
    void plug(Clock now) override;
    bool present() const override { return present_; }
    std::optional<Clock> next_event() const override;
    void advance(Clock now) override;

private:
    struct Reader {
        TransferId id = 0;
        std::size_t capacity = 0;
        std::vector<std::uint8_t> data;
    };
    std::size_t packet_size() const { return descriptors_.speed == Speed::high ? 512 : 64; }
    void finish(TransferId id, Status status, std::vector<std::uint8_t> in = {}, std::size_t out = 0);
    void obey(std::span<const std::uint8_t> command, Clock now);
    void push(std::uint8_t endpoint, std::span<const std::uint8_t> data);
    void feed(std::uint8_t endpoint);
    void take_packet(std::uint8_t endpoint);
    std::vector<std::uint8_t> next_frame();

    Descriptors descriptors_;
    bool present_ = true;
    std::map<std::uint8_t, bool> halted_;
    std::map<std::uint8_t, std::deque<Reader>> readers_;
    std::map<std::uint8_t, std::deque<std::vector<std::uint8_t>>> packets_;
    std::deque<Clock> due_;  // of frames
    std::chrono::milliseconds delay_{0};
    std::vector<std::uint8_t> stored_;
    std::uint8_t frames_ = 0;
    bool shorten_ = false;
};

}  // namespace singel::tests
