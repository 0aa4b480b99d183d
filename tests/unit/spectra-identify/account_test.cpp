#include "spectra/identify/account.hpp"

#include <algorithm>
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spectra/identify/identify.hpp"
#include "tests/unit/spectra-identify/synthetic.hpp"

namespace singel::tests {
namespace {

namespace identify = spectra::identify;
using identify::Account;
using identify::AccountBand;
using identify::BandSays;
using identify::Component;
using identify::Identification;
using identify::Rival;
using identify::RivalFit;

Identification explained(const spectra::core::Spectrum& spectrum, const identify::LibraryPtr& library) {
    auto answer = identify::identify_with_accounts(spectrum, *library, {});
    EXPECT_TRUE(answer) << (answer ? "" : answer.error().sentence());
    return *std::move(answer);
}

const Account& account_of(const Identification& answer, const std::string& name) {
    const auto component = std::ranges::find(answer.components, name, &Component::name);
    if (component == answer.components.end() || !component->account)
        throw std::runtime_error("no account of " + name);
    return *component->account;
}

class Accounts : public testing::Test {
protected:
    const std::vector<Drawn> drawn_ = substances(30, 11);
    const identify::LibraryPtr library_ = prepared(reference_set(drawn_));
    const spectra::core::Spectrum mixture_ = measure(drawn_, {.parts = {{3, 0.6}, {7, 0.4}}}, 1);
    const Identification answer_ = explained(mixture_, library_);
};

TEST_F(Accounts, AreGivenForEveryComponentAndOnlyWhenAskedFor) {
    ASSERT_EQ(answer_.components.size(), 2u);
    for (const Component& component : answer_.components) EXPECT_TRUE(component.account);
    for (const Component& component : identified(mixture_, library_).components) EXPECT_FALSE(component.account);
}

TEST_F(Accounts, ChangeNothingElseOfTheAnswer) {
    const Identification plain = identified(mixture_, library_);
    ASSERT_EQ(plain.components.size(), answer_.components.size());
    for (std::size_t i = 0; i < plain.components.size(); ++i) {
        EXPECT_EQ(plain.components[i].name, answer_.components[i].name);
        EXPECT_EQ(plain.components[i].share, answer_.components[i].share);
    }
    EXPECT_EQ(plain.unknown.p_value, answer_.unknown.p_value);
}

// The truth is known: each band of the account must lie on a drawn line of that substance.
TEST_F(Accounts, ShowBandsOfTheSubstanceAsHighAsPredicted) {
    const Account& account = account_of(answer_, "substance 7");
    ASSERT_GE(account.bands.size(), 4u);
    EXPECT_LE(account.bands.size(), 8u);
    for (const AccountBand& band : account.bands) {
        const bool drawn = std::ranges::any_of(
            drawn_[7].lines, [&](const Line& line) { return std::abs(line.place - band.at_cm1) < 8.0; });
        EXPECT_TRUE(drawn) << band.at_cm1;
        EXPECT_GT(band.predicted, 0.0);
        EXPECT_GT(band.deviation, 0.0);
        EXPECT_NEAR(band.seen, band.predicted, 0.35 * band.predicted + 3.0 * band.deviation) << band.at_cm1;
    }
    EXPECT_EQ(account.bands[0].says, BandSays::for_it);
}

// Seen heights follow the unit of the spectrum.
TEST_F(Accounts, GiveHeightsInTheUnitOfTheSpectrum) {
    spectra::core::Spectrum larger = mixture_;
    for (double& value : larger.values) value *= 1000.0;
    for (double& value : larger.sigma) value *= 1000.0;
    const Identification answer = explained(larger, library_);
    const AccountBand &one = account_of(answer_, "substance 3").bands[0],
                      &thousand = account_of(answer, "substance 3").bands[0];
    EXPECT_NEAR(thousand.seen / one.seen, 1000.0, 1.0);
    EXPECT_NEAR(thousand.deviation / one.deviation, 1000.0, 10.0);
}

TEST_F(Accounts, ShowWhatIsLeftWithoutTheComponent) {
    for (const Component& component : answer_.components) {
        const Account& account = *component.account;
        EXPECT_GT(account.worse_without, 100.0);
        EXPECT_GT(account.left_without, 3.0 * account.left_with);
        ASSERT_EQ(account.residual_without.size(), answer_.curves.axis.size());
        const auto strongest = std::ranges::max_element(account.residual_without);
        const auto at = static_cast<std::size_t>(strongest - account.residual_without.begin());
        const std::size_t drawn = component.name == "substance 3" ? 3 : 7;
        EXPECT_TRUE(std::ranges::any_of(drawn_[drawn].lines, [&](const Line& line) {
            return std::abs(line.place - answer_.curves.axis[at]) < 10.0;
        })) << "the strongest band that is left is one of its own";
    }
}

TEST_F(Accounts, FindUnlikeRivalsFarWorse) {
    for (const Component& component : answer_.components)
        for (const Rival& rival : component.account->rivals) {
            EXPECT_EQ(rival.fit, RivalFit::far_worse) << rival.name;
            EXPECT_FALSE(rival.inseparable);
            EXPECT_NE(rival.name, component.name);
        }
}

// A twin whose lines differ by less than any instrument shows.
TEST(Account, NamesATwinAsARivalThatExplainsTheScanAsWell) {
    std::vector<Drawn> drawn = substances(12, 5);
    drawn.push_back(drawn[2]);
    drawn.back().name = "twin";
    for (Line& line : drawn.back().lines) line.height *= 1.0 + 1e-4 * line.place / 1000.0;
    const identify::LibraryPtr library = prepared(reference_set(drawn));
    const Identification answer = explained(measure(drawn, {.parts = {{2, 1.0}}}, 3), library);
    ASSERT_FALSE(answer.components.empty());
    const Component& component = answer.components[0];
    ASSERT_TRUE(component.account);
    ASSERT_FALSE(component.account->rivals.empty());
    const Rival& best = component.account->rivals[0];
    EXPECT_EQ(best.name, component.name == "twin" ? "substance 2" : "twin");
    EXPECT_EQ(best.fit, RivalFit::as_well);
    EXPECT_TRUE(best.inseparable);
    for (const AccountBand& band : component.account->bands)
        EXPECT_THAT(band.also, testing::Contains(best.name)) << "it could explain each band";
}

// A band that the reference has and the sample lacks is shown, not left out.
TEST(Account, ShowsABandThatShouldBeThereAndIsNot) {
    std::vector<Drawn> drawn = substances(12, 5);
    std::vector<Drawn> real = drawn;
    const auto strongest = std::ranges::max_element(real[2].lines, {}, &Line::height);
    const double place = strongest->place;
    strongest->height = 0.0;
    const Identification answer = explained(measure(real, {.parts = {{2, 1.0}}}, 3), prepared(reference_set(drawn)));
    const Account& account = account_of(answer, "substance 2");
    const auto band = std::ranges::find_if(
        account.bands, [&](const AccountBand& one) { return std::abs(one.at_cm1 - place) < 6.0; });
    ASSERT_NE(band, account.bands.end());
    EXPECT_EQ(band->says, BandSays::against_it);
    EXPECT_LT(band->seen, 0.4 * band->predicted);
}

TEST(NoLimit, SaysWhyForEachReason) {
    std::vector<Drawn> drawn = substances(6, 5);
    auto set = reference_set(drawn);
    set.references[4].origin = spectra::core::ReferenceOrigin::band_table;
    for (auto& reference : set.references) reference.watched = true;
    const identify::LibraryPtr library = prepared(set);
    const auto reason_of = [&](const spectra::core::Spectrum& spectrum, const std::string& name) {
        const Identification answer = identified(spectrum, library);
        const auto one = std::ranges::find(answer.not_detected, name, &identify::NotDetected::name);
        return one == answer.not_detected.end() ? std::nullopt : one->no_limit;
    };
    spectra::core::Spectrum spectrum = measure(drawn, {.parts = {{2, 1.0}}}, 3);
    EXPECT_EQ(reason_of(spectrum, "substance 4"), identify::NoLimit::band_table_only);
    EXPECT_EQ(reason_of(spectrum, "substance 1"), std::nullopt) << "it has a limit";
    spectrum.saturated_fraction = 0.5;
    EXPECT_EQ(reason_of(spectrum, "substance 1"), identify::NoLimit::scan_unusable);
}

}  // namespace
}  // namespace singel::tests
