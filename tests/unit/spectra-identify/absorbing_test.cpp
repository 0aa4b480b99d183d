#include "spectra/identify/absorbing.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <gmock/gmock.h>
#include <random>

#include "spectra/identify/identify.hpp"
#include "spectra/process/absorbance.hpp"
#include "tests/unit/spectra-identify/synthetic.hpp"

namespace singel::tests {
namespace {

namespace core = spectra::core;
using spectra::identify::Certainty;
using spectra::identify::Identification;
using spectra::identify::LibraryPtr;
using spectra::identify::QualityMessage;

constexpr std::size_t count = 12;

// Substances with bands as infrared has them: broad ones among them, one of each in the stretches of C-H.
std::vector<Drawn> absorbers() {
    std::mt19937_64 random(5);
    std::uniform_real_distribution<double> part(0.0, 1.0);
    std::vector<Drawn> list;
    for (std::size_t i = 0; i < count; ++i) {
        Drawn drawn{"powder " + std::to_string(i), {}, 0.0};
        for (int k = 0; k < 12; ++k)
            drawn.lines.push_back({680.0 + 1100.0 * part(random), 0.15 + part(random), 6.0 + 8.0 * part(random)});
        drawn.lines.push_back({2850.0 + 120.0 * part(random), 0.4, 15.0});
        drawn.lines.push_back({3200.0 + 200.0 * part(random), 0.3, 60.0});
        for (const Line& line : drawn.lines) drawn.area += line.height * line.sigma * std::sqrt(2.0 * 3.14159265);
        list.push_back(std::move(drawn));
    }
    return list;
}

double height(const Drawn& drawn, double x) {
    double sum = 0.0;
    for (const Line& line : drawn.lines)
        sum += line.height * std::exp(-0.5 * (x - line.place) * (x - line.place) / (line.sigma * line.sigma));
    return sum;
}

core::ReferenceSet set_of(core::Technique technique, const core::Axis& axis,
                          const std::function<double(const Drawn&, double)>& value) {
    core::ReferenceSet set;
    set.id = "absorbers";
    set.technique = technique;
    set.axis = axis;
    auto values = std::make_shared<std::vector<float>>();
    for (const Drawn& one : absorbers()) {
        core::Reference reference;
        reference.substance.name = one.name;
        reference.last = axis.size();
        set.references.push_back(reference);
        for (const double x : axis.values()) values->push_back(static_cast<float>(value(one, x)));
    }
    set.values = *values;
    set.owner = values;
    return set;
}

core::Axis wavenumbers(double step = 2.0) {
    return core::Axis::uniform(core::AxisKind::wavenumber_cm1, 600.0, step,
                               static_cast<std::size_t>(3400.0 / step) + 1);
}

const LibraryPtr& infrared_library() {
    static const LibraryPtr library = prepared(set_of(core::Technique::infrared, wavenumbers(), height));
    return library;
}

struct Mixture {
    double first = 0.7, second = 0.3;  // of powder 0 and powder 1, by area
    double noise = 0.002;
    std::function<double(double)> more = [](double) { return 0.0; };  // added absorbance
};

core::Spectrum measured(const Mixture& mixture) {
    core::Spectrum spectrum;
    spectrum.axis = wavenumbers(1.9);
    spectrum.technique = core::Technique::infrared;
    spectrum.ordinate = core::Ordinate::absorbance;
    spectrum.noise = core::NoiseBasis::estimated;
    const auto list = absorbers();
    std::mt19937_64 random(3);
    std::normal_distribution<double> normal;
    for (const double x : spectrum.axis.values())
        spectrum.values.push_back(60.0 * (mixture.first * height(list[0], x) / list[0].area +
                                          mixture.second * height(list[1], x) / list[1].area) +
                                  0.1 - 2e-5 * x + mixture.more(x) + mixture.noise * normal(random));
    return spectrum;
}

core::Spectrum transmittance(core::Spectrum spectrum, double whole) {
    for (double& v : spectrum.values) v = whole * std::pow(10.0, -v);
    spectrum.ordinate = core::Ordinate::transmittance;
    return spectrum;
}

std::vector<std::string> named(const Identification& result) {
    std::vector<std::string> names;
    for (const auto& component : result.components)
        if (component.certainty != Certainty::could_not_tell) names.push_back(component.name);
    std::ranges::sort(names);
    return names;
}

const std::vector<std::string> both{"powder 0", "powder 1"};

TEST(Infrared, NamesTheComponentsAndNeverAsFound) {
    const Identification result = identified(measured({}), infrared_library());
    EXPECT_EQ(named(result), both);
    for (const auto& component : result.components) {
        EXPECT_NE(component.certainty, Certainty::found);
        EXPECT_FALSE(component.false_name_rate);
    }
    EXPECT_THAT(result.quality.messages, testing::Contains(QualityMessage::not_learned));
    EXPECT_FALSE(result.unknown.p_value);
    EXPECT_FALSE(result.unknown.present);
    EXPECT_EQ(result.technique, core::Technique::infrared);
}

TEST(Infrared, GivesTheSharesThatWereMixed) {
    const Identification result = identified(measured({}), infrared_library());
    ASSERT_GE(result.components.size(), 2u);
    EXPECT_NEAR(*result.components[0].share, 0.7, 0.1);
    EXPECT_LE(result.components[0].share_interval->low, 0.7);
    EXPECT_GE(result.components[0].share_interval->high, 0.7);
}

TEST(Infrared, PrintsNoLimitBelowTheUnverifiedFloor) {
    const Identification result = identified(measured({}), infrared_library(), {{"powder 5", {}, {}}});
    ASSERT_EQ(result.not_detected.size(), 1u);
    ASSERT_TRUE(result.not_detected[0].detection_limit_share);
    EXPECT_GE(*result.not_detected[0].detection_limit_share, 0.10);
    EXPECT_FALSE(result.not_detected[0].limit_verified);
}

TEST(Infrared, ReadsTransmittanceInPartsAndInPercent) {
    for (const double whole : {1.0, 100.0})
        EXPECT_EQ(named(identified(transmittance(measured({}), whole), infrared_library())), both);
}

TEST(Infrared, RefusesATransmittanceThatDoesNotSaySo) {
    core::Spectrum spectrum = transmittance(measured({}), 100.0);
    spectrum.ordinate = core::Ordinate::arbitrary;
    const auto result = spectra::identify::identify(spectrum, *infrared_library(), {});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().fault, core::Fault::wrong_format);
    EXPECT_THAT(result.error().remedy, testing::HasSubstr("absorbance"));
}

TEST(Infrared, IsNotMisledByCarbonDioxideOrADryOffset) {
    Mixture mixture;
    mixture.more = [](double x) {
        const double u = (x - 2345.0) / 15.0, q = (x - 667.4) / 3.0;
        return 0.8 * std::exp(-0.5 * u * u) - 0.3 * std::exp(-0.5 * q * q) - 0.2;
    };
    const Identification result = identified(measured(mixture), infrared_library());
    EXPECT_EQ(named(result), both);
    EXPECT_FALSE(result.unknown.present);
}

// Narrow lines at random places where water vapour has its own.
double vapour(double x) {
    static const std::vector<Line> lines = [] {
        std::mt19937_64 random(9);
        std::uniform_real_distribution<double> part(0.0, 1.0);
        std::vector<Line> drawn;
        for (int i = 0; i < 160; ++i)
            drawn.push_back({1350.0 + 550.0 * part(random), 0.02 + 0.1 * part(random), 2.0});
        for (int i = 0; i < 120; ++i)
            drawn.push_back({3550.0 + 400.0 * part(random), 0.02 + 0.1 * part(random), 2.0});
        return drawn;
    }();
    double sum = 0.0;
    for (const Line& line : lines)
        if (std::abs(x - line.place) < 12.0)
            sum += line.height * std::exp(-0.5 * (x - line.place) * (x - line.place) / (line.sigma * line.sigma));
    return sum;
}

TEST(Infrared, TrustsTheBendOfVapourAsLittleAsItIsDisturbed) {
    const auto at = [](const spectra::identify::Vector& added, double place) {
        return added[static_cast<Eigen::Index>((place - 600.0) / 4.0)];
    };
    const core::Axis grid = core::Axis::uniform(core::AxisKind::wavenumber_cm1, 600.0, 4.0, 776);
    const auto settings = *spectra::identify::settings_for(core::Technique::infrared);
    core::Spectrum dry = measured({});
    dry.sigma.assign(dry.size(), 0.002);
    EXPECT_LT(spectra::identify::added_deviation(dry, grid, settings).maxCoeff(), 0.004);
    Mixture mixture;
    mixture.more = vapour;
    core::Spectrum damp = measured(mixture);
    damp.sigma.assign(damp.size(), 0.002);
    const auto added = spectra::identify::added_deviation(damp, grid, settings);
    EXPECT_GT(at(added, 1600.0), 0.02);
    EXPECT_EQ(at(added, 1200.0), 0.0);
    EXPECT_EQ(at(added, 2900.0), 0.0);
}

TEST(Infrared, NamesTheSameThroughVapourAndLiquidWater) {
    Mixture mixture;
    mixture.more = vapour;
    const Identification damp = identified(measured(mixture), infrared_library());
    EXPECT_EQ(named(damp), both);
    EXPECT_FALSE(damp.unknown.present);
    mixture.more = [](double x) {
        const double bend = (x - 1643.5) / 34.0, a = (x - 3270.0) / 105.0, b = (x - 3455.0) / 100.0;
        return 0.1 * std::exp(-0.5 * bend * bend) + 0.4 * std::exp(-0.5 * a * a) + 0.4 * std::exp(-0.5 * b * b);
    };
    const Identification wet = identified(measured(mixture), infrared_library());
    EXPECT_EQ(named(wet), both);
    ASSERT_FALSE(wet.curves.backgrounds.empty());
    EXPECT_EQ(wet.curves.backgrounds[0].name, "water");
    const auto top = [](const Identification& result) {
        double greatest = 0.0;
        for (const double value : result.curves.backgrounds[0].values)
            if (value > greatest) greatest = value;
        return greatest;
    };
    EXPECT_GT(top(wet), 0.04);
    EXPECT_LT(top(damp), 0.01);
}

TEST(Infrared, MatchesATotalReflectionToALibraryOfTransmissions) {
    core::Spectrum spectrum = measured({});
    for (std::size_t i = 0; i < spectrum.size(); ++i) spectrum.values[i] *= 1000.0 / spectrum.axis[i];
    const Identification result = identified(spectrum, infrared_library());
    EXPECT_EQ(named(result), both);
    EXPECT_THAT(result.quality.messages, testing::Contains(QualityMessage::depth_matched));
    EXPECT_THAT(identified(measured({}), infrared_library()).quality.messages,
                testing::Not(testing::Contains(QualityMessage::depth_matched)));
}

TEST(Infrared, LeavesOutBandsThatAreBlack) {
    Mixture mixture;
    mixture.more = [](double x) { return std::abs(x - 1000.0) < 40.0 ? 5.0 : 0.0; };
    const Identification result = identified(transmittance(measured(mixture), 1.0), infrared_library());
    EXPECT_TRUE(result.quality.usable);
    EXPECT_THAT(result.quality.messages, testing::Contains(QualityMessage::saturated));
    EXPECT_EQ(named(result), both);
}

TEST(Infrared, RefusesARamanLibraryAndTheReverse) {
    const auto drawn = substances(3, 1);
    const LibraryPtr raman = prepared(reference_set(drawn));
    const auto one = spectra::identify::identify(measured({}), *raman, {});
    ASSERT_FALSE(one);
    EXPECT_EQ(one.error().fault, core::Fault::wrong_technique);
    EXPECT_THAT(one.error().remedy, testing::HasSubstr("library"));
    const auto other = spectra::identify::identify(measure(drawn, {{{0, 1.0}}}, 1), *infrared_library(), {});
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().fault, core::Fault::wrong_technique);
}

