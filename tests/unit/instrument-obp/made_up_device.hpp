#pragma once

#include <boost/asio/io_context.hpp>
#include <deque>
#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <optional>

#include "firmware-bridge/wire/obp/arguments.hpp"
#include "firmware-bridge/wire/obp/messages.hpp"
#include "instrument/ocean_obp/pipe.hpp"
#include "spectra/core/result.hpp"

// A device of public fields behind a transport whose time passes when nothing comes. It answers by a table; a test
// puts its own answers and faults in between.
namespace singel::instrument::ocean_obp {

namespace asio = boost::asio;
namespace core = spectra::core;

class MadeUpDevice final : public Transport {
public:
    explicit MadeUpDevice(asio::io_context& context) : io(context) {}

    asio::io_context& io;
    std::size_t packet = 64;
    std::map<std::uint32_t, Bytes> answers;  // a get of these is answered, any other message is not known
    std::map<std::uint32_t, std::function<void(const obp::Frame&)>> on;  // instead of the table
    std::vector<obp::Frame> asked;
    std::vector<std::size_t> written, capacities;  // bytes of each transfer
    std::deque<Bytes> coming;                      // one IN transfer each
    int stalls_out = 0, stalls_in = 0, halts_cleared = 0, resets = 0;
    bool gone = false;
    std::chrono::nanoseconds time{1000000000};

    // What a device says to a request.
    static obp::Frame reply_to(const obp::Frame& request, Bytes data = {}, std::uint16_t flags = obp::flag::response);
    static obp::Frame ack(const obp::Frame& request);
    static obp::Frame nack(const obp::Frame& request, obp::Error error);
    void say(const obp::Frame& frame) { coming.push_back(obp::encode(frame)); }
    int count(std::uint32_t type) const;  // how often it was asked

    asio::awaitable<std::vector<std::uint8_t>> control_in(ControlRequest, std::size_t, Duration) override;
    asio::awaitable<void> control_out(ControlRequest, std::vector<std::uint8_t>, Duration) override;
    asio::awaitable<void> bulk_out(std::uint8_t endpoint, std::vector<std::uint8_t> data, Duration) override;
    asio::awaitable<std::vector<std::uint8_t>> bulk_in(std::uint8_t endpoint, std::size_t capacity,
                                                       Duration deadline) override;
    asio::awaitable<void> clear_halt(std::uint8_t, Duration) override;
    asio::awaitable<void> reset(Duration) override;
    asio::awaitable<void> release(Duration) override;
    asio::awaitable<void> wait(Duration duration) override;

    std::chrono::nanoseconds now() const override { return time; }
    std::string address() const override { return "made up"; }
    BusSpeed speed() const override { return BusSpeed::high; }
    std::size_t packet_size(std::uint8_t) const override { return packet; }
    core::Link link() const override { return core::Link::in_process; }
    bool simulated() const override { return true; }
    asio::any_io_executor executor() const override { return io.get_executor(); }

private:
    void answer(const obp::Frame& request);
};

// One device and its pipe; runs coroutines to their end and tells what they failed with.
struct Talk {
    asio::io_context io{1};
    std::shared_ptr<MadeUpDevice> device = std::make_shared<MadeUpDevice>(io);
    Pipe pipe{device, Line{}};

    std::optional<core::Error> run(asio::awaitable<void> work);
    std::optional<core::Error> set(Question question);
    std::optional<core::Error> get(Question question, Bytes& answer);
};

}  // namespace singel::instrument::ocean_obp
