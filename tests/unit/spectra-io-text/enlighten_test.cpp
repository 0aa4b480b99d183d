#include <cmath>
#include <gmock/gmock.h>
#include <string>

#include "parse.hpp"

using namespace singel::spectra;
using testing::HasSubstr;

namespace {

// A file as ENLIGHTEN writes it, with 20 pixels of which the first two lie outside the region.
std::string file(const std::string& columns = "Pixel,Wavelength,Wavenumber,Processed,Raw,Dark",
                 std::size_t rows = 20) {
    std::string text =
        "ENLIGHTEN Version,4.1.22\nMeasurement ID,20250220-201244-278517-WP-1\nSerial Number,WP-1\nModel,WP-785X\n"
        "Label,Jane Doe\nNote,lives at 1 Main Street\nIntegration Time,287\nTimestamp,2025-02-20 20:12:44.278517\n"
        "Wavenumber Correction,0.5\nLaser Wavelength,785.0\nPixel Count,20\n\n";
    text += columns + "\n";
    for (std::size_t i = 0; i < rows; ++i) {
        const std::string n = std::to_string(i);
        text += n + "," + std::to_string(800 + i) + ".25," + std::to_string(200 + i) + ".5," +
                (i < 2 ? "NA" : std::to_string(10 * i)) + "," + std::to_string(1000 + 2 * i) + ".25,900.25\n";
    }
    return text;
}

std::string without(std::string text, const std::string& part) {
    text.erase(text.find(part), part.size());
    return text;
}

}  // namespace

TEST(Enlighten, ReadsEveryColumnWithItsMeaning) {
    const auto m = parsed(file(), "folder/sugar.csv").at(0);
    EXPECT_EQ(m.title, "sugar");
    EXPECT_EQ(m.raw.axis.kind(), core::AxisKind::raman_shift_cm1);
    EXPECT_EQ(m.raw.size(), 20u);
    EXPECT_DOUBLE_EQ(m.raw.axis[3], 203.5);
    EXPECT_DOUBLE_EQ(m.raw.values[3], 1006.25);
    EXPECT_DOUBLE_EQ(m.dark.values[3], 900.25);
    EXPECT_DOUBLE_EQ(m.processed.values[3], 30.0);
    EXPECT_TRUE(std::isnan(m.processed.values[1]));
    EXPECT_EQ(m.wavelengths.kind(), core::AxisKind::wavelength_device_nm);
    EXPECT_DOUBLE_EQ(m.wavelengths[3], 803.25);
    EXPECT_EQ(m.integration_time, std::chrono::milliseconds(287));
    EXPECT_EQ(m.excitation, core::DeviceNm{785.0});
    EXPECT_EQ(m.raw.provenance.instrument.model, "WP-785X");
    EXPECT_EQ(m.raw.provenance.instrument.serial, "WP-1");
    EXPECT_EQ(m.raw.provenance.source, "folder/sugar.csv#0");
}

TEST(Enlighten, KeepsTheMarkOfASimulatedInstrument) {
    EXPECT_FALSE(parsed(file()).at(0).raw.provenance.instrument.simulated);
    EXPECT_TRUE(parsed("ENLIGHTEN Version,none\nSimulated,yes: not a test\n" + file())
                    .at(0)
                    .raw.provenance.instrument.simulated);
}

TEST(Enlighten, ScanIsRawMinusDarkWithHonestNoise) {
    const auto scan = parsed(file()).at(0).scan();
    EXPECT_DOUBLE_EQ(scan.values[3], 106.0);
    EXPECT_EQ(scan.noise, core::NoiseBasis::estimated);
    EXPECT_EQ(scan.ordinate, core::Ordinate::counts);
    EXPECT_EQ(scan.technique, core::Technique::raman);
}

TEST(Enlighten, ProcessedValuesAloneHaveNoHonestNoise) {
    std::string text = file("Pixel,Ignored,Wavenumber,Processed");
    const auto scan = parsed(text).at(0).scan();
    EXPECT_DOUBLE_EQ(scan.values[3], 30.0);
    EXPECT_EQ(scan.noise, core::NoiseBasis::none);
}

TEST(Enlighten, NeverReadsPersonsAndTimes) {
    const auto m = parsed(file()).at(0);
    for (const auto& part : {m.title, m.raw.provenance.source, m.raw.provenance.instrument.model}) {
        EXPECT_THAT(part, testing::Not(HasSubstr("Jane")));
        EXPECT_THAT(part, testing::Not(HasSubstr("2025")));
    }
    EXPECT_TRUE(m.raw.provenance.steps.empty());
}

TEST(Enlighten, ColumnsMayStandInAnyOrder) {
    const auto m = parsed(file("Pixel,Wavelength,Wavenumber,Dark,Processed,Raw")).at(0);
    EXPECT_TRUE(std::isnan(m.dark.values[1]));
    EXPECT_DOUBLE_EQ(m.processed.values[3], 1006.25);
    EXPECT_DOUBLE_EQ(m.raw.values[3], 900.25);
}

TEST(Enlighten, ComputesTheShiftWhereOnlyWavelengthsAreGiven) {
    const auto m = parsed(file("Pixel,Wavelength,Other,Processed,Raw,Dark")).at(0);
    ASSERT_EQ(m.raw.axis.kind(), core::AxisKind::raman_shift_cm1);
    // 1e7 (1/785 - 1/803.25) and the maker's correction of 0.5 cm⁻¹.
    EXPECT_NEAR(m.raw.axis[3], 1e7 / 785.0 - 1e7 / 803.25 + 0.5, 1e-9);
}

TEST(Enlighten, KeepsWavelengthsOfAnInstrumentWithoutLaser) {
    const auto text = without(file("Pixel,Wavelength,Other,Processed,Raw,Dark"), "Laser Wavelength,785.0\n");
    const auto m = parsed(text).at(0);
    EXPECT_EQ(m.raw.axis.kind(), core::AxisKind::wavelength_device_nm);
    EXPECT_EQ(m.raw.technique, core::Technique::unknown);
}

TEST(Enlighten, CountsClippedRawPixels) {
    std::string text = file();
    text.replace(text.find("1006.25"), 7, "65535.0");
    const auto m = parsed(text).at(0);
    EXPECT_DOUBLE_EQ(m.scan().saturated_fraction, 1.0 / 20.0);
}

TEST(Enlighten, RefusesATruncatedFile) {
    const auto error = refused(file("Pixel,Wavelength,Wavenumber,Processed,Raw,Dark", 18));
    EXPECT_EQ(error.fault, core::Fault::wrong_format);
    EXPECT_THAT(error.what, HasSubstr("18 of 20 pixels"));
    std::string cut = file();
    cut.resize(cut.size() - 12);
    EXPECT_THAT(refused(cut).where, HasSubstr("line 33"));
}

TEST(Enlighten, NamesTheLineThatIsNoNumber) {
    std::string text = file();
    text.replace(text.find("1006.25"), 7, "1006.2S");
    const auto error = refused(text, "a.csv");
    EXPECT_THAT(error.what, HasSubstr("'1006.2S' under 'raw'"));
    EXPECT_EQ(error.where, "a.csv, line 17");
}

TEST(Enlighten, RefusesAnAxisThatTurnsBack) {
    std::string text = file();
    text.replace(text.find("205.5"), 5, "199.5");
    EXPECT_THAT(refused(text).what, HasSubstr("turns back"));
}
