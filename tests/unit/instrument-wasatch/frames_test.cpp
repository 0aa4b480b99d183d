#include <boost/asio/detached.hpp>
#include <cmath>

#include "spectra/process/pixels.hpp"
#include "tests/unit/instrument-wasatch/bench.hpp"

// FID notes, section 6, and the parts of section 7 that the driver tells others about.
namespace singel::instrument::wasatch::test {
namespace {

using core::Fault;
using testing::HasSubstr;
using namespace std::chrono_literals;

// How much higher the odd pixels are than their even neighbours: the median, so that hot pixels do not count.
double odd_step(const std::vector<double>& counts) {
    std::vector<double> steps;
    for (std::size_t i = 101; i < 400; i += 2) steps.push_back(counts[i] - (counts[i - 1] + counts[i + 1]) / 2);
    std::ranges::nth_element(steps, steps.begin() + 75);
    return steps[75];
}

TEST(InGaAs, HasTwoAmplifiersThatItsDescriptionLevels) {
    Bench bench("WP-1064");
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        co_await b.unit->apply(Settings{500ms, core::Trigger::on_request});
        const core::Frame frame = co_await b.unit->capture();
        const std::vector<double> raw(frame.counts.begin(), frame.counts.end());
        EXPECT_TRUE(b.unit->description().odd_pixels.has_value());
        if (!b.unit->description().odd_pixels) co_return;
        EXPECT_GT(odd_step(raw), 500) << "raw counts stay raw";
        const auto level = spectra::process::level_odd_pixels(raw, *b.unit->description().odd_pixels);
        EXPECT_NEAR(odd_step(level), 0, 25);
        co_await b.unit->close();
    });
}

TEST(InGaAs, LosesNoFrameToAMarkInTheWrongPlace) {
    Bench bench("WP-1064");
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        co_await b.unit->capture();
        const auto before = b.unit->counters();
        b.inject(FaultKind::rotated_frame);
        const core::Frame frame = co_await b.unit->capture();
        EXPECT_EQ(frame.counts[0], 0xFFFFu);
        EXPECT_EQ(b.unit->counters().stale_discarded, before.stale_discarded + 1);
        EXPECT_EQ(b.unit->counters().frames_lost, 0u);
        EXPECT_THAT(b.unit->description().bad_pixels, testing::Contains(0u)) << "the mark is no light";
        co_await b.unit->close();
    });
}

TEST(TensOfMilliseconds, AreTheStepOfAUnitThatCountsInThem) {
    Bench bench("WP-830");
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        EXPECT_EQ(b.unit->description().integration.step, 10ms);
        EXPECT_EQ(b.unit->description().integration.min, 10ms);
        const auto in_force = co_await b.unit->apply(Settings{26ms, core::Trigger::on_request});
        EXPECT_EQ(in_force.integration_time, 30ms);
        co_await b.unit->capture();
        EXPECT_EQ(b.truth().last_frame.integration, 30ms);
        co_await b.unit->close();
    });
}

TEST(FlatFrames, AreThrownAwayFromASensorThatSleepsAndFromNoOther) {
    Bench sleeping("WP-785XS"), waking("WP-785");
    const auto body = [](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        co_await b.unit->capture();
        b.inject(FaultKind::flat_frame);
        const core::Frame frame = co_await b.unit->capture();
        const bool flat = std::all_of(frame.counts.begin(), frame.counts.end(),
                                      [&](std::uint32_t count) { return count == frame.counts.front(); });
        const bool sleeps = b.device->descriptors().product_id == fid::product_arm;
        EXPECT_EQ(flat, !sleeps);
        co_await b.unit->close();
    };
    sleeping.run(body);
    waking.run(body);
}

TEST(LostRequest, IsRepeatedAndSaidToHaveBeen) {
    Bench bench("WP-785");
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        co_await b.unit->apply(Settings{20ms, core::Trigger::on_request});
        co_await b.unit->capture();
        co_await b.link->wait(10ms);
        b.inject(FaultKind::lose, 1);  // the thermometer was asked a moment ago
        co_await b.unit->capture();
        EXPECT_EQ(b.unit->counters().frames_lost, 0u);
        EXPECT_EQ(b.unit->recoveries().size(), 1u);
        if (!b.unit->recoveries().empty()) {
            EXPECT_EQ(b.unit->recoveries().front().step, "acquire again");
            EXPECT_TRUE(b.unit->recoveries().front().helped);
        }
        const auto asked = b.link->now();
        co_await b.unit->capture();
        EXPECT_GE(b.truth().last_frame.begun, asked) << "nothing of the first request is left over";
        co_await b.unit->close();
    });
}

