#include "acquisition/runtime/runtime.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <cassert>
#include <exception>
#include <future>
#include <thread>

#include "instrument/signal.hpp"
#include "spectra/core/result.hpp"

namespace singel::acquisition {

namespace asio = boost::asio;
namespace core = spectra::core;

struct Runtime::Thread {
    explicit Thread(asio::io_context& context)
        : guard(asio::make_work_guard(context)), thread([&context] { context.run(); }) {}
    asio::executor_work_guard<asio::io_context::executor_type> guard;
    std::thread thread;
};

Runtime::Runtime(Loop loop, unsigned workers) : pool_(workers) {
    if (loop == Loop::own_thread) thread_ = std::make_unique<Thread>(context_);
}

Runtime::~Runtime() {
    context_.stop();
    if (thread_) thread_->thread.join();
}

void Runtime::run(asio::awaitable<void> work) {
    std::promise<void> ended;
    auto end = ended.get_future();
    asio::co_spawn(context_, std::move(work), [&ended](std::exception_ptr error) {
        if (error) {
            ended.set_exception(error);
        } else {
            ended.set_value();
        }
    });
    if (!thread_) {
        context_.restart();
        while (end.wait_for(std::chrono::seconds(0)) != std::future_status::ready && context_.run_one() > 0) {
        }
    }
    assert(!thread_ || thread_->thread.get_id() != std::this_thread::get_id());
    end.get();
}

bool Runtime::turn_until(const std::function<bool()>& condition, std::chrono::milliseconds deadline) {
    assert(!thread_);
    const auto guard = asio::make_work_guard(context_);
    const auto end = std::chrono::steady_clock::now() + deadline;
    context_.restart();
    while (!condition()) {
        if (std::chrono::steady_clock::now() >= end) return false;
        context_.run_one_until(end);
    }
    return true;
}

namespace {

// Shared by the coroutine and the pool's thread: whoever comes last frees it.
struct Computation {
    Computation(asio::any_io_executor executor, std::function<void()> body)
        : finished(std::move(executor)), work(std::move(body)) {}
    instrument::Signal finished;
    std::function<void()> work;
    std::exception_ptr error;
};

}  // namespace

asio::awaitable<void> Runtime::compute(std::function<void()> work) {
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    const auto computation = std::make_shared<Computation>(executor, std::move(work));
    pool_.post([computation, executor] {
        try {
            computation->work();
        } catch (...) {
            computation->error = std::current_exception();
        }
        asio::post(executor, [computation] { computation->finished.set(); });
    });
    const instrument::Woken woken = co_await computation->finished.wait();
    if (woken == instrument::Woken::cancelled) throw core::Failure(core::Fault::cancelled, "the check was cancelled");
    if (computation->error) std::rethrow_exception(computation->error);
}

}  // namespace singel::acquisition
