#include "gui/models/picture.hpp"

#include <QAbstractItemModelTester>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>

#include "gui/models/limits_model.hpp"
#include "tests/support/gui_samples.hpp"

namespace singel::gui {
namespace {

namespace core = spectra::core;

core::Spectrum spectrum(std::vector<double> values, double step = 10.0) {
    core::Spectrum out;
    out.axis = core::Axis::uniform(core::AxisKind::raman_shift_cm1, 100.0, step, values.size());
    out.values = std::move(values);
    return out;
}

TEST(LivePicture, LeavesOutWhatIsNotANumber) {
    const double nan = std::nan(""), infinity = std::numeric_limits<double>::infinity();
    const LivePicture picture = live_picture(spectrum({1.0, nan, 3.0, infinity, 5.0}));
    ASSERT_EQ(picture.points.size(), 3);
    EXPECT_EQ(picture.points[1], QPointF(120.0, 3.0));
    EXPECT_TRUE(std::isfinite(picture.y.low) && std::isfinite(picture.y.high));
}

TEST(LivePicture, RunsFromLeftToRightWhateverTheAxis) {
    const LivePicture picture = live_picture(spectrum({1.0, 2.0, 3.0}, -10.0));
    EXPECT_EQ(picture.points.first(), QPointF(80.0, 3.0));
    EXPECT_EQ(picture.x.low, 80.0);
    EXPECT_EQ(picture.x.high, 100.0);
}

TEST(LivePicture, HasARangeEvenWhenThereIsNothingToSee) {
    for (const auto& values : {std::vector<double>{0.0, 0.0, 0.0}, {std::nan(""), std::nan("")}}) {
        const LivePicture picture = live_picture(spectrum(values));
        EXPECT_LT(picture.y.low, picture.y.high);
        EXPECT_LT(picture.x.low, picture.x.high);
    }
}

TEST(FitPicture, StacksTheComponentsUpToTheFit) {
    const FitPicture picture = fit_picture(tests::sample_record().identification);
    ASSERT_EQ(picture.layers.size(), 2U);
    EXPECT_EQ(picture.layers[0].name, "caffeine");
    for (qsizetype i = 0; i < picture.fit.size(); ++i) {
        EXPECT_DOUBLE_EQ(picture.layers[1].bottom[i].y(), picture.layers[0].top[i].y());
        EXPECT_NEAR(picture.layers[1].top[i].y(), picture.fit[i].y(), 1e-9);
    }
}

TEST(FitPicture, PutsWhatIsTooManyIntoOneLastLayer) {
    auto identification = tests::sample_record().identification;
    const auto curve = identification.curves.components[0];
    for (int i = 0; i < 6; ++i) identification.curves.components.push_back(curve);
    const FitPicture picture = fit_picture(identification);
    ASSERT_EQ(picture.layers.size(), most_layers);
    EXPECT_EQ(picture.layers.back().name, "");
    const double all = 7.0 * curve[700] + identification.curves.components[1][700];
    EXPECT_NEAR(picture.layers.back().top[700].y(), all, 1e-9);
}

TEST(FitPicture, OfNothingIsEmpty) {
    EXPECT_TRUE(fit_picture({}).empty());
}

TEST(StrongestBands, AreSeparateAndInOrder) {
    const FitPicture picture = fit_picture(tests::sample_record().identification);
    const auto bands = strongest_bands(picture.fit, 3);
    ASSERT_EQ(bands.size(), 3U);
    EXPECT_NEAR(bands[0], 1328.0, 3.0);
    EXPECT_NEAR(bands[1], 555.0, 1.5);
    EXPECT_NEAR(bands[2], 1237.0, 1.5);
    EXPECT_TRUE(strongest_bands({}, 3).empty());
}

TEST(RoundDownToNice, GivesOneTwoOrFiveTimesATen) {
    EXPECT_EQ(round_down_to_nice(7.3), 5.0);
    EXPECT_EQ(round_down_to_nice(49.9), 20.0);
    EXPECT_EQ(round_down_to_nice(100.0), 100.0);
    EXPECT_EQ(round_down_to_nice(0.2), 1.0);
    EXPECT_EQ(round_down_to_nice(std::nan("")), 1.0);
}

TEST(LimitsModel, ShowsTheGreatestLimitFirstAndOnlyKnownOnes) {
    LimitsModel model(wording::english());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.show(tests::sample_record().verdict);
    ASSERT_EQ(model.rowCount(), 3);
    EXPECT_EQ(model.index(0, LimitsModel::substance).data().toString(), "Fentanyl");
    EXPECT_EQ(model.index(0, LimitsModel::limit).data().toString(), QString("9%1%").arg(QChar(0x00a0)));
    EXPECT_TRUE(model.index(0, 0).data(Qt::AccessibleTextRole).toString().startsWith("We did not see fentanyl"));
    EXPECT_EQ(model.index(2, LimitsModel::substance).data().toString(), "Amphetamine");
}

}  // namespace
}  // namespace singel::gui
