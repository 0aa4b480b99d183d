#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>

#include "example_library.hpp"
#include "spectra/io/library_limits.hpp"

namespace singel::spectra::io {
namespace {

using core::Fault;

core::Result<core::ReferenceSet> made_of(NewReference reference, double step = 1.0) {
    return make_reference_set({std::move(reference)}, core::Technique::raman, step);
}

TEST(ReferenceGrid, CoversAllReferencesAndSaysWhatEachCovers) {
    const auto set = example_library();
    EXPECT_EQ(set.axis.low(), 300.0);
    EXPECT_EQ(set.axis.high(), 400.0);
    EXPECT_EQ(set.axis.size(), 101U);
    EXPECT_EQ(set.references[1].first, 10U);
    EXPECT_EQ(set.references[1].last, 91U);
    for (std::size_t i = 0; i < set.axis.size(); ++i) {
        const bool covered = i >= 10 && i < 91;
        const double x = (set.axis[i] - 350.0) / 6.0;
        EXPECT_NEAR(set.row(1)[i], covered ? 100.0 + 1000.0 * std::exp(-x * x) : 0.0, 1e-3);
    }
}

TEST(ReferenceGrid, LiesOnMultiplesOfTheStep) {
    NewReference reference = example_reference("a", 300, 400, 350);
    std::vector<double> shifted;
    for (double shift : reference.spectrum.axis.values()) shifted.push_back(shift + 0.3);
    reference.spectrum.axis = *core::Axis::make(core::AxisKind::raman_shift_cm1, shifted);
    const auto set = made_of(reference, 2.0);
    ASSERT_TRUE(set);
    EXPECT_EQ(set->axis.low(), 302.0);
    EXPECT_EQ(set->axis.high(), 400.0);
    EXPECT_EQ(set->axis.size(), 50U);
}

TEST(ReferenceGrid, TakesAFallingAxis) {
    NewReference reference = example_reference("a", 300, 400, 350), falling = reference;
    std::vector<double> shifts(reference.spectrum.axis.values().rbegin(), reference.spectrum.axis.values().rend());
    falling.spectrum.axis = *core::Axis::make(core::AxisKind::raman_shift_cm1, shifts);
    std::ranges::reverse(falling.spectrum.values);
    const auto set = made_of(reference), same = made_of(falling);
    ASSERT_TRUE(set && same);
    for (std::size_t i = 0; i < set->values.size(); ++i) EXPECT_NEAR(set->values[i], same->values[i], 1e-3);
}

TEST(ReferenceGrid, LeavesOutWhatLiesBeyondAGap) {
    NewReference reference = example_reference("a", 300, 400, 350);
    reference.spectrum.values[20] = std::numeric_limits<double>::quiet_NaN();
    const auto set = made_of(reference);
    ASSERT_TRUE(set);
    EXPECT_EQ(set->references[0].first, 21U);
    EXPECT_EQ(set->references[0].last, 101U);
    EXPECT_EQ(set->row(0)[5], 0.0F);
}

TEST(ReferenceGrid, GivesTheSameIdForTheSameContentOnly) {
    const auto id = example_library().id;
    EXPECT_EQ(id, example_library().id);
    NewReference reference = example_reference("a", 300, 400, 350);
    const auto base = made_of(reference)->id;
    NewReference other = reference;
    other.reference.watched = true;
    EXPECT_NE(made_of(other)->id, base);
    other = reference;
    other.reference.substance.synonyms = {""};
    EXPECT_FALSE(made_of(other));
    other.reference.substance.synonyms = {"b"};
    EXPECT_NE(made_of(other)->id, base);
    other = reference;
    other.spectrum.values[50] += 1.0;
    EXPECT_NE(made_of(other)->id, base);
}

TEST(ReferenceGrid, RefusesWhatDoesNotBelongTogether) {
    NewReference infrared = example_reference("a", 300, 400, 350);
    infrared.spectrum.technique = core::Technique::infrared;
    EXPECT_EQ(made_of(infrared).error().fault, Fault::wrong_technique);

    NewReference wavelength = example_reference("b", 300, 400, 350);
    wavelength.spectrum.axis = core::Axis::uniform(core::AxisKind::wavelength_air_nm, 300, 1, 101);
    const auto mixed =
        make_reference_set({example_reference("a", 300, 400, 350), wavelength}, core::Technique::raman);
    ASSERT_FALSE(mixed);
    EXPECT_EQ(mixed.error().fault, Fault::wrong_format);
    EXPECT_EQ(mixed.error().where, "b");
}

TEST(ReferenceGrid, RefusesWhatIsNoLibrary) {
    EXPECT_FALSE(make_reference_set({}, core::Technique::raman));
    const NewReference reference = example_reference("a", 300, 400, 350);
    for (double step : {0.0, -1.0, 1e-9, 1e9, std::numeric_limits<double>::quiet_NaN()})
        EXPECT_FALSE(made_of(reference, step)) << step;
    NewReference wrong = reference;
    wrong.reference.substance.name.clear();
    EXPECT_FALSE(made_of(wrong));
    wrong = reference;
    wrong.spectrum.values.pop_back();
    EXPECT_FALSE(made_of(wrong));
    wrong = reference;
    wrong.spectrum.values.assign(wrong.spectrum.values.size(), std::numeric_limits<double>::quiet_NaN());
    EXPECT_FALSE(made_of(wrong));
    wrong = reference;
    wrong.spectrum.values[50] = 1e300;
    EXPECT_FALSE(made_of(wrong));
}

TEST(LibraryText, IsUtf8WithoutControlCharacters) {
    for (const auto* text : {"", "caffeine", "γ-butyrolactone", "\xF0\x9F\x92\x8A"})
        EXPECT_TRUE(is_printable_text(text)) << text;
    for (const auto* text :
         {"a\nb", "\x7F", "\xFF", "\xC0\x80", "\xED\xA0\x80", "\xE2\x82", "\xF4\x90\x80\x80", "\x80"})
        EXPECT_FALSE(is_printable_text(text));
    EXPECT_FALSE(is_printable_text(std::string(max_text_bytes + 1, 'a')));
    EXPECT_FALSE(is_printable_text(std::string_view("a\0b", 3)));
}

}  // namespace
}  // namespace singel::spectra::io
