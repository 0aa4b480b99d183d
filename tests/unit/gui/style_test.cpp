#include <QRegularExpression>
#include <gtest/gtest.h>

#include "gui/style/palette.hpp"
#include "gui/style/style_sheet.hpp"

namespace singel::gui::style {
namespace {

TEST(Contrast, IsWhatTheStandardsExamplesSay) {
    EXPECT_NEAR(contrast(Qt::black, Qt::white), 21.0, 1e-9);
    EXPECT_NEAR(contrast(Qt::white, Qt::white), 1.0, 1e-12);
    // #777777 on white is the textbook case that just misses 4.5.
    EXPECT_NEAR(contrast(QColor("#777777"), Qt::white), 4.48, 0.005);
    EXPECT_NEAR(contrast(Qt::white, QColor("#777777")), 4.48, 0.005);
}

class EveryPalette : public testing::TestWithParam<bool> {};

TEST_P(EveryPalette, HasEnoughContrastInEachPairInUse) {
    const Palette palette = GetParam() ? dark() : light();
    for (const Pair& pair : pairs_in_use(palette)) {
        EXPECT_GE(contrast(pair.front, pair.back), pair.least)
            << pair.where.toStdString() << ": " << pair.front.name().toStdString() << " on "
            << pair.back.name().toStdString();
    }
}

TEST_P(EveryPalette, HasNoGreenForASample) {
    const Palette p = GetParam() ? dark() : light();
    for (const QColor& colour : {p.red, p.brick, p.canal, p.fit, p.live, p.ochre}) {
        const bool green = colour.green() > colour.red() && colour.green() > colour.blue();
        EXPECT_FALSE(green) << colour.name().toStdString();
    }
}

TEST_P(EveryPalette, FillsEachRoleOfTheStyleSheet) {
    const QString sheet = style_sheet(GetParam() ? dark() : light());
    const auto left = QRegularExpression("\\{[a-z_]+\\}").match(sheet);
    EXPECT_FALSE(left.hasMatch()) << left.captured().toStdString();
}

INSTANTIATE_TEST_SUITE_P(LightAndDark, EveryPalette, testing::Bool());

TEST(StyleSheet, TakesItsColoursFromThePaletteOnly) {
    // With every role in one colour, any other colour left in the sheet was written there by hand.
    Palette p = light();
    for (QColor* colour : {&p.paper, &p.surface, &p.hairline, &p.control_border, &p.quiet, &p.ink, &p.ink_soft,
                           &p.on_dark, &p.canal, &p.brick, &p.red, &p.ochre, &p.band_back}) {
        *colour = QColor("#123456");
    }
    auto colours = QRegularExpression("#[0-9a-fA-F]{6}").globalMatch(style_sheet(p));
    int count = 0;
    while (colours.hasNext()) {
        EXPECT_EQ(colours.next().captured(), "#123456");
        ++count;
    }
    EXPECT_GT(count, 20);
}

TEST(StyleSheet, SetsNoTextBelowSixteenPixels) {
    auto sizes = QRegularExpression("font-size: (\\d+)px").globalMatch(style_sheet(light()));
    while (sizes.hasNext()) EXPECT_GE(sizes.next().captured(1).toInt(), 16);
}

}  // namespace
}  // namespace singel::gui::style
