#include "acquisition/runtime/runtime.hpp"

#include <atomic>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <future>
#include <gtest/gtest.h>
#include <stdexcept>

#include "spectra/core/result.hpp"

namespace singel::acquisition {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;

TEST(ComputePool, CallsEachIndexOnceForAnyNumberOfWorkers) {
    for (const unsigned workers : {1U, 2U, 7U}) {
        ComputePool pool(workers);
        for (const std::size_t n : {0U, 1U, 2U, 1000U}) {
            std::vector<std::atomic<int>> calls(n);
            pool.parallel()(n, [&](std::size_t i) { ++calls[i]; });
            for (const auto& count : calls) EXPECT_EQ(count, 1);
        }
    }
}

TEST(ComputePool, DoesNotDeadlockWhenAWorkerAsksForParallelWorkItself) {
    ComputePool pool(2);
    std::atomic<int> sum = 0;
    const auto parallel = pool.parallel();
    parallel(8, [&](std::size_t) { parallel(8, [&](std::size_t) { ++sum; }); });
    EXPECT_EQ(sum, 64);
}

TEST(ComputePool, HandsTheFirstExceptionToTheCallerAfterAllAreDone) {
    ComputePool pool(3);
    std::atomic<int> calls = 0;
    EXPECT_THROW(pool.parallel()(100,
                                 [&](std::size_t i) {
                                     ++calls;
                                     if (i == 13) throw std::runtime_error("13");
                                 }),
                 std::runtime_error);
    EXPECT_EQ(calls, 100);
}

asio::awaitable<void> compute_sum(Runtime& runtime, int& sum) {
    std::function<void()> work = [&sum] { sum = 42; };
    co_await runtime.compute(std::move(work));
    sum += 1;
}

asio::awaitable<void> compute_failure(Runtime& runtime) {
    std::function<void()> work = [] { throw spectra::core::Failure(spectra::core::Fault::disk_full, "full"); };
    co_await runtime.compute(std::move(work));
}

class EveryLoop : public ::testing::TestWithParam<Runtime::Loop> {};

TEST_P(EveryLoop, ComputesOnThePoolAndComesBack) {
    Runtime runtime(GetParam(), 2);
    int sum = 0;
    runtime.run(compute_sum(runtime, sum));
    EXPECT_EQ(sum, 43);
    EXPECT_THROW(runtime.run(compute_failure(runtime)), spectra::core::Failure);
}

TEST_P(EveryLoop, StopsInOrderWithWorkStillWaiting) {
    Runtime runtime(GetParam(), 1);
    asio::post(runtime.context(), [] {});
    runtime.pool().post([] {});
}

INSTANTIATE_TEST_SUITE_P(Loops, EveryLoop, ::testing::Values(Runtime::Loop::own_thread, Runtime::Loop::caller));

// Holds what it works on, as compute() demands.
struct Slow {
    std::promise<void> may_end;
    std::shared_future<void> gate{may_end.get_future()};
};

asio::awaitable<void> compute_slowly(Runtime& runtime, std::shared_ptr<Slow> slow) {
    std::function<void()> work = [slow] { slow->gate.wait(); };
    co_await runtime.compute(std::move(work));
}

TEST(Runtime, FreesACancelledCallerWhileTheWorkRunsOn) {
    Runtime runtime(Runtime::Loop::caller, 1);
    const auto slow = std::make_shared<Slow>();
    asio::cancellation_signal cancel;
    bool ended = false;
    asio::co_spawn(runtime.context(), compute_slowly(runtime, slow),
                   asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr error) {
                       ended = true;
                       EXPECT_TRUE(error);
                   }));
    asio::post(runtime.context(), [&] { cancel.emit(asio::cancellation_type::terminal); });
    EXPECT_TRUE(runtime.turn_until([&] { return ended; }, 10s)) << "the work still waits at its gate";
    slow->may_end.set_value();
}

TEST(Runtime, GivesUpTurningAtTheDeadline) {
    Runtime runtime(Runtime::Loop::caller, 1);
    EXPECT_FALSE(runtime.turn_until([] { return false; }, 1ms));
}

}  // namespace
}  // namespace singel::acquisition
