#include "tests/unit/instrument-obp/made_up_device.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace singel::instrument::ocean_obp {

using core::Failure;
using core::Fault;

obp::Frame MadeUpDevice::reply_to(const obp::Frame& request, Bytes data, std::uint16_t flags) {
    obp::Frame reply = request;
    reply.flags = flags;
    reply.data = std::move(data);
    return reply;
}

obp::Frame MadeUpDevice::ack(const obp::Frame& request) {
    return reply_to(request, {}, obp::flag::response | obp::flag::ack);
}

obp::Frame MadeUpDevice::nack(const obp::Frame& request, obp::Error error) {
    obp::Frame reply = reply_to(request, {}, obp::flag::response | obp::flag::nack);
    reply.error = static_cast<std::uint16_t>(error);
    return reply;
}

int MadeUpDevice::count(std::uint32_t type) const {
    return static_cast<int>(std::ranges::count(asked, type, &obp::Frame::type));
}

void MadeUpDevice::answer(const obp::Frame& request) {
    if (const auto own = on.find(request.type); own != on.end()) return own->second(request);
    if (request.has(obp::flag::ack_wanted)) return say(ack(request));
    const auto found = answers.find(request.type);
    say(found == answers.end() ? nack(request, obp::Error::unknown_message) : reply_to(request, found->second));
}

asio::awaitable<std::vector<std::uint8_t>> MadeUpDevice::control_in(ControlRequest, std::size_t, Duration) {
    throw Failure(Fault::unsupported, "OBP has bulk endpoints only");
    co_return std::vector<std::uint8_t>{};
}

asio::awaitable<void> MadeUpDevice::control_out(ControlRequest, std::vector<std::uint8_t>, Duration) {
    throw Failure(Fault::unsupported, "OBP has bulk endpoints only");
    co_return;
}

asio::awaitable<void> MadeUpDevice::bulk_out(std::uint8_t, std::vector<std::uint8_t> data, Duration) {
    co_await asio::post(io, asio::use_awaitable);
    if (gone) throw Failure(Fault::disconnected, "unplugged");
    if (stalls_out > 0) throw Failure(Fault::stalled, "the endpoint stalled");
    written.push_back(data.size());
    const auto request = obp::decode_request(data);
    EXPECT_TRUE(request.has_value());
    if (!request) co_return;
    EXPECT_EQ(request->problem, obp::Error::none);
    asked.push_back(request->frame);
    answer(request->frame);
}

asio::awaitable<std::vector<std::uint8_t>> MadeUpDevice::bulk_in(std::uint8_t, std::size_t capacity,
                                                                 Duration deadline) {
    capacities.push_back(capacity);
    co_await asio::post(io, asio::use_awaitable);
    if (gone) throw Failure(Fault::disconnected, "unplugged");
    if (stalls_in > 0) throw Failure(Fault::stalled, "the endpoint stalled");
    if (coming.empty()) {
        co_await wait(deadline);
        throw Failure(Fault::timed_out, "no answer in time, 0 bytes");
    }
    Bytes& next = coming.front();
    const auto length = static_cast<std::ptrdiff_t>(std::min(capacity, next.size()));
    Bytes bytes(next.begin(), next.begin() + length);
    next.erase(next.begin(), next.begin() + length);
    if (next.empty()) coming.pop_front();
    co_return bytes;
}

asio::awaitable<void> MadeUpDevice::clear_halt(std::uint8_t, Duration) {
    ++halts_cleared;
    stalls_out = std::max(0, stalls_out - 1);
    stalls_in = std::max(0, stalls_in - 1);
    co_return;
}

asio::awaitable<void> MadeUpDevice::reset(Duration) {
    ++resets;
    co_return;
}

asio::awaitable<void> MadeUpDevice::release(Duration) {
    co_return;
}

asio::awaitable<void> MadeUpDevice::wait(Duration duration) {
    co_await asio::post(io, asio::use_awaitable);
    time += duration;
}

std::optional<core::Error> Talk::run(asio::awaitable<void> work) {
    std::optional<core::Error> error;
    asio::co_spawn(io, std::move(work), [&error](std::exception_ptr problem) {
        try {
            if (problem) std::rethrow_exception(problem);
        } catch (const Failure& failure) {
            error = failure.error();
        } catch (const std::exception& other) {
            ADD_FAILURE() << "not a Failure: " << other.what();
        }
    });
    io.restart();
    io.run();
    return error;
}

std::optional<core::Error> Talk::set(Question question) {
    return run(pipe.set(std::move(question)));
}

namespace {

asio::awaitable<void> get_into(Pipe& pipe, Question question, Bytes& answer) {
    answer = co_await pipe.get(question);
}

}  // namespace

std::optional<core::Error> Talk::get(Question question, Bytes& answer) {
    return run(get_into(pipe, std::move(question), answer));
}

}  // namespace singel::instrument::ocean_obp
