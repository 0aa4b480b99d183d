#include <cmath>
#include <gmock/gmock.h>
#include <string>

#include "parse.hpp"

using namespace singel::spectra;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

std::string block(const std::string& head, const std::string& table, const std::string& end = "##END=\n") {
    return "##TITLE= sugar\n##JCAMP-DX= 4.24 $$ written by hand\n" + head + table + end;
}

const std::string raman_head =
    "##DATA TYPE= RAMAN SPECTRUM\n##ORIGIN= somewhere\n##OWNER= Jane Doe\n##XUNITS= 1/CM\n##YUNITS= ARBITRARY UNITS\n"
    "##FIRSTX= 400\n##LASTX= 406\n##NPOINTS= 4\n##XFACTOR= 1\n##YFACTOR= 0.5\n##FIRSTY= 5\n";
const std::string raman_table = "##XYDATA= (X++(Y..Y))\n400 10 12\n404 14 16\n";

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const std::size_t at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), by);
}

}  // namespace

TEST(Jcamp, ReadsABlockWithItsFactorsAndUnits) {
    const auto m = parsed(block(raman_head, raman_table)).at(0);
    EXPECT_EQ(m.title, "sugar");
    EXPECT_EQ(m.processed.technique, core::Technique::raman);
    EXPECT_EQ(m.processed.axis.kind(), core::AxisKind::raman_shift_cm1);
    EXPECT_THAT(m.processed.values, testing::ElementsAre(5, 6, 7, 8));
    EXPECT_DOUBLE_EQ(m.processed.axis[1], 402.0);
    EXPECT_EQ(m.processed.noise, core::NoiseBasis::none);
    EXPECT_THAT(m.warnings, IsEmpty());
}

TEST(Jcamp, TellsInfraredFromRamanByDataType) {
    const auto head = replaced(replaced(raman_head, "RAMAN", "INFRARED"), "ARBITRARY UNITS", "TRANSMITTANCE");
    const auto m = parsed(block(head, raman_table)).at(0);
    EXPECT_EQ(m.processed.technique, core::Technique::infrared);
    EXPECT_EQ(m.processed.axis.kind(), core::AxisKind::wavenumber_cm1);
    EXPECT_EQ(m.processed.ordinate, core::Ordinate::transmittance);
}

TEST(Jcamp, ComparesLabelsWithoutCaseAndPunctuation) {
    auto text = block(raman_head, raman_table);
    text = replaced(text, "##DATA TYPE=", "## Data_Type =");
    text = replaced(text, "##XYDATA=", "##xy-data =");
    EXPECT_EQ(parsed(text).at(0).processed.technique, core::Technique::raman);
}

TEST(Jcamp, RefusesAWrongNumberOfPoints) {
    const auto error = refused(replaced(block(raman_head, raman_table), "NPOINTS= 4", "NPOINTS= 5"));
    EXPECT_EQ(error.fault, core::Fault::wrong_format);
    EXPECT_THAT(error.what, HasSubstr("4 points where NPOINTS says 5"));
    EXPECT_THAT(error.where, HasSubstr("line 14"));
}

TEST(Jcamp, RefusesAFirstOrdinateThatIsNotFirsty) {
    const auto error = refused(replaced(block(raman_head, raman_table), "FIRSTY= 5", "FIRSTY= 7.5"));
    EXPECT_THAT(error.what, HasSubstr("first ordinate is 5 where FIRSTY says 7.5"));
}

TEST(Jcamp, WarnsOfAnUnscaledFirsty) {
    const auto m = parsed(replaced(block(raman_head, raman_table), "FIRSTY= 5", "FIRSTY= 10")).at(0);
    ASSERT_EQ(m.warnings.size(), 1u);
    EXPECT_THAT(m.warnings[0], HasSubstr("FIRSTY"));
}

TEST(Jcamp, RefusesALineThatBeginsElsewhere) {
    const auto error = refused(replaced(block(raman_head, raman_table), "404 14", "409 14"));
    EXPECT_THAT(error.what, HasSubstr("begins at 409 where point 3 lies at 404"));
    EXPECT_THAT(error.where, HasSubstr("line 16"));
}

TEST(Jcamp, RefusesAMissingLine) {
    auto text = replaced(block(raman_head, "##XYDATA= (X++(Y..Y))\n400 10 12\n408 18 20\n"), "##NPOINTS= 4\n", "");
    text = replaced(text, "##LASTX= 406\n", "##DELTAX= 2\n");
    EXPECT_THAT(refused(text).what, HasSubstr("point 3 lies at 404"));
}

TEST(Jcamp, ForgivesAWrongSignOfDeltax) {
    auto text = replaced(block(raman_head, raman_table), "##LASTX= 406\n", "##DELTAX= -2\n");
    const auto m = parsed(text).at(0);
    EXPECT_DOUBLE_EQ(m.processed.axis[3], 406.0);
    ASSERT_EQ(m.warnings.size(), 1u);
    EXPECT_THAT(m.warnings[0], HasSubstr("DELTAX"));
}

