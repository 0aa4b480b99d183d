#include "tests/unit/firmware-bridge-obp/host.hpp"

// Section 8.5: the buffers of the QE-PRO and the Flame-X.
namespace singel::test {
namespace {

struct QePro : testing::Test {
    ObpHost host{"QE-PRO"};

    std::uint32_t waiting() { return host.number(message::get_spectra_in_buffer); }
    obp::BufferedSpectrum decoded(const obp::Frame& reply) {
        const auto spectrum = obp::decode_buffered(reply.data, host.model.pixels);
        EXPECT_TRUE(spectrum) << obp::sentence(reply.error);
        return spectrum ? *spectrum : obp::BufferedSpectrum{};
    }
    obp::BufferedSpectrum get() { return decoded(host.exchange(host.request(message::get_buffered_spectrum))); }
    void acquire(std::uint32_t spectra = 1) {
        EXPECT_EQ(host.set(message::set_back_to_back, obp::u32(spectra)), 0);
        EXPECT_EQ(host.set(message::acquire_into_buffer), 0);
    }
};

TEST_F(QePro, ShowsTheDescriptorsOfADumpedOne) {
    const device::Descriptors& shown = host->descriptors();
    const Bytes& d = shown.device;
    EXPECT_EQ(d[2] | d[3] << 8, 0x0200);
    EXPECT_EQ(d[4], 0) << "device class";
    EXPECT_EQ(d[7], 64) << "endpoint 0";
    EXPECT_EQ(d[12] | d[13] << 8, 0x0067) << "bcdDevice";
    const Bytes& c = shown.configuration;
    EXPECT_EQ(c[7], 0xC0) << "self powered";
    EXPECT_EQ(c[8], 50) << "100 mA";
    EXPECT_EQ(c[14], 0xFF) << "interface class";
    EXPECT_EQ(shown.strings.at(c[17] - 1u), "MSFT100L");
    std::vector<int> endpoints;
    for (std::size_t at = 18; at < c.size(); at += 7) {
        endpoints.push_back(c[at + 2]);
        EXPECT_EQ(c[at + 3], 2) << "bulk";
        EXPECT_EQ(c[at + 4] | c[at + 5] << 8, 64);
    }
    EXPECT_THAT(endpoints, testing::ElementsAre(0x01, 0x81, 0x02, 0x82));
}

TEST_F(QePro, CapturesWithAbortClearAcquireAndGet) {
    host.set_integration(milliseconds(100));
    EXPECT_EQ(host.set(message::abort_acquisition), 0);
    EXPECT_EQ(host.set(message::clear_buffer), 0);
    const device::Clock before = host.now();
    EXPECT_EQ(host.set(message::acquire_into_buffer), 0);
    EXPECT_EQ(waiting(), 0u);
    host.pass(milliseconds(99));
    EXPECT_EQ(waiting(), 0u);
    host.pass(milliseconds(1));
    EXPECT_EQ(waiting(), 1u);
    const obp::BufferedSpectrum spectrum = get();
    EXPECT_EQ(spectrum.count, 1u);
    EXPECT_EQ(spectrum.integration_time, milliseconds(100));
    EXPECT_EQ(spectrum.ticks, milliseconds(100));
    EXPECT_EQ(host->truth().last_frame.begun, before);
    EXPECT_NEAR(mean(spectrum.counts, 400, 600) / 200'000 - 0.02, 0.05, 0.006);
    EXPECT_EQ(waiting(), 0u);
}

TEST_F(QePro, ReturnsTheOldestSpectrumUnlessItWasCleared) {
    host.set_integration(milliseconds(100));
    acquire();
    host.pass(milliseconds(100));
    host.set_integration(milliseconds(400));
    acquire();
    host.pass(milliseconds(400));
    EXPECT_EQ(get().integration_time, milliseconds(100)) << "from before the change";
    EXPECT_EQ(get().integration_time, milliseconds(400));
    acquire();
    host.pass(milliseconds(400));
    EXPECT_EQ(host.set(message::clear_buffer), 0);
    EXPECT_EQ(waiting(), 0u);
}

TEST_F(QePro, AnswersAWaitingRequestWhenTheSpectrumIsThere) {
    host.set_integration(milliseconds(100));
    acquire();
    const obp::Frame request = host.ask_for(message::get_buffered_spectrum);
    host.pass(milliseconds(99));
    EXPECT_FALSE(host.read());
    host.pass(milliseconds(1));
    EXPECT_EQ(decoded(host.answer(request)).count, 1u);
    host.pass(seconds(10));
    EXPECT_EQ(waiting(), 0u) << "one was acquired";
}

TEST_F(QePro, FillsItsBufferByItselfForAHostThatOnlyAsks) {
    host.set_integration(milliseconds(100));
    const obp::Frame request = host.ask_for(message::get_buffered_spectrum);
    host.pass(seconds(2));
    EXPECT_EQ(decoded(host.answer(request)).count, 1u);
    EXPECT_EQ(waiting(), 19u);
    EXPECT_EQ(get().ticks, milliseconds(200)) << "nearly two seconds old";
    EXPECT_EQ(host.set(message::abort_acquisition), 0);
    host.pass(seconds(2));
    EXPECT_EQ(waiting(), 18u);
}

TEST_F(QePro, KeepsAsManyAsItsActiveSizeAndCountsTheLost) {
    host.set_integration(milliseconds(10));
    EXPECT_EQ(host.number(message::get_largest_buffer), 15'000u);
    EXPECT_EQ(host.number(message::get_buffer_size), 15'000u);
    EXPECT_EQ(host.set(message::set_buffer_size, obp::u32(15'001)), 6);
    EXPECT_EQ(host.set(message::set_buffer_size, obp::u32(0)), 6);
    EXPECT_EQ(host.set(message::set_buffer_size, obp::u32(3)), 0);
    acquire(5);
    host.pass(milliseconds(50));
    EXPECT_EQ(waiting(), 3u);
    for (const std::uint32_t count : {1u, 2u, 3u}) EXPECT_EQ(get().count, count);
    acquire();
    host.pass(milliseconds(10));
    EXPECT_EQ(get().count, 6u) << "4 and 5 were lost, and the count tells";
}

TEST_F(QePro, RemovesTheOldestAsManyAsTold) {
    acquire(5);
    host.pass(milliseconds(50));
    EXPECT_EQ(host.set(message::remove_oldest, obp::u32(2)), 0);
    EXPECT_EQ(waiting(), 3u);
    EXPECT_EQ(get().count, 3u);
    EXPECT_EQ(host.set(message::remove_oldest, obp::u32(99)), 0);
    EXPECT_EQ(waiting(), 0u);
    EXPECT_EQ(host.set(message::remove_oldest), 5);
}

TEST_F(QePro, AcquiresNothingWhileBufferingIsOff) {
    EXPECT_EQ(host.number(message::get_buffering), 1u);
    EXPECT_EQ(host.set(message::set_buffering, obp::u8(0)), 0);
    EXPECT_EQ(host.set(message::acquire_into_buffer), 7);
}

TEST_F(QePro, KeepsItsBufferForTheNextHost) {
    acquire();
    host.pass(milliseconds(10));
    host->reset(host.now());
    EXPECT_EQ(waiting(), 1u);
    host->unplug(host.now());
    host->plug(host.now());
    EXPECT_EQ(waiting(), 0u);
}

TEST_F(QePro, BeginsARunWithEachEdgeOnceItWasArmed) {
    host.set_integration(milliseconds(10));
    EXPECT_EQ(host.set(message::set_trigger, obp::u8(1)), 0);
    EXPECT_EQ(host.set(message::set_back_to_back, obp::u32(2)), 0);
    host->trigger(host.now());
    host.pass(milliseconds(50));
    EXPECT_EQ(waiting(), 0u) << "nobody asked";
    EXPECT_EQ(host.set(message::acquire_into_buffer), 0);
    host.pass(seconds(1));
    EXPECT_EQ(waiting(), 0u);
    const device::Clock edge = host.now();
    host->trigger(edge);
    host->trigger(edge);
    host.pass(seconds(1));
    EXPECT_EQ(waiting(), 2u) << "an edge during a run begins none";
    EXPECT_EQ(get().trigger, 1);
    EXPECT_EQ(host->truth().last_frame.begun, edge);
    host->trigger(host.now());
    host.pass(seconds(1));
    EXPECT_EQ(waiting(), 3u);
}

TEST_F(QePro, CoolsItsDetectorAndSaysWhenItIsStable) {
    const auto celsius = [&] { return *obp::read_f32(host.get(message::get_cooler_temperature)); };
    EXPECT_NEAR(celsius(), 22, 0.01);
    EXPECT_EQ(host.set(message::set_cooler_setpoint, obp::f32(-15)), 0);
    EXPECT_EQ(host.number(message::get_cooler_stable), 0u);
    host.pass(seconds(60));
    EXPECT_NEAR(celsius(), 22, 0.01) << "not switched on";
    EXPECT_EQ(host.set(message::set_cooler, obp::u8(1)), 0);
    EXPECT_EQ(host.set(message::set_cooler_fan, obp::u8(1)), 0);
    host.pass(seconds(8));
    EXPECT_NEAR(celsius(), -15 + 37 / std::exp(1.0), 0.1);
    EXPECT_EQ(host.number(message::get_cooler_stable), 0u);
    host.pass(seconds(60));
    EXPECT_NEAR(celsius(), -15, 0.1);
    EXPECT_EQ(host.number(message::get_cooler_stable), 1u);
    EXPECT_EQ(host.set(message::set_cooler_setpoint, obp::f32(-200)), 6);
    EXPECT_EQ(host.set(message::set_cooler_setpoint, obp::u32(0x7FC00000)), 6) << "not a number";
    EXPECT_EQ(host.set(message::set_cooler_setpoint, obp::f32(-40)), 0);
    host.pass(seconds(600));
    EXPECT_NEAR(celsius(), -18, 0.1) << "as deep as it can";
    EXPECT_EQ(host.number(message::get_cooler_stable), 0u) << "and that is not the set point";
    EXPECT_EQ(ObpHost("STS").refusal(message::get_cooler), 2);
}

TEST_F(QePro, HasLessDarkCurrentTheColderItIs) {
    host = ObpHost("QE-PRO", {});
    host.set_integration(seconds(100));
    const auto dark = [&] {
        acquire();
        host.pass(seconds(100));
        obp::Counts counts = get().counts;  // the median: hot pixels saturate
        std::nth_element(counts.begin(), counts.begin() + 522, counts.end());
        return counts[522] / 200'000.0 - 0.02;
    };
    const double warm = dark();
    EXPECT_EQ(host.set(message::set_cooler_setpoint, obp::f32(8)), 0);
    EXPECT_EQ(host.set(message::set_cooler, obp::u8(1)), 0);
    host.pass(seconds(100));
    EXPECT_NEAR(dark() / warm, 0.25, 0.02) << "14 degrees less: twice half of it";
}

struct FlameXBuffer : testing::Test {
    ObpHost host{"Flame-X"};
    std::vector<obp::FastSpectrum> drain(std::uint32_t spectra) {
        const auto decoded = obp::decode_fast(host.get(message::get_buffered_spectra, obp::u32(spectra)), 2136);
        EXPECT_TRUE(decoded);
        return decoded ? *decoded : std::vector<obp::FastSpectrum>{};
    }
};

TEST_F(FlameXBuffer, TakesSpectraBackToBackAndGivesThemWithTheirCounts) {
    host.set_integration(milliseconds(1));
    EXPECT_EQ(host.set(message::acquire_into_buffer), 7) << "buffering is off at power-up";
    EXPECT_EQ(host.set(message::set_buffering, obp::u8(1)), 0);
    EXPECT_EQ(host.set(message::set_back_to_back, obp::u32(20)), 0);
    EXPECT_EQ(host.set(message::acquire_into_buffer), 0);
    EXPECT_EQ(host.refusal(message::get_buffered_spectra, obp::u32(1)), 7) << "none yet";
    host.pass(milliseconds(20));
    EXPECT_EQ(host.number(message::get_spectra_in_buffer), 20u);
    const auto first = drain(15), rest = drain(15);
    ASSERT_EQ(first.size(), 15u);
    ASSERT_EQ(rest.size(), 5u);
    for (std::size_t i = 0; i < 15; ++i) {
        EXPECT_EQ(first[i].count, i + 1);
        EXPECT_EQ(first[i].ticks, milliseconds(i + 1)) << "back to back";
        EXPECT_EQ(first[i].last_count, 20u);
    }
    EXPECT_EQ(rest.back().count, 20u);
    EXPECT_EQ(rest.back().integration_time, milliseconds(1));
    EXPECT_EQ(rest.back().scans_averaged, 1);
    EXPECT_EQ(host->truth().frames, 20u);
}

TEST_F(FlameXBuffer, RefusesMoreThanFifteenAndNone) {
    EXPECT_EQ(host.refusal(message::get_buffered_spectra, obp::u32(16)), 6);
    EXPECT_EQ(host.refusal(message::get_buffered_spectra, obp::u32(0)), 6);
    EXPECT_EQ(host.refusal(message::get_buffered_spectra), 5);
}

TEST_F(FlameXBuffer, TakesNoSingleSpectrumDuringARun) {
    host.set_integration(milliseconds(10));
    EXPECT_EQ(host.set(message::set_buffering, obp::u8(1)), 0);
    EXPECT_EQ(host.set(message::acquire_into_buffer), 0);
    EXPECT_EQ(host.refusal(message::get_raw_spectrum), 7);
    host.pass(milliseconds(10));
    const obp::Frame request = host.ask_for(message::get_raw_spectrum);
    host.pass(milliseconds(10));
    EXPECT_EQ(host.answer(request).data.size(), 4272u);
}

}  // namespace
}  // namespace singel::test
