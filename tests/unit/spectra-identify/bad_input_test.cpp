#include <algorithm>
#include <cmath>
#include <functional>
#include <gmock/gmock.h>
#include <limits>

#include "spectra/identify/identify.hpp"
#include "tests/unit/spectra-identify/synthetic.hpp"

// What no sample looks like, and what a person, a file or a broken instrument hands in all the same: a clear answer
// or a clear error, never a guess.
namespace singel::tests {
namespace {

namespace core = spectra::core;
using spectra::identify::Certainty;
using spectra::identify::Identification;
using spectra::identify::LibraryPtr;

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

const std::vector<Drawn>& drawn() {
    static const std::vector<Drawn> list = substances(8, 3);
    return list;
}

const LibraryPtr& library() {
    static const LibraryPtr prepared_once = prepared(reference_set(drawn()));
    return prepared_once;
}

core::Spectrum pair() {
    return measure(drawn(), {.parts = {{1, 0.6}, {4, 0.4}}}, 1);
}

std::vector<std::string> named(const Identification& result) {
    std::vector<std::string> names;
    for (const auto& component : result.components)
        if (component.certainty != Certainty::could_not_tell) names.push_back(component.name);
    std::ranges::sort(names);
    return names;
}

const std::vector<std::string> both{"substance 1", "substance 4"};

core::Fault fault_of(const core::Spectrum& spectrum) {
    const auto result = spectra::identify::identify(spectrum, *library(), {});
    EXPECT_FALSE(result) << "answered";
    return result ? core::Fault::unsupported : result.error().fault;
}

TEST(BadSpectrum, WithoutAnyPointOrWithoutAnyKnownPointIsRefused) {
    EXPECT_EQ(fault_of({}), core::Fault::invalid_argument);
    for (const double value : {not_a_number, infinite}) {
        core::Spectrum spectrum = pair();
        std::ranges::fill(spectrum.values, value);
        EXPECT_EQ(fault_of(spectrum), core::Fault::invalid_argument);
    }
}

TEST(BadSpectrum, WithOtherNumbersOfValuesThanOfPlacesIsRefused) {
    core::Spectrum spectrum = pair();
    spectrum.values.pop_back();
    EXPECT_EQ(fault_of(spectrum), core::Fault::invalid_argument);
    spectrum = pair();
    spectrum.sigma.assign(3, 1.0);  // as good as none
    EXPECT_EQ(named(identified(spectrum, library())), both);
}

TEST(BadSpectrum, ThatIsConstantIsRefusedAtAnyHeight) {
    for (const double value : {0.0, 1.0, -3.5, 65535.0, 1e300, 1e-300}) {
        core::Spectrum spectrum = pair();
        std::ranges::fill(spectrum.values, value);
        EXPECT_EQ(fault_of(spectrum), core::Fault::too_weak) << value;
    }
}

TEST(BadSpectrum, ThatIsTooShortOrElsewhereIsRefused) {
    for (const auto& [low, high] : {std::pair{900.0, 950.0}, {2400.0, 3300.0}, {-500.0, 200.0}})
        EXPECT_EQ(fault_of(measure(drawn(), {.parts = {{1, 1.0}}, .low = low, .high = high}, 1)),
                  core::Fault::invalid_argument);
}

TEST(BadSpectrum, OnAnAxisThatIsNotCalibratedIsRefusedAndSaysSo) {
    core::Spectrum spectrum = pair();
    for (const auto kind : {core::AxisKind::pixel, core::AxisKind::wavelength_device_nm}) {
        spectrum.axis = core::Axis::uniform(kind, 300.0, 1.7, spectrum.size());
        const auto result = spectra::identify::identify(spectrum, *library(), {});
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().fault, core::Fault::invalid_argument);
        EXPECT_THAT(result.error().remedy, testing::HasSubstr("calibrate"));
    }
}

TEST(BadSpectrum, OnAnAxisWithEqualPlacesCannotBeMade) {
    EXPECT_FALSE(core::Axis::make(core::AxisKind::raman_shift_cm1, {300.0, 302.0, 302.0, 304.0}));
    EXPECT_FALSE(core::Axis::make(core::AxisKind::raman_shift_cm1, {300.0, 302.0, not_a_number, 304.0}));
}

TEST(BadSpectrum, ThatRunsBackwardsIsTheSameSpectrum) {
    const core::Spectrum forwards = pair();
    core::Spectrum backwards = forwards;
    std::ranges::reverse(backwards.values);
    std::vector<double> x(forwards.axis.values().begin(), forwards.axis.values().end());
    std::ranges::reverse(x);
    backwards.axis = *core::Axis::make(core::AxisKind::raman_shift_cm1, std::move(x));
    const Identification one = identified(forwards, library()), other = identified(backwards, library());
    EXPECT_EQ(named(one), both);
    EXPECT_EQ(named(other), both);
    EXPECT_NEAR(*one.components[0].share, *other.components[0].share, 1e-9);
}

TEST(BadSpectrum, WithScatteredHolesAndInfinitiesIsStillRead) {
    for (const double value : {not_a_number, infinite, -infinite}) {
        core::Spectrum spectrum = pair();
        for (std::size_t i = 5; i < spectrum.size(); i += 37) spectrum.values[i] = value;
        EXPECT_EQ(named(identified(spectrum, library())), both) << value;
    }
}

TEST(BadSpectrum, OfHolesForTheGreaterPartIsRefused) {
    core::Spectrum spectrum = pair();
    for (std::size_t i = 0; i < spectrum.size(); ++i)
        if (i % 3 != 0) spectrum.values[i] = not_a_number;
    EXPECT_EQ(fault_of(spectrum), core::Fault::invalid_argument);
}

TEST(BadSpectrum, ClippedAtTheTopIsNotNamedWhereThePixelsSayThatItIs) {
    core::Spectrum spectrum = pair();
    const double top = 0.5 * *std::ranges::max_element(spectrum.values);
    std::size_t clipped = 0;
    for (double& v : spectrum.values)
        if (v > top) v = top, ++clipped;
    spectrum.saturated_fraction = static_cast<double>(clipped) / static_cast<double>(spectrum.size());
    const Identification result = identified(spectrum, library());
    EXPECT_FALSE(result.quality.usable);
    EXPECT_TRUE(result.components.empty());
}

TEST(BadSpectrum, OfAnyScaleIsTheSameSpectrum) {
    const Identification plain = identified(pair(), library());
    ASSERT_EQ(named(plain), both);
    for (const double scale : {1e-300, 1e-30, 1e30, 1e290}) {
        core::Spectrum spectrum = pair();
        for (double& v : spectrum.values) v *= scale;
        const Identification result = identified(spectrum, library());
        EXPECT_EQ(named(result), both) << scale;
        EXPECT_NEAR(*result.components[0].share, *plain.components[0].share, 1e-6) << scale;
        const double top = *std::ranges::max_element(plain.curves.fit);
        EXPECT_NEAR(*std::ranges::max_element(result.curves.fit) / scale, top, 1e-6 * top) << scale;
    }
}

TEST(BadSpectrum, UpsideDownNamesNothingAsFound) {
    for (const std::size_t only : {1u, 4u}) {
        core::Spectrum spectrum = measure(drawn(), {.parts = {{only, 1.0}}}, 1);
        for (double& v : spectrum.values) v = -v;
        for (const auto& component : identified(spectrum, library()).components) {
            EXPECT_NE(component.certainty, Certainty::found) << component.name;
            EXPECT_NE(component.name, drawn()[only].name);
        }
    }
}

TEST(BadSpectrum, OfOneSpikeNamesNothing) {
    for (std::size_t at = 100; at < 800; at += 100) {
        core::Spectrum spectrum = measure(drawn(), {.parts = {}, .fluorescence = 0.0}, 1);
        spectrum.values[at] += 2e6;
        EXPECT_TRUE(named(identified(spectrum, library())).empty()) << at;
    }
}

TEST(BadSpectrum, OfOneStepNamesNothingAsFound) {
    for (std::size_t at = 100; at < 800; at += 100) {
        core::Spectrum spectrum = measure(drawn(), {.parts = {}, .fluorescence = 0.0}, 1);
        for (std::size_t i = at; i < spectrum.size(); ++i) spectrum.values[i] += 2e6;
        for (const auto& component : identified(spectrum, library()).components)
            EXPECT_NE(component.certainty, Certainty::found) << component.name << ' ' << at;
    }
}

core::ReferenceSet with_rows(core::ReferenceSet set, const std::function<float(std::size_t, std::size_t)>& value) {
    auto values = std::make_shared<std::vector<float>>();
    for (std::size_t i = 0; i < set.references.size(); ++i)
        for (std::size_t k = 0; k < set.axis.size(); ++k) values->push_back(value(i, k));
    set.values = *values;
    set.owner = values;
    return set;
}

TEST(BadLibrary, WithoutUsableReferencesIsRefused) {
    const core::ReferenceSet set = reference_set(drawn());
    for (const float value :
         {0.0f, 1.0f, std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()}) {
        const auto result = spectra::identify::prepare(with_rows(set, [&](auto, auto) { return value; }));
        ASSERT_FALSE(result) << value;
        EXPECT_EQ(result.error().fault, core::Fault::invalid_argument);
    }
}

TEST(BadLibrary, WithSomeEmptyReferencesSaysThatTheyAreNotCovered) {
    const core::ReferenceSet set = reference_set(drawn());
    const auto damaged = prepared(with_rows(set, [&](std::size_t i, std::size_t k) {
        if (i == 2) return 0.0f;
        if (i == 3) return std::numeric_limits<float>::quiet_NaN();
        return set.row(i)[k];
    }));
    const Identification result =
        identified(pair(), damaged, {{"substance 2", {}, {}}, {"substance 3", {}, {}}, {"substance 5", {}, {}}});
    EXPECT_EQ(named(result), both);
    ASSERT_EQ(result.not_covered.size(), 2u);
    EXPECT_EQ(result.not_covered[0].name, "substance 2");
    EXPECT_EQ(result.not_covered[1].name, "substance 3");
    ASSERT_EQ(result.not_detected.size(), 1u);
    EXPECT_EQ(result.not_detected[0].name, "substance 5");
}

TEST(BadLibrary, OfReferencesOfAnyScaleNamesTheSame) {
    const core::ReferenceSet set = reference_set(drawn());
    for (const float scale : {1e-30f, 1e30f}) {
        const auto scaled = prepared(with_rows(
            set, [&](std::size_t i, std::size_t k) { return i % 2 == 0 ? scale * set.row(i)[k] : set.row(i)[k]; }));
        EXPECT_EQ(named(identified(pair(), scaled)), both) << scale;
    }
}

TEST(BadLibrary, WithOneSpectrumUnderThreeNamesGivesOneFindingOfAllThree) {
    std::vector<Drawn> list = drawn();
    for (const char* name : {"alias", "another"}) {
        list.push_back(list[1]);
        list.back().name = name;
    }
    const Identification result = identified(pair(), prepared(reference_set(list)));
    ASSERT_EQ(named(result).size(), 2u);
    const auto group = std::ranges::find_if(result.components, [](const auto& one) { return one.group.size() > 1; });
    ASSERT_NE(group, result.components.end());
    EXPECT_THAT(group->group, testing::UnorderedElementsAre("substance 1", "alias", "another"));
    EXPECT_NEAR(*group->share, 0.6, 0.05);
}

TEST(BadLibrary, OfTheSameReferenceTwentyTimesIsOneSubstance) {
    std::vector<Drawn> list{drawn()[4]};
    list.resize(21, drawn()[1]);
    EXPECT_EQ(named(identified(pair(), prepared(reference_set(list)))), both);
}

TEST(BadLibrary, OfOneOrTwoReferencesNamesThemAndSaysWhatIsLeft) {
    const auto one = identified(pair(), prepared(reference_set({drawn()[1]})));
    EXPECT_THAT(named(one), testing::ElementsAre("substance 1"));
    EXPECT_TRUE(one.unknown.present);
    EXPECT_EQ(named(identified(pair(), prepared(reference_set({drawn()[4], drawn()[1]})))), both);
    const auto stranger = identified(pair(), prepared(reference_set({drawn()[6]})));
    EXPECT_TRUE(named(stranger).empty());
    EXPECT_TRUE(stranger.unknown.present);
}

}  // namespace
}  // namespace singel::tests
