#include "spectra/identify/identify.hpp"

#include <algorithm>
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <numeric>

#include "spectra/identify/search.hpp"
#include "tests/unit/spectra-identify/synthetic.hpp"

namespace singel::tests {
namespace {

using spectra::core::Fault;
using spectra::identify::Certainty;
using spectra::identify::Component;
using spectra::identify::Identification;
using spectra::identify::LibraryPtr;
using spectra::identify::QualityMessage;
namespace core = spectra::core;
namespace identify = spectra::identify;

std::vector<std::string> named(const Identification& result) {
    std::vector<std::string> names;
    for (const Component& component : result.components)
        if (component.certainty != Certainty::could_not_tell) names.push_back(component.name);
    return names;
}

class Identify : public testing::Test {
protected:
    const std::vector<Drawn> drawn_ = substances(30, 11);
    const LibraryPtr library_ = prepared(reference_set(drawn_));

    Identification of(const Recipe& recipe, std::uint64_t seed = 1) const {
        return identified(measure(drawn_, recipe, seed), library_);
    }
};

TEST_F(Identify, NamesAPureSubstance) {
    const Identification result = of({.parts = {{3, 1.0}}});
    EXPECT_THAT(named(result), testing::ElementsAre("substance 3"));
    EXPECT_EQ(result.components[0].certainty, Certainty::found);
    EXPECT_GT(result.components[0].hqi, 0.97);
    EXPECT_FALSE(result.unknown.present);
    EXPECT_FALSE(result.components[0].evidence_bands_cm1.empty());
    EXPECT_EQ(result.library_references, 30u);
    EXPECT_THAT(result.algorithm, testing::StartsWith("singel-gls "));
}

TEST_F(Identify, GivesSharesWhoseIntervalsHoldTheTruth) {
    int inside = 0, all = 0;
    double error = 0.0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const std::size_t a = seed % 30, b = (seed * 7 + 3) % 30, c = (seed * 11 + 5) % 30;
        if (a == b || b == c || a == c) continue;
        const std::vector<std::pair<std::size_t, double>> parts{{a, 0.6}, {b, 0.3}, {c, 0.1}};
        for (const Component& component : of({.parts = parts}, seed).components) {
            const auto part =
                std::ranges::find_if(parts, [&](const auto& p) { return drawn_[p.first].name == component.name; });
            ASSERT_NE(part, parts.end()) << component.name << " is not in sample " << seed;
            const auto interval = component.share_interval.value();
            EXPECT_LE(interval.low, component.share.value());
            EXPECT_GE(interval.high, component.share.value());
            inside += interval.low <= part->second && part->second <= interval.high ? 1 : 0;
            error = std::max(error, std::abs(component.share.value() - part->second));
            ++all;
        }
    }
    EXPECT_GE(all, 45);
    EXPECT_GE(inside, static_cast<int>(0.93 * all));
    EXPECT_LT(error, 0.06);
}

TEST_F(Identify, SharesAddUpToOne) {
    const Identification result = of({.parts = {{1, 0.5}, {2, 0.3}, {4, 0.2}}});
    double sum = 0.0;
    for (const Component& component : result.components) sum += component.share.value();
    EXPECT_NEAR(sum, 1.0, 1e-9);
    EXPECT_EQ(result.components.size(), 3u);
    EXPECT_TRUE(std::ranges::is_sorted(result.components, std::ranges::greater(),
                                       [](const Component& component) { return component.share.value(); }));
}

TEST_F(Identify, SeesAShiftedAxis) {
    const Identification result = of({.parts = {{6, 1.0}}, .shift = 1.0});
    EXPECT_THAT(named(result), testing::ElementsAre("substance 6"));
    EXPECT_NEAR(result.components[0].shift_cm1, 1.0, 0.35);  // to first order of a shift that its prior shrinks
}

TEST_F(Identify, SaysThatSomethingIsThereThatTheLibraryDoesNotHold) {
    std::vector<Drawn> more = drawn_;
    more.push_back(substances(1, 99).front());
    const auto alone = identified(measure(more, {.parts = {{30, 1.0}}}, 1), library_);
    EXPECT_TRUE(alone.unknown.present);
    EXPECT_FALSE(alone.unknown.bands_cm1.empty());
    const auto beside = identified(measure(more, {.parts = {{3, 0.6}, {30, 0.4}}}, 1), library_);
    EXPECT_THAT(named(beside), testing::Contains("substance 3"));
    EXPECT_TRUE(beside.unknown.present);
}

TEST_F(Identify, AnswersNoiseWithAbstention) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const Identification result = of({.parts = {}, .noise = 0.01, .fluorescence = 0.0}, seed);
        EXPECT_FALSE(result.quality.usable);
        EXPECT_THAT(result.quality.messages, testing::Contains(QualityMessage::too_weak));
        EXPECT_TRUE(result.components.empty());
        EXPECT_FALSE(result.unknown.p_value.has_value());
    }
}

