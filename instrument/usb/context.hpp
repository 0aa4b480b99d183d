#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "instrument/signal.hpp"
#include "spectra/core/result.hpp"

struct libusb_context;

namespace singel::instrument::usb {

// libusb, one thread that handles its events, and one slow lane for its blocking calls (open, close, reset,
// set_configuration, claim). Both threads only ever post to the caller's executor. Alive from the first use until
// the last device is closed: a transfer that is cancelled while nobody handles events would never come back.
class Context {
public:
    static std::shared_ptr<Context> get();  // one for the process; throws input_output when libusb does not start
    ~Context();
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    libusb_context* raw() const { return raw_; }
    boost::asio::thread_pool& slow_lane() { return slow_lane_; }

    // From now on notify is called from the event thread whenever a device comes or goes; it may only post. False
    // where libusb cannot tell: look at the list from time to time. After forget() it is not called again.
    bool on_change(const std::shared_ptr<const std::function<void()>>& notify);
    void forget(const std::shared_ptr<const std::function<void()>>& notify);

private:
    Context();
    bool listen();
    void announce();
    libusb_context* raw_ = nullptr;
    std::once_flag once_;
    std::mutex listeners_mutex_;
    std::vector<std::shared_ptr<const std::function<void()>>> listeners_;
    bool listening_ = false;
    boost::asio::thread_pool slow_lane_{1};
    std::jthread events_;
};

// What f() returns, computed in the slow lane. The caller is free again at the deadline or when cancelled; f then
// runs to its end alone and its result is thrown away.
template <class F>
boost::asio::awaitable<decltype(std::declval<F&>()())> in_slow_lane(std::shared_ptr<Context> context, F f,
                                                                    std::chrono::milliseconds deadline,
                                                                    const char* operation) {
    using T = decltype(f());
    using spectra::core::Failure;
    using spectra::core::Fault;
    struct State {
        State(boost::asio::any_io_executor executor, F function)
            : done(std::move(executor)), f(std::move(function)) {}
        Signal done;
        F f;
        std::optional<T> result;
        std::exception_ptr problem;
    };
    const auto executor = co_await boost::asio::this_coro::executor;
    const auto state = std::make_shared<State>(executor, std::move(f));
    // The context goes back to the executor with the answer: its last owner must not be its own slow lane.
    auto& lane = context->slow_lane();
    boost::asio::post(lane, [state, executor, context = std::move(context)]() mutable {
        try {
            state->result.emplace(state->f());
        } catch (...) {
            state->problem = std::current_exception();
        }
        boost::asio::post(executor, [state = std::move(state), context = std::move(context)] { state->done.set(); });
    });
    const Woken woken = co_await state->done.wait(Signal::Clock::now() + deadline);
    if (woken == Woken::cancelled) throw Failure(Fault::cancelled, "cancelled", operation);
    if (woken == Woken::deadline) throw Failure(Fault::timed_out, "the operating system did not answer", operation);
    if (state->problem) std::rethrow_exception(state->problem);
    co_return std::move(*state->result);
}

}  // namespace singel::instrument::usb
