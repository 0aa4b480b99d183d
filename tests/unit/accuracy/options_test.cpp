#include "tests/accuracy/options.hpp"

#include <gtest/gtest.h>

using namespace singel::tests::accuracy;

namespace {

TEST(AccuracyOptions, TakeSeedsAndCountsAsArguments) {
    const char* const arguments[]{"--rows", "CL", "--seed", "7", "--trials", "3", "--one-way"};
    const auto options = read_options(arguments);
    ASSERT_TRUE(options);
    EXPECT_EQ(options->rows, "CL");
    EXPECT_EQ(options->seed, 7u);
    EXPECT_EQ(options->trials, 3u);
    EXPECT_FALSE(options->exchanged);
}

TEST(AccuracyOptions, RefuseWhatTheyDoNotKnow) {
    for (const std::vector<const char*>& arguments : {std::vector<const char*>{"--rows", "X"},
                                                      {"--rows", ""},
                                                      {"--seed", "one"},
                                                      {"--trials", "0"},
                                                      {"--noise", "2"},
                                                      {"--seed"},
                                                      {"--unknown", "1"}})
        EXPECT_FALSE(read_options(arguments)) << arguments.front();
}

}  // namespace