TEST(Jcamp, PrefersDeltaxToARoundedLastx) {
    // 401 points of 0.482 cm⁻¹ end at 592.8; LASTX rounded up to 593 would stretch the axis.
    std::string table = "##XYDATA= (X++(Y..Y))\n";
    for (int i = 0; i <= 400; i += 4) {
        table += std::to_string(400.0 + 0.482 * i);
        for (int k = i; k < std::min(i + 4, 401); ++k) table += " 10";
        table += "\n";
    }
    auto text = replaced(block(raman_head, table), "LASTX= 406", "LASTX= 593\n##DELTAX= 0.482");
    const auto m = parsed(replaced(text, "NPOINTS= 4", "NPOINTS= 401")).at(0);
    EXPECT_NEAR(m.processed.axis[400], 592.8, 1e-6);
}

TEST(Jcamp, WarnsWhenEndIsMissing) {
    const auto m = parsed(block(raman_head, raman_table, "")).at(0);
    ASSERT_EQ(m.warnings.size(), 1u);
    EXPECT_THAT(m.warnings[0], HasSubstr("END"));
}

TEST(Jcamp, ReadsDecimalCommasThatTheHeaderShows) {
    auto text = replaced(block(raman_head, "##XYDATA= (X++(Y..Y))\n400,0 10,5 12,5\n404,0 14,5 16,5\n"),
                         "FIRSTX= 400", "FIRSTX= 400,0");
    const auto m = parsed(replaced(text, "FIRSTY= 5", "FIRSTY= 5,25")).at(0);
    EXPECT_THAT(m.processed.values, testing::ElementsAre(5.25, 6.25, 7.25, 8.25));
}

TEST(Jcamp, KeepsUnknownOrdinatesUnknown) {
    const auto m = parsed(replaced(block(raman_head, raman_table), "400 10 12", "400 10 ?")).at(0);
    EXPECT_TRUE(std::isnan(m.processed.values[1]));
    EXPECT_DOUBLE_EQ(m.processed.values[2], 7.0);
}

TEST(Jcamp, ReadsEveryBlockOfALinkAndKeepsTheGoodOnes) {
    const std::string good = block(raman_head, raman_table);
    const std::string bad = block(raman_head, "##XYDATA= (X++(Y..Y))\n400 10 12\n404 14 !\n");
    const std::string text = "##TITLE= all\n##JCAMP-DX= 4.24\n##DATA TYPE= LINK\n##BLOCKS= 3\n" + good + bad +
                             replaced(good, "sugar", "salt") + "##END=\n";
    const auto all = parsed(text, "link.jdx");
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].title, "sugar");
    EXPECT_EQ(all[1].title, "salt");
    EXPECT_EQ(all[1].processed.provenance.source, "link.jdx#1");
    ASSERT_EQ(all[0].warnings.size(), 1u);
    EXPECT_THAT(all[0].warnings[0], HasSubstr("line 37"));
}

TEST(Jcamp, ReadsPairs) {
    const auto text = replaced(block(raman_head, "##XYPOINTS= (XY..XY)\n400, 10\n402, 12; 404.5, 14\n406, 16\n"),
                               "YFACTOR= 0.5", "YFACTOR= 1");
    const auto m = parsed(replaced(text, "FIRSTY= 5", "FIRSTY= 10")).at(0);
    EXPECT_DOUBLE_EQ(m.processed.axis[2], 404.5);
    EXPECT_THAT(m.processed.values, testing::ElementsAre(10, 12, 14, 16));
}

TEST(Jcamp, NumbersThePointsOfAnAxisThatIsNotOptical) {
    const auto m = parsed(replaced(block(raman_head, raman_table), "1/CM", "HZ")).at(0);
    EXPECT_EQ(m.processed.axis.kind(), core::AxisKind::pixel);
    EXPECT_THAT(m.warnings.at(0), HasSubstr("'HZ'"));
}

TEST(Jcamp, RefusesWhatIsNoSpectrum) {
    EXPECT_THAT(refused(block(raman_head, "##PEAK TABLE= (XY..XY)\n400, 10\n")).what, HasSubstr("peak table"));
    const auto tuples = refused(block(raman_head, "##NTUPLES= NMR FID\n##VAR_NAME= X\n"));
    EXPECT_EQ(tuples.fault, core::Fault::unsupported);
    EXPECT_THAT(refused(block(raman_head, "##XYDATA= (R++(A..A))\n400 10\n")).what, HasSubstr("'(R++(A..A))'"));
    EXPECT_THAT(refused(block(raman_head, "")).what, HasSubstr("no block"));
    EXPECT_THAT(refused(block(raman_head, "##XYDATA= (X++(Y..Y))\n")).what, HasSubstr("0 points"));
}

TEST(Jcamp, NeverReadsTheOwner) {
    const auto m = parsed(block(raman_head, raman_table)).at(0);
    EXPECT_THAT(m.title + m.processed.provenance.source + m.processed.provenance.instrument.model,
                testing::Not(HasSubstr("Jane")));
}
