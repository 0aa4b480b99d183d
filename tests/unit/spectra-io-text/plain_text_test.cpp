#include <cmath>
#include <gmock/gmock.h>
#include <string>

#include "parse.hpp"

using namespace singel::spectra;
using testing::HasSubstr;

namespace {

// 30 rows of x and y from 300 on in steps of 50.
std::string rows(const std::string& separator, bool decimal_comma = false, int count = 30) {
    std::string text;
    for (int i = 0; i < count; ++i) {
        std::string x = std::to_string(300 + 50 * i) + ".5", y = std::to_string(i) + ".25";
        if (decimal_comma) x[x.find('.')] = ',', y[y.find('.')] = ',';
        text += x;
        text += separator;
        text += y;
        text += "\n";
    }
    return text;
}

}  // namespace

struct Writing {
    const char* separator;
    bool decimal_comma;
};

class EveryWriting : public testing::TestWithParam<Writing> {};

TEST_P(EveryWriting, OfTwoColumnsGivesTheSameSpectrum) {
    const auto m = parsed("Raman shift (cm-1)\n" + rows(GetParam().separator, GetParam().decimal_comma)).at(0);
    ASSERT_EQ(m.processed.size(), 30u);
    EXPECT_EQ(m.processed.axis.kind(), core::AxisKind::raman_shift_cm1);
    EXPECT_DOUBLE_EQ(m.processed.axis[1], 350.5);
    EXPECT_DOUBLE_EQ(m.processed.values[1], 1.25);
    EXPECT_TRUE(m.processed.provenance.steps.empty());
}

INSTANTIATE_TEST_SUITE_P(PlainText, EveryWriting,
                         testing::Values(Writing{"\t", false}, Writing{";", false}, Writing{",", false},
                                         Writing{", ", false}, Writing{"  ", false}, Writing{"\t", true},
                                         Writing{";", true}, Writing{" ", true}));

TEST(PlainText, SaysThatItGuessedTheAxis) {
    const auto m = parsed(rows("\t")).at(0);
    EXPECT_EQ(m.processed.axis.kind(), core::AxisKind::raman_shift_cm1);
    ASSERT_EQ(m.processed.provenance.steps.size(), 1u);
    EXPECT_EQ(m.processed.provenance.steps[0].parameters, "guessed=raman_shift_cm1");
    EXPECT_THAT(m.warnings.at(0), HasSubstr("does not say"));
}

TEST(PlainText, RefusesToGuessWhatSuitsNothing) {
    std::string text;
    for (int i = 0; i < 40; ++i) text += std::to_string(800 + i) + " 5\n";
    const auto error = refused(text);
    EXPECT_THAT(error.what, HasSubstr("does not say what its first column is"));
    EXPECT_THAT(error.remedy, HasSubstr("Wavelength (nm)"));
}

TEST(PlainText, TakesWavelengthAndInfraredFromTheHeader) {
    EXPECT_EQ(parsed("Wavelength (nm), counts\n" + rows(",")).at(0).processed.axis.kind(),
              core::AxisKind::wavelength_device_nm);
    const auto infrared = parsed("wavenumber, absorbance\n" + rows(",")).at(0).processed;
    EXPECT_EQ(infrared.axis.kind(), core::AxisKind::wavenumber_cm1);
    EXPECT_EQ(infrared.technique, core::Technique::infrared);
    EXPECT_EQ(parsed("a line about the environment\n" + rows(",")).at(0).processed.axis.kind(),
              core::AxisKind::raman_shift_cm1);
}

TEST(PlainText, ReadsRruffFiles) {
    const auto m =
        parsed("##NAMES=Calcite\n##OWNER=Jane Doe\n##URL=example.org/R0\n" + rows(", ") + "##END=\n").at(0);
    EXPECT_EQ(m.processed.size(), 30u);
}

TEST(PlainText, ReadsOceanTextUntilItsEnd) {
    const auto m = parsed(
                       "SpectraSuite Data File\nUser: jane\nIntegration Time (usec): 100000\n"
                       ">>>>>Begin Processed Spectral Data<<<<<\n" +
                       rows("\t") + ">>>>>End Processed Spectral Data<<<<<\n")
                       .at(0);
    EXPECT_EQ(m.processed.size(), 30u);
    EXPECT_EQ(m.processed.axis.kind(), core::AxisKind::wavelength_device_nm);
}

TEST(PlainText, KeepsMissingValuesUnknown) {
    std::string text = rows(",");
    text.replace(text.find("1.25"), 4, "NA");
    EXPECT_TRUE(std::isnan(parsed(text).at(0).processed.values[1]));
}

TEST(PlainText, ReadsOneSpectrumARow) {
    std::string head = "components", first = "\"1,2-dichloroethane;ethanol\"", second = "water";
    for (int i = 0; i < 20; ++i) {
        head += "," + std::to_string(239 + 60 * i);
        first += "," + std::to_string(i);
        second += "," + std::to_string(2 * i);
    }
    const auto all = parsed(head + ",comment\n" + first + ",by Jane\n" + second + ",\n");
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].title, "1,2-dichloroethane;ethanol");
    EXPECT_EQ(all[1].processed.size(), 20u);
    EXPECT_DOUBLE_EQ(all[1].processed.values[3], 6.0);
    EXPECT_DOUBLE_EQ(all[1].processed.axis[1], 299.0);
    EXPECT_EQ(all[1].processed.provenance.source, "sample.txt#1");
}

// Found by fuzzing: many fields on the first line of numbers, but not all of them numbers.
TEST(PlainText, RefusesAWideLineWithGaps) {
    EXPECT_THAT(
        refused("20.92,1046.9,,680.1,693.9,692.1,716.4,755.8,765.5,792.1,813.9,820.7,873.8,894.1,894.8,915.8,7\n")
            .what,
        HasSubstr("17 columns"));
}

TEST(PlainText, RefusesTooFewPointsAndSaysHowMany) {
    EXPECT_THAT(refused(rows(",", false, 15)).what, HasSubstr("15 points are no spectrum: at least 16"));
    EXPECT_TRUE(singel::spectra::io::parse_spectra("Raman\n" + rows(",", false, 16), "a"));
}

TEST(PlainText, NamesTheLineThatIsNoNumber) {
    std::string text = rows(",");
    text.replace(text.find("1.25"), 4, "x.25");
    EXPECT_EQ(refused(text).where, "sample.txt, line 2");
    EXPECT_THAT(refused(rows(",") + "1800.5\n").what, HasSubstr("1 columns"));
    EXPECT_THAT(refused(rows(",") + "1800.5,1,2\n").what, HasSubstr("3 columns"));
}

TEST(PlainText, RefusesAnAxisThatTurnsBack) {
    EXPECT_THAT(refused(rows(",") + "301,5\n").what, HasSubstr("turns back"));
}