TEST_F(Identify, AbstainsWhenSaturated) {
    auto spectrum = measure(drawn_, {.parts = {{3, 1.0}}}, 1);
    spectrum.saturated_fraction = 0.05;
    const Identification result = identified(spectrum, library_, {{"substance 5", {}, {}}});
    EXPECT_FALSE(result.quality.usable);
    EXPECT_THAT(result.quality.messages, testing::Contains(QualityMessage::saturated));
    EXPECT_TRUE(result.components.empty());
    ASSERT_EQ(result.not_detected.size(), 1u);
    EXPECT_FALSE(result.not_detected[0].detection_limit_share.has_value());
}

TEST_F(Identify, GivesNoSnrAndNoLimitsForWhatOthersProcessed) {
    auto spectrum = measure(drawn_, {.parts = {{3, 1.0}}}, 1);
    spectrum.noise = core::NoiseBasis::none;
    const Identification result = identified(spectrum, library_, {{"substance 5", {}, {}}});
    EXPECT_THAT(named(result), testing::ElementsAre("substance 3"));
    EXPECT_FALSE(result.quality.snr.has_value());
    EXPECT_THAT(result.quality.messages, testing::Contains(QualityMessage::processed_by_others));
    ASSERT_EQ(result.not_detected.size(), 1u);
    EXPECT_FALSE(result.not_detected[0].detection_limit_share.has_value());
}

TEST_F(Identify, DoesNotMindHolesInTheSpectrum) {
    auto spectrum = measure(drawn_, {.parts = {{3, 0.7}, {8, 0.3}}}, 1);
    for (std::size_t i = 200; i < 240; ++i) spectrum.values[i] = std::numeric_limits<double>::quiet_NaN();
    const Identification result = identified(spectrum, library_);
    EXPECT_THAT(named(result), testing::UnorderedElementsAre("substance 3", "substance 8"));
    EXPECT_EQ(std::ranges::count_if(result.curves.fit, [](double value) { return std::isnan(value); }),
              std::ranges::count_if(result.curves.measured, [](double value) { return std::isnan(value); }));
}

TEST_F(Identify, RefusesWhatCannotBeCompared) {
    const auto fault = [&](const core::Spectrum& spectrum) {
        const auto result = identify::identify(spectrum, *library_, {});
        return result ? std::nullopt : std::optional(result.error().fault);
    };
    const auto good = measure(drawn_, {.parts = {{3, 1.0}}}, 1);
    EXPECT_EQ(fault({}), Fault::invalid_argument);
    auto other = good;
    other.technique = core::Technique::infrared;
    EXPECT_EQ(fault(other), Fault::wrong_technique);
    auto flat = good;
    std::ranges::fill(flat.values, 5.0);
    EXPECT_EQ(fault(flat), Fault::too_weak);
    auto nothing = good;
    std::ranges::fill(nothing.values, std::numeric_limits<double>::quiet_NaN());
    EXPECT_EQ(fault(nothing), Fault::invalid_argument);
    EXPECT_EQ(fault(measure(drawn_, {.parts = {{3, 1.0}}, .low = 2400.0, .high = 3300.0}, 1)),
              Fault::invalid_argument);
    auto pixels = good;
    pixels.axis = core::Axis::uniform(core::AxisKind::pixel, 0.0, 1.0, good.size());
    EXPECT_EQ(fault(pixels), Fault::invalid_argument);
    auto infinite = good;
    infinite.values[500] = std::numeric_limits<double>::infinity();
    EXPECT_TRUE(identify::identify(infinite, *library_, {}));
}