// Near infrared: the same bands, spread over 4000 to 11000 cm⁻¹ and ten times as wide.
double overtone(const Drawn& drawn, double x) {
    double sum = 0.0;
    for (const Line& line : drawn.lines) {
        const double u = (x - (4300.0 + 5.0 * (line.place - 600.0))) / (6.0 * line.sigma);
        sum += line.height * std::exp(-0.5 * u * u);
    }
    return sum;
}

core::Axis nanometres() {
    return core::Axis::uniform(core::AxisKind::wavelength_device_nm, 900.0, 2.0, 801);
}

TEST(NearInfrared, ComparesAxesInNanometresAndInWavenumbers) {
    const auto by_wavelength = set_of(core::Technique::near_infrared, nanometres(),
                                      [](const Drawn& one, double nm) { return overtone(one, 1e7 / nm); });
    const auto by_wavenumber =
        set_of(core::Technique::near_infrared, core::Axis::uniform(core::AxisKind::wavenumber_cm1, 4000.0, 8.0, 876),
               overtone);
    core::Spectrum spectrum;
    spectrum.axis = nanometres();
    spectrum.technique = core::Technique::near_infrared;
    spectrum.ordinate = core::Ordinate::absorbance;
    spectrum.noise = core::NoiseBasis::estimated;
    const auto list = absorbers();
    std::mt19937_64 random(3);
    std::normal_distribution<double> normal;
    for (const double nm : spectrum.axis.values())
        spectrum.values.push_back(0.4 + 1e-4 * nm + 0.3 * overtone(list[0], 1e7 / nm) +
                                  0.2 * overtone(list[1], 1e7 / nm) + 5e-4 * normal(random));
    for (const auto& set : {by_wavelength, by_wavenumber}) {
        const Identification result = identified(spectrum, prepared(set));
        EXPECT_EQ(named(result), both);
        EXPECT_THAT(result.quality.messages, testing::Contains(QualityMessage::not_learned));
    }
}

