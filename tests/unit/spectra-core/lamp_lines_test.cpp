#include "spectra/core/lamp_lines.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

using namespace singel::spectra::core;

namespace {

double nearest(Lamp lamp, double nm) {
    double best = 1e9;
    for (const LampLine& line : lamp_lines(lamp))
        if (std::abs(line.wavelength.value - nm) < std::abs(best - nm)) best = line.wavelength.value;
    return best;
}

}  // namespace

TEST(LampLines, RiseInWavelengthForEveryLamp) {
    for (Lamp lamp : {Lamp::neon, Lamp::argon, Lamp::krypton, Lamp::xenon, Lamp::mercury, Lamp::mercury_argon}) {
        const auto lines = lamp_lines(lamp);
        ASSERT_GE(lines.size(), 10u) << name(lamp);
        for (std::size_t i = 1; i < lines.size(); ++i) EXPECT_GT(lines[i].wavelength, lines[i - 1].wavelength);
        EXPECT_TRUE(std::ranges::all_of(lines, [](const LampLine& l) { return l.strength > 0.0; }));
    }
}

TEST(LampLines, AreTheAirValuesOfTheNistVacuumList) {
    // Vacuum wavelengths of the NIST database as PypeIt's line lists hold them, Å.
    const std::pair<Lamp, double> vacuum[] = {
        {Lamp::neon, 8379.9093},    {Lamp::neon, 8497.6932},    {Lamp::neon, 8656.7599},    {Lamp::neon, 9204.2841},
        {Lamp::neon, 6404.0180},    {Lamp::argon, 9125.471},    {Lamp::argon, 6967.3520},   {Lamp::argon, 8410.5210},
        {Lamp::krypton, 7603.6384}, {Lamp::krypton, 8779.1607}, {Lamp::krypton, 8931.1447}, {Lamp::xenon, 8821.8324},
        {Lamp::xenon, 8954.7086},   {Lamp::xenon, 9802.3840}};
    // The table is rounded to 0.001 nm; 0.001 nm more for the rounding of the sources.
    for (const auto& [lamp, angstrom] : vacuum) {
        const double air = to_air(VacuumNm{angstrom / 10.0}).value;
        EXPECT_NEAR(nearest(lamp, air), air, 0.0016) << name(lamp);
    }
}

TEST(LampLines, AreKnownBySymbolAndName) {
    EXPECT_EQ(lamp_named("ne"), Lamp::neon);
    EXPECT_EQ(lamp_named("hg-ar"), Lamp::mercury_argon);
    EXPECT_EQ(lamp_named("krypton"), Lamp::krypton);
    EXPECT_FALSE(lamp_named("sodium"));
    EXPECT_FALSE(lamp_named(""));
}