TEST_F(Identify, WorksOnPartOfTheRangeAndSaysSo) {
    const Identification result = of({.parts = {{3, 1.0}}, .low = 500.0, .high = 1800.0});
    EXPECT_THAT(named(result), testing::ElementsAre("substance 3"));
    EXPECT_THAT(result.quality.messages, testing::Contains(QualityMessage::short_range));
}

TEST_F(Identify, GivesTheSameAnswerForEveryOrderOfWork) {
    const auto spectrum = measure(drawn_, {.parts = {{3, 0.5}, {8, 0.3}, {9, 0.2}}}, 1);
    const core::ParallelFor backwards = [](std::size_t n, const std::function<void(std::size_t)>& f) {
        for (std::size_t i = n; i-- > 0;) f(i);
    };
    const auto other = core::value_or_throw(identify::prepare(reference_set(drawn_), backwards));
    const auto a = core::value_or_throw(identify::identify(spectrum, *library_, {}));
    const auto b = core::value_or_throw(identify::identify(spectrum, *other, {}, backwards));
    ASSERT_EQ(a.components.size(), b.components.size());
    for (std::size_t i = 0; i < a.components.size(); ++i) {
        EXPECT_EQ(a.components[i].name, b.components[i].name);
        EXPECT_EQ(a.components[i].share, b.components[i].share);
        EXPECT_EQ(a.components[i].share_interval->low, b.components[i].share_interval->low);
    }
    EXPECT_EQ(a.curves.residual, b.curves.residual);
    EXPECT_EQ(a.unknown.p_value, b.unknown.p_value);
}

TEST_F(Identify, IsBlindToTheUnitOfTheSpectrum) {
    auto spectrum = measure(drawn_, {.parts = {{3, 0.6}, {8, 0.4}}}, 1);
    const Identification counts = identified(spectrum, library_);
    for (double& value : spectrum.values) value *= 1e-6;
    const Identification volts = identified(spectrum, library_);
    ASSERT_EQ(counts.components.size(), volts.components.size());
    for (std::size_t i = 0; i < counts.components.size(); ++i)
        EXPECT_NEAR(counts.components[i].share.value(), volts.components[i].share.value(), 1e-6);
}

TEST_F(Identify, ShowsTheCurvesBehindTheWords) {
    const Identification result = of({.parts = {{3, 0.6}, {8, 0.4}}});
    const auto& curves = result.curves;
    ASSERT_EQ(curves.components.size(), result.components.size());
    ASSERT_EQ(curves.measured.size(), curves.axis.size());
    for (std::size_t i = 0; i < curves.axis.size(); ++i) {
        double sum = curves.baseline[i];
        for (const auto& component : curves.components) sum += component[i];
        EXPECT_NEAR(sum, curves.fit[i], 1e-6);
        EXPECT_NEAR(curves.measured[i] - curves.fit[i], curves.residual[i], 1e-6);
    }
}

TEST(IdentifyGroup, ReportsReferencesThatCannotBeToldApartTogether) {
    std::vector<Drawn> drawn = substances(12, 21);
    drawn.push_back(drawn[4]);
    drawn.back().name = "twin of 4";
    const auto result = identified(measure(drawn, {.parts = {{4, 1.0}}}, 1), prepared(reference_set(drawn)));
    ASSERT_EQ(named(result).size(), 1u);
    EXPECT_THAT(result.components[0].group, testing::UnorderedElementsAre("substance 4", "twin of 4"));
    EXPECT_EQ(result.components[0].group[0], result.components[0].name);
}