TEST(Absorbance, IsTheLogarithmAndCarriesItsNoise) {
    core::Spectrum spectrum;
    spectrum.axis = core::Axis::uniform(core::AxisKind::wavenumber_cm1, 600.0, 1.0, 5);
    spectrum.values = {1.0, 0.1, 0.5, -0.2, 1.1};
    spectrum.sigma = {0.01, 0.01, 0.01, 0.01, 0.01};
    spectrum.ordinate = core::Ordinate::transmittance;
    const auto result = spectra::process::absorbance(spectrum);
    ASSERT_TRUE(result);
    EXPECT_NEAR(result->values[0], 0.0, 1e-12);
    EXPECT_NEAR(result->values[1], 1.0, 1e-12);
    EXPECT_NEAR(result->values[2], 0.30103, 1e-5);
    EXPECT_TRUE(std::isnan(result->values[3]));
    EXPECT_NEAR(result->values[4], -0.0413927, 1e-6);
    EXPECT_NEAR(result->sigma[1], 0.01 / (0.1 * 2.302585), 1e-6);
    EXPECT_NEAR(result->saturated_fraction, 0.2, 1e-12);
    EXPECT_EQ(result->ordinate, core::Ordinate::absorbance);
}

TEST(Absorbance, RefusesWhatLetsNoLightThrough) {
    core::Spectrum spectrum;
    spectrum.axis = core::Axis::uniform(core::AxisKind::wavenumber_cm1, 600.0, 1.0, 4);
    spectrum.values = {0.0, 0.0, 0.0, 1.0};
    spectrum.ordinate = core::Ordinate::transmittance;
    const auto result = spectra::process::absorbance(spectrum);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().fault, core::Fault::saturated);
}

}  // namespace
}  // namespace singel::tests
