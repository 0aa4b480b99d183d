#include <filesystem>
#include <gtest/gtest.h>

#include "spectra/identify/identify.hpp"
#include "tests/accuracy/measured.hpp"

namespace singel::tests {
namespace {

namespace identify = spectra::identify;

// The figure that is promised: another instrument's pures, first component right with a name that counts.
TEST(SharedSpectra, OfAnotherInstrumentAreNamed) {
    if (!std::filesystem::exists(SINGEL_SHARED_DATA "/raman-pairs.csv"))
        GTEST_SKIP() << "no shared data beside the project";
    const auto data = accuracy::measured(SINGEL_SHARED_DATA, 1);
    const auto library = spectra::core::value_or_throw(identify::prepare(accuracy::reference_set(data.library)));
    int right = 0, wrong = 0;
    for (const auto& pair : data.pairs) {
        const auto result = identify::identify(data.queries[pair.query].spectrum, *library, {});
        ASSERT_TRUE(result) << data.queries[pair.query].name << ": " << result.error().sentence();
        bool first = true;
        for (const auto& component : result->components) {
            if (component.certainty == identify::Certainty::could_not_tell) continue;
            bool fits = false;
            for (const std::size_t i : pair.references) fits = fits || data.library[i].name == component.name;
            if (!fits) ++wrong;
            if (fits && first) ++right;
            first = false;
        }
    }
    ASSERT_EQ(data.pairs.size(), 59u);
    EXPECT_GE(right, 57);
    EXPECT_LE(wrong, 6);
}

}  // namespace
}  // namespace singel::tests
