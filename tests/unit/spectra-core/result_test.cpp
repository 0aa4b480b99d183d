#include "spectra/core/result.hpp"

#include <gtest/gtest.h>

namespace singel::spectra::core {
namespace {

Result<int> half(int n) {
    if (n % 2 != 0) return failure(Fault::invalid_argument, "7 is odd", "option --n", "Give an even number.");
    return n / 2;
}

}  // namespace

TEST(Result, HoldsTheValueOrAnErrorThatSaysWhatWhereAndWhatToDo) {
    EXPECT_EQ(*half(8), 4);
    const auto refused = half(7);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().sentence(), "7 is odd (option --n). Give an even number.");
}

TEST(Error, WritesTheAdviceAsASentenceHoweverItWasGiven) {
    EXPECT_EQ((Error{Fault::not_found, "no such file", "lib.h5", "make one with library import"}).sentence(),
              "no such file (lib.h5). Make one with library import.");
    EXPECT_EQ((Error{Fault::not_found, "no such file", "lib.h5", ""}).sentence(), "no such file (lib.h5)");
}

TEST(Failure, CarriesTheSameErrorThroughAnException) {
    EXPECT_EQ(value_or_throw(half(2)), 1);
    try {
        value_or_throw(half(7));
        FAIL() << "no exception";
    } catch (const Failure& thrown) {
        EXPECT_EQ(thrown.error().fault, Fault::invalid_argument);
        EXPECT_STREQ(thrown.what(), "7 is odd (option --n). Give an even number.");
    }
}

TEST(Fault, TellsThePersonsPartFromTheDevices) {
    EXPECT_TRUE(person_can_act(Fault::disk_full));
    EXPECT_TRUE(person_can_act(Fault::permission_denied));
    EXPECT_FALSE(person_can_act(Fault::disconnected));
    EXPECT_FALSE(person_can_act(Fault::laser_unverified));
}

}  // namespace singel::spectra::core
