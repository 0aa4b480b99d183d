#include "tests/unit/instrument-frames/made_up_source.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>

#include "firmware-bridge/virtual/instruments.hpp"
#include "instrument/signal.hpp"
#include "instrument/virtual_link.hpp"

namespace singel::instrument::made_up {

namespace asio = boost::asio;

Source::Source(asio::io_context& io)
    : io_(io),
      link_(VirtualLink::make(io.get_executor(), firmware_bridge::virtual_instrument::make_instrument("USB2000+", {}),
                              LinkTime::simulated, "made up")) {
    description_.identity.model = "Made Up";
    description_.identity.serial = "MU-7";
    core::FrameSettings settings;
    settings.integration_time = integration;
    book.changed(settings, 0);
}

asio::awaitable<RawFrame> Source::read_frame() {
    const std::uint64_t number = asked++;
    most_in_flight = std::max(most_in_flight, book.in_flight);
    const auto ends = std::max(free_at_, now()) + integration;
    free_at_ = ends;
    co_await link_->wait(std::chrono::ceil<std::chrono::milliseconds>(ends - now()));
    const Event event = events.contains(number) ? events.at(number) : Event{};
    if (event.fails) throw core::Failure(*event.fails, "made up", "read a spectrum");
    RawFrame frame{{static_cast<std::uint32_t>(number)}, {}, {}};
    count_ = event.count.value_or(count_ + 1);
    if (counts) frame.device_count = count_;
    co_return frame;
}

asio::awaitable<void> Source::drain() {
    ++drained;
    co_return;
}

asio::awaitable<void> Source::put_in_force(Settings settings) {
    core::FrameSettings now = book.settings;
    now.integration_time = settings.integration_time;
    now.trigger = settings.trigger;
    book.changed(now, 0);
    co_return;
}

asio::awaitable<void> Source::climb(std::size_t rung) {
    climbed.push_back(rung);
    co_await link_->wait(rung_takes);
    if (const auto fault = rung_results.at(rung)) throw core::Failure(*fault, "still dead");
}

std::optional<core::Error> Source::run(Body body) {
    std::optional<core::Error> error;
    io_.restart();
    asio::co_spawn(io_, body(*this), [&error](std::exception_ptr problem) {
        try {
            if (problem) std::rethrow_exception(problem);
        } catch (const core::Failure& failure) {
            error = failure.error();
        }
    });
    io_.run();
    return error;
}

asio::awaitable<std::vector<core::Frame>> Source::stream(std::uint64_t frames) {
    std::vector<core::Frame> now_delivered;
    const FrameSink sink = [&](core::Frame frame) {
        const std::uint64_t number = frame.number;
        delivered.push_back(frame);
        now_delivered.push_back(std::move(frame));
        if (after) after(number);
    };
    co_await make_ready(*this, book, *link_);
    co_await stream_frames(*this, book, *link_, frames, sink);
    co_return now_delivered;
}

}  // namespace singel::instrument::made_up
