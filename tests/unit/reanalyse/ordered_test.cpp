#include "acquisition/runtime/ordered.hpp"

#include <gtest/gtest.h>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace singel::acquisition {
namespace {

constexpr std::size_t window = 6;

class Ordered : public testing::TestWithParam<unsigned> {
protected:
    auto numbers_to(int end) {
        return [this, end]() -> std::optional<int> {
            most_in_flight_ = std::max(most_in_flight_, ++in_flight_);
            if (read_ == end) {
                --in_flight_;
                return std::nullopt;
            }
            return read_++;
        };
    }
    auto keep() {
        return [this](int answer) {
            --in_flight_;
            taken_.push_back(answer);
        };
    }

    ComputePool pool_{GetParam()};
    std::atomic<bool> stop_ = false;
    int read_ = 0;
    std::size_t in_flight_ = 0, most_in_flight_ = 0;
    std::vector<int> taken_;
};

// Uneven work, so that later items are done before earlier ones.
int slow_square(int i) {
    volatile double sum = 0.0;
    for (int k = 0; k < (i % 5) * 20'000; ++k) sum = sum + k;
    return i * i;
}

TEST_P(Ordered, HandsAnswersOverInTheOrderOfTheItems) {
    EXPECT_TRUE(in_order(pool_, window, stop_, numbers_to(300), slow_square, keep()));
    ASSERT_EQ(taken_.size(), 300U);
    for (int i = 0; i < 300; ++i) EXPECT_EQ(taken_[static_cast<std::size_t>(i)], i * i);
}

TEST_P(Ordered, NeverHoldsMoreThanItsWindow) {
    in_order(pool_, window, stop_, numbers_to(1000), slow_square, keep());
    EXPECT_EQ(most_in_flight_, window) << "neither more than the window, nor less than it for want of reading ahead";
}

TEST_P(Ordered, BeginsNothingMoreOnceStoppedAndLeavesNoGap) {
    const auto take = [&](int answer) {
        keep()(answer);
        if (taken_.size() == 10) stop_ = true;
    };
    EXPECT_FALSE(in_order(pool_, window, stop_, numbers_to(100'000), slow_square, take));
    EXPECT_LE(taken_.size(), 10 + window);
    EXPECT_LE(read_, static_cast<int>(10 + window));
    for (std::size_t i = 0; i < taken_.size(); ++i) EXPECT_EQ(taken_[i], static_cast<int>(i * i));
}

TEST_P(Ordered, IsWholeWhenItIsStoppedAfterTheEnd) {
    const auto take = [&](int answer) {
        keep()(answer);
        stop_ = taken_.size() == 20;
    };
    EXPECT_TRUE(in_order(pool_, 64, stop_, numbers_to(20), slow_square, take));
}

TEST_P(Ordered, GivesBackAnExceptionAndLeavesNothingRunning) {
    std::atomic<int> running = 0;
    const auto work = [&](int i) {
        ++running;
        const int answer = slow_square(i);
        --running;
        if (i == 5) throw std::runtime_error("five");
        return answer;
    };
    EXPECT_THROW(in_order(pool_, window, stop_, numbers_to(100), work, keep()), std::runtime_error);
    EXPECT_EQ(running, 0);
    EXPECT_EQ(taken_.size(), 5U);
    const auto refuse = [](int) { throw std::logic_error("full"); };
    EXPECT_THROW(in_order(pool_, window, stop_, numbers_to(100), slow_square, refuse), std::logic_error);
}

TEST_P(Ordered, HasNothingToSayOfNothing) {
    EXPECT_TRUE(in_order(pool_, window, stop_, numbers_to(0), slow_square, keep()));
    EXPECT_TRUE(taken_.empty());
}

INSTANTIATE_TEST_SUITE_P(Workers, Ordered, testing::Values(1U, 2U, 5U));

}  // namespace
}  // namespace singel::acquisition