TEST(IdentifyGroup, HoldsASubstanceWithSeveralReferencesOnce) {
    std::vector<Drawn> drawn = substances(12, 21);
    drawn.push_back(substances(1, 77).front());
    drawn.back().name = "Substance_4";  // another form of it, with another spectrum
    const auto library = prepared(reference_set(drawn));
    const auto result = identified(measure(drawn, {.parts = {{12, 1.0}}}, 1), library);
    ASSERT_EQ(named(result).size(), 1u);
    EXPECT_THAT(result.components[0].group, testing::ElementsAre("Substance_4"));
}

TEST(IdentifyBandTable, NamesAtMostProbablyAndWithoutAShare) {
    const std::vector<Drawn> drawn = substances(12, 31);
    auto set = reference_set(drawn);
    for (auto& reference : set.references) reference.origin = core::ReferenceOrigin::band_table;
    const auto result =
        identified(measure(drawn, {.parts = {{4, 1.0}}}, 1), prepared(set), {{"substance 5", {}, {}}});
    ASSERT_THAT(named(result), testing::ElementsAre("substance 4"));
    EXPECT_EQ(result.components[0].certainty, Certainty::probable);
    EXPECT_FALSE(result.components[0].share.has_value());
    EXPECT_FALSE(result.components[0].share_interval.has_value());
    EXPECT_EQ(result.components[0].origin, core::ReferenceOrigin::band_table);
    ASSERT_EQ(result.not_detected.size(), 1u);
    EXPECT_FALSE(result.not_detected[0].detection_limit_share.has_value());
}

TEST(IdentifyLibrary, MayHoldOneReference) {
    const std::vector<Drawn> drawn = substances(2, 41);
    const auto library = prepared(reference_set({drawn[0]}));
    EXPECT_THAT(named(identified(measure(drawn, {.parts = {{0, 1.0}}}, 1), library)),
                testing::ElementsAre("substance 0"));
    const auto other = identified(measure(drawn, {.parts = {{1, 1.0}}}, 1), library);
    EXPECT_TRUE(named(other).empty());
    EXPECT_TRUE(other.unknown.present);
}

TEST(IdentifyLibrary, IsRefusedWhenNothingCanBeComparedWithIt) {
    const auto fault = [](const core::ReferenceSet& set) { return identify::prepare(set).error().fault; };
    EXPECT_EQ(fault({}), Fault::wrong_technique);
    core::ReferenceSet empty;
    empty.technique = core::Technique::raman;
    EXPECT_EQ(fault(empty), Fault::not_found);
    auto infrared = reference_set(substances(2, 1));
    infrared.technique = core::Technique::infrared;
    EXPECT_EQ(fault(infrared), Fault::wrong_technique);
    auto far = reference_set(substances(2, 1));
    far.axis = core::Axis::uniform(core::AxisKind::raman_shift_cm1, 2400.0, 1.0, far.axis.size());
    EXPECT_EQ(fault(far), Fault::invalid_argument);
    auto flat = reference_set({{"nothing", {}, 0.0}});
    EXPECT_EQ(fault(flat), Fault::invalid_argument);
}

TEST(Rank, PutsTheSubstanceItselfFirst) {
    const std::vector<Drawn> drawn = substances(20, 51);
    const auto library = prepared(reference_set(drawn));
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        const auto hits = core::value_or_throw(identify::rank(measure(drawn, {.parts = {{i, 1.0}}}, 1), *library, 3));
        ASSERT_EQ(hits.size(), 3u);
        EXPECT_EQ(hits[0].reference, i);
        EXPECT_GT(hits[0].hqi, 0.97);
        EXPECT_GE(hits[0].hqi, hits[1].hqi);
    }
}

}  // namespace
}  // namespace singel::tests