TEST(SecondHalf, ThatStallsAloneLosesOneFrameAndNothingElse) {
    Bench bench("WP-785");
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        co_await b.unit->capture();
        b.inject(FaultKind::second_half_stalled);
        const auto error = co_await error_of(capture_once(b));
        EXPECT_TRUE(error.has_value());
        if (error) {
            EXPECT_EQ(error->fault, Fault::stalled);
        }
        co_await b.unit->capture();
        EXPECT_EQ(b.unit->counters().frames_lost, 1u);
        co_await b.unit->close();
    });
}

asio::awaitable<void> capture_into(Bench& bench, std::optional<core::Frame>& frame) {
    frame = co_await bench.unit->capture();
}

TEST(Trigger, IsAnEdgeThatIsAwaitedForAsLongAsItTakes) {
    Bench bench("WP-785");
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        const auto in_force = co_await b.unit->apply(Settings{20ms, core::Trigger::external_edge});
        EXPECT_EQ(in_force.trigger, core::Trigger::external_edge);
        std::optional<core::Frame> frame;
        asio::co_spawn(b.io, capture_into(b, frame), asio::detached);
        co_await b.link->wait(60s);
        EXPECT_FALSE(frame.has_value());
        const auto edge = b.link->now();
        b.device->trigger(edge);
        co_await b.link->wait(200ms);
        if (!frame) {  // a frame right after the change counts as stale when it came too soon to tell
            b.device->trigger(b.link->now());
            co_await b.link->wait(200ms);
        }
        EXPECT_TRUE(frame.has_value());
        if (frame) {
            EXPECT_EQ(frame->settings.trigger, core::Trigger::external_edge);
            EXPECT_GE(b.truth().last_frame.begun, edge);
        }
        co_await b.unit->apply(Settings{20ms, core::Trigger::on_request});
        co_await b.unit->capture();
        co_await b.unit->close();
    });
}

TEST(Trigger, IsRefusedByTheArmBoard) {
    Bench bench("WP-785-Gen2");
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        const auto error = co_await error_of(apply(b, {20ms, core::Trigger::external_edge}));
        EXPECT_TRUE(error && error->fault == Fault::invalid_argument);
        co_await b.unit->close();
    });
}

TEST(Gen2, SendsTwoThousandPixelsOverOneEndpoint) {
    Bench bench("WP-785-Gen2");
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        const core::Frame frame = co_await b.unit->capture();
        EXPECT_EQ(frame.counts.size(), 2048u);
        EXPECT_TRUE(b.unit->description().external_triggers.empty());
        co_await b.unit->close();
    });
}

asio::awaitable<void> open(Bench& bench) {
    co_await bench.open();
}

TEST(Memory, ThatContradictsTheDetectorIsRefusedByPageFieldAndValue) {
    Bench bench("WP-532");
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        std::vector<std::uint8_t> bytes = co_await get({b.link, fid::Board::fx2}, fid::operation::eeprom_page, 2);
        co_await b.unit->close();
        fid::Page page;
        std::copy_n(bytes.begin(), page.size(), page.begin());
        page[16] = 0xE8;
        page[17] = 0x03;
        b.write_page(2, page);
        const auto error = co_await error_of(open(b));
        EXPECT_TRUE(error.has_value());
        if (error) {
            EXPECT_THAT(error->what, HasSubstr("page 2, offset 16, active pixels: 1000, but lines have 1024"));
        }
    });
}

TEST(Memory, WithACoefficientThatIsNoNumberGivesNoAxisAndNoLaser) {
    Bench bench("WP-785", {{FaultKind::nan_coefficient, 0, {}}});
    bench.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        EXPECT_TRUE(b.unit->description().wavelengths.empty());
        EXPECT_EQ(b.unit->laser(), nullptr);
        EXPECT_THAT(b.unit->description().warnings, testing::Contains(HasSubstr("page 1, offset 4, wavelength c1")));
        co_await b.unit->capture();
        co_await b.unit->close();
    });
}

TEST(Habits, AreThoseOfTheDetectorThatTheMemoryNames) {
    Bench xs("WP-785XS"), paired("WP-532"), mirrored("WP-830");
    xs.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        const Description& description = b.unit->description();
        EXPECT_EQ(description.junk_first, 3u);
        EXPECT_EQ(description.junk_last, 2u);
        EXPECT_EQ(description.electric_dark.size(), 1u);
        EXPECT_EQ(description.pairs, core::PairAverage::none);
        EXPECT_FALSE(description.odd_pixels.has_value());
        co_await b.unit->close();
    });
    paired.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        EXPECT_EQ(b.unit->description().pairs, core::PairAverage::with_next);
        EXPECT_EQ(b.unit->description().junk_first, 0u);
        co_await b.unit->close();
    });
    mirrored.run([](Bench& b) -> asio::awaitable<void> {
        co_await b.open();
        const auto& nm = b.unit->description().wavelengths;
        EXPECT_GT(nm[0], nm[nm.size() - 1]) << "in read-out order";
        co_await b.unit->close();
    });
}

}  // namespace
}  // namespace singel::instrument::wasatch::test
