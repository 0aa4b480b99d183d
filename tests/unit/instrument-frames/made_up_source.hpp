#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "instrument/frame_book.hpp"
#include "spectra/core/result.hpp"

// An instrument of which only the frames are left: one frame in each integration time, requests kept in order, in
// the time of a link that nothing is sent over.
namespace singel::instrument::made_up {

inline constexpr std::chrono::microseconds integration{10000};

// What happens to one request, counted from 0 over all of them.
struct Event {
    std::optional<core::Fault> fails;
    std::optional<std::uint64_t> count;  // the instrument's own number; counts on from the last without
};

class Source final : public FrameSource {
public:
    explicit Source(boost::asio::io_context& io);

    boost::asio::awaitable<RawFrame> read_frame() override;
    unsigned depth() const override { return kept_ahead; }
    boost::asio::awaitable<void> drain() override;
    boost::asio::awaitable<void> put_in_force(Settings settings) override;
    const Description& description() const override { return description_; }
    std::size_t rungs() const override { return rung_results.size(); }
    boost::asio::awaitable<void> climb(std::size_t rung) override;
    std::string_view rung_name(std::size_t rung) const override { return rung == 0 ? "drain" : "reset"; }

    Transport& link() { return *link_; }
    std::chrono::nanoseconds now() const { return link_->now(); }

    // Runs a coroutine over this source to its end, and gives the Failure that it ended with.
    using Body = boost::asio::awaitable<void> (*)(Source&);
    std::optional<core::Error> run(Body body);
    boost::asio::awaitable<std::vector<core::Frame>> stream(std::uint64_t frames);

    FrameBook book;
    unsigned kept_ahead = 3;
    bool counts = false;  // frames carry a number of the instrument's own
    std::map<std::uint64_t, Event> events;
    std::vector<std::optional<core::Fault>> rung_results;  // what climbing each ends with
    std::chrono::milliseconds rung_takes{1};

    std::uint64_t asked = 0;
    unsigned most_in_flight = 0;
    int drained = 0;
    std::vector<std::size_t> climbed;
    std::vector<core::Frame> delivered;        // of all streams
    std::function<void(std::uint64_t)> after;  // called with the number of each frame delivered

private:
    boost::asio::io_context& io_;
    TransportPtr link_;
    Description description_;
    std::chrono::nanoseconds free_at_{};
    std::uint64_t count_ = 0;
};

}  // namespace singel::instrument::made_up
