#include "gui/bridge.hpp"

#include <QElapsedTimer>
#include <QTest>
#include <gtest/gtest.h>
#include <thread>

#include "tests/support/gui_samples.hpp"

namespace singel::gui {
namespace {

using acquisition::Light;
using acquisition::Snapshot;
using acquisition::SnapshotPtr;
using acquisition::Stage;

SnapshotPtr numbered(std::uint64_t sequence, Stage stage, Light light = Light::off) {
    Snapshot snapshot;
    snapshot.sequence = sequence;
    snapshot.stage = stage;
    snapshot.light = light;
    return std::make_shared<const Snapshot>(snapshot);
}

class TheBridge : public testing::Test {
protected:
    void SetUp() override {
        QObject::connect(&bridge_, &Bridge::snapshot_arrived, &bridge_, [this](const SnapshotPtr& snapshot) {
            EXPECT_EQ(QThread::currentThread(), qApp->thread());
            seen_.push_back(snapshot);
        });
    }

    bool wait_for(std::uint64_t sequence) {
        return QTest::qWaitFor([&] { return !seen_.empty() && seen_.back()->sequence == sequence; }, 5000);
    }

    Bridge bridge_;
    std::vector<SnapshotPtr> seen_;
};

TEST_F(TheBridge, DeliversTheLastOfManyAndFewOfThem) {
    std::thread runtime([&] {
        for (std::uint64_t i = 1; i <= 5000; ++i) bridge_.receive(numbered(i, Stage::measuring));
    });
    runtime.join();
    ASSERT_TRUE(wait_for(5000));
    EXPECT_LT(seen_.size(), 10U);
}

TEST_F(TheBridge, NeverSkipsAChangeOfStageOrOfTheLaser) {
    std::thread runtime([&] {
        bridge_.receive(numbered(1, Stage::ready));
        bridge_.receive(numbered(2, Stage::dark));
        bridge_.receive(numbered(3, Stage::measuring, Light::on));
        bridge_.receive(numbered(4, Stage::measuring, Light::on));
        bridge_.receive(numbered(5, Stage::measuring, Light::may_be_on));
        bridge_.receive(numbered(6, Stage::measuring, Light::off));
        bridge_.receive(numbered(7, Stage::done));
    });
    runtime.join();
    ASSERT_TRUE(wait_for(7));
    std::vector<std::uint64_t> order;
    for (const auto& snapshot : seen_) order.push_back(snapshot->sequence);
    EXPECT_EQ(order, (std::vector<std::uint64_t>{1, 2, 4, 5, 6, 7}));
}

TEST_F(TheBridge, RepaintsALiveViewAtMostTwentyFiveTimesASecond) {
    QElapsedTimer clock;
    clock.start();
    std::uint64_t i = 0;
    while (clock.elapsed() < 400) {
        bridge_.receive(numbered(++i, Stage::measuring));
        QCoreApplication::processEvents();
    }
    const auto elapsed = clock.elapsed();
    ASSERT_TRUE(wait_for(i));
    // One at the start, one for each 40 ms, one for the rest.
    EXPECT_LE(seen_.size(), static_cast<std::size_t>(elapsed / Bridge::frame_period.count()) + 2);
    EXPECT_GE(seen_.size(), 2U);
}

TEST_F(TheBridge, DeliversNothingTwiceAndNothingOutOfOrder) {
    for (std::uint64_t i = 1; i <= 50; ++i) {
        bridge_.receive(numbered(i, i % 2 ? Stage::dark : Stage::measuring));
        QCoreApplication::processEvents();
    }
    ASSERT_TRUE(wait_for(50));
    ASSERT_EQ(seen_.size(), 50U);
    for (std::size_t i = 0; i < seen_.size(); ++i) EXPECT_EQ(seen_[i]->sequence, i + 1);
}

}  // namespace
}  // namespace singel::gui
