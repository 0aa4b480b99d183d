#include <boost/asio/this_coro.hpp>
#include <iostream>

#include "firmware-bridge/virtual/faults.hpp"
#include "instrument/families.hpp"
#include "instrument/signal.hpp"
#include "tests/conformance/bench.hpp"

// Cancels a session while its Nth exchange hangs, N = 1, 2, …, until it no longer has one. The caller is free soon,
// and the instrument works at once. A sample in the normal run, all of it in the campaign.
namespace singel::conformance {
namespace {

using namespace std::chrono_literals;
using core::Fault;
using instrument::Settings;
using virtual_instrument::FaultKind;

constexpr auto freed_within = 100ms;
// An instrument that may have a laser has it switched off first, whoever waits (notes on FID, 9.5).
constexpr auto freed_after_laser_off_within = 600ms;

std::vector<Case> walked() {
    std::vector<Case> all = different_cases();
    if (all.front().attached) all.clear();
    return all;
}

class CancellationWalk : public testing::TestWithParam<Case> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(CancellationWalk);
INSTANTIATE_TEST_SUITE_P(Models, CancellationWalk, testing::ValuesIn(walked()), name_of);

asio::awaitable<void> measure_at_length(Bench& b) {
    co_await b.open();
    co_await b.instrument->apply(Settings{b.possible(20ms)});
    co_await b.instrument->capture();
    const instrument::FrameSink sink = [](const core::Frame&) {};
    co_await b.instrument->stream(3, sink);
}

// Cancelled just when an operation had ended well, Asio speaks up at the next one.
asio::awaitable<void> measure(Bench& b) {
    try {
        co_await measure_at_length(b);
    } catch (...) {
        instrument::rethrow_as_failure();
    }
}

bool may_have_laser(const Bench& b) {
    const auto& descriptors = b.device->descriptors();
    return instrument::find_model(descriptors.vendor_id, descriptors.product_id).family->laser_off != nullptr;
}

asio::awaitable<void> cancel_at_the_exchange(Bench& b) {
    const auto executor = co_await asio::this_coro::executor;
    Beside session(executor, measure(b));
    while (!session.ended() && b.device->truth().exchanges < b.parameter) co_await b.pass(1ms);
    if (session.ended()) {
        co_await session.result();
        co_await b.close();
        // It ended by itself at its fault, or it has no such exchange.
        if (b.device->truth().exchanges < b.parameter) b.parameter = 0;
        co_return;
    }
    const auto cancelled = b.now();
    const auto exchanges = b.device->truth().exchanges;
    session.cancel();
    const auto error = co_await session.result();
    EXPECT_TRUE(error || b.device->truth().exchanges == exchanges) << "it went on as if nobody had cancelled";
    EXPECT_LE(b.now() - cancelled, may_have_laser(b) ? freed_after_laser_off_within : freed_within);
    if (b.instrument) {
        const core::Frame frame = co_await b.instrument->capture();
        EXPECT_EQ(frame.counts.size(), b.instrument->description().pixels);
    }
    co_await b.close();
    const auto again = co_await error_of(measure(b));
    EXPECT_FALSE(again.has_value()) << again->sentence();
    co_await b.close();
}

TEST_P(CancellationWalk, FreesTheCallerAtEveryExchangeAndTheNextSessionWorks) {
    constexpr std::uint64_t sample_step = 5;
    const std::uint64_t step = whole_campaign() ? 1 : sample_step;
    std::uint64_t exchange = 1;
    for (;; exchange += step) {
        Bench bench(GetParam(), 0.2, {{FaultKind::lose, exchange, {}}});
        SCOPED_TRACE("exchange " + std::to_string(exchange));
        bench.parameter = exchange;
        bench.run(cancel_at_the_exchange);
        if (bench.parameter == 0 || HasFailure()) break;
    }
    std::cout << GetParam().model << ": cancelled at " << exchange / step << " points\n";
    EXPECT_GT(exchange, 10u) << "a session is longer than that";
}

}  // namespace
}  // namespace singel::conformance
