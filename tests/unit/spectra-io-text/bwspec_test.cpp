#include <gmock/gmock.h>
#include <string>

#include "parse.hpp"

using namespace singel::spectra;

namespace {

std::string file(const std::string& separator_of_decimals) {
    std::string text =
        "File Version;BWSpec4.11_1\nDate;2022-03-10 13:30:00\nmodel;BTC162E\noperator;Jane Doe\n"
        "intigration times(ms);50\nlaser_wavelength;784.82\npixel_num;22\n"
        "Pixel;Wavelength;Wavenumber;Raman Shift;Dark;Reference;Raw data #1;Dark Subtracted #1;\n";
    for (int i = 0; i < 22; ++i) {
        const std::string n = std::to_string(i);
        const bool inside = i >= 2 && i < 20;
        const std::string blank = "   ";
        text += n + ";" + (inside ? std::to_string(800 + i) + ".50" : blank) + ";" +
                (inside ? std::to_string(12000 - i) + ".00" : blank) + ";" +
                (inside ? std::to_string(300 + i) + ".25" : blank) + ";900.0000;65535.0000;" +
                std::to_string(1000 + i) + ".5000;" + std::to_string(100 + i) + ".0000;\n";
    }
    for (std::size_t at = text.find('.'); at != std::string::npos; at = text.find('.', at + 1))
        text.replace(at, 1, separator_of_decimals);
    return text;
}

}  // namespace

class EveryDecimalMark : public testing::TestWithParam<const char*> {};

TEST_P(EveryDecimalMark, GivesTheSameBwspecSpectrum) {
    const auto m = parsed(file(GetParam())).at(0);
    ASSERT_EQ(m.raw.size(), 18u);
    EXPECT_EQ(m.raw.axis.kind(), core::AxisKind::raman_shift_cm1);
    EXPECT_DOUBLE_EQ(m.raw.axis[0], 302.25);
    EXPECT_DOUBLE_EQ(m.wavelengths[0], 802.5);
    EXPECT_DOUBLE_EQ(m.raw.values[0], 1002.5);
    EXPECT_DOUBLE_EQ(m.scan().values[0], 102.5);
    EXPECT_DOUBLE_EQ(m.processed.values[0], 102.0);
    EXPECT_EQ(m.first_pixel, 2u);
    EXPECT_EQ(m.integration_time, std::chrono::milliseconds(50));
    EXPECT_EQ(m.excitation, core::DeviceNm{784.82});
    EXPECT_EQ(m.raw.provenance.instrument.model, "BTC162E");
}

INSTANTIATE_TEST_SUITE_P(Bwspec, EveryDecimalMark, testing::Values(".", ","));

TEST(Bwspec, RefusesAFileWithoutRawData) {
    std::string text = file(".");
    text.replace(text.find("Raw data #1"), 11, "Something  ");
    EXPECT_THAT(refused(text).what, testing::HasSubstr("Raw data #1"));
}

TEST(Bwspec, RefusesAGapInTheAxis) {
    std::string text = file(".");
    text.replace(text.find("310.25"), 6, "      ");
    EXPECT_EQ(refused(text).fault, core::Fault::wrong_format);
}
