#include "tests/unit/firmware-bridge-obp/host.hpp"

// Spectra on request: STS, Spark, Flame-X, HDX, Ventana, and the OBP2 models.
namespace singel::test {
namespace {

struct OnRequest : testing::TestWithParam<std::string_view> {
    ObpHost host{GetParam()};
    const obp::Model& model = host.model;

    obp::Counts decoded(const obp::Frame& reply) {
        if (model.readout == obp::Readout::obp2) {
            const auto spectrum = obp::decode_obp2(reply.data, model.pixels);
            EXPECT_TRUE(spectrum);
            return spectrum ? spectrum->counts : obp::Counts(model.pixels);
        }
        const auto counts = obp::decode_plain(reply.data, model.pixels);
        EXPECT_TRUE(counts);
        return counts ? *counts : obp::Counts(model.pixels);
    }
    // Light of a lit pixel above the offset, as a share of full scale.
    double light(const obp::Counts& counts) const { return mean(counts, 400, 600) / model.full_scale - 0.02; }
    obp::Counts spectrum_after(milliseconds time) {
        const obp::Frame request = host.ask_for(model.spectrum_message);
        host.pass(time);
        return decoded(host.answer(request));
    }
};

bool on_request(const obp::Model& model) {
    return model.readout != obp::Readout::buffered;
}

INSTANTIATE_TEST_SUITE_P(Models, OnRequest, testing::ValuesIn(names_of(&on_request)), plain_name);

// For the second generation the messages that these promises take are not known.
struct FirstOnRequest : OnRequest {};
bool first_on_request(const obp::Model& model) {
    return on_request(model) && first_generation(model);
}
INSTANTIATE_TEST_SUITE_P(Models, FirstOnRequest, testing::ValuesIn(names_of(&first_on_request)), plain_name);

struct WithMaskedPixels : OnRequest {};
bool masked_on_request(const obp::Model& model) {
    return on_request(model) && model.dark_ranges > 0;
}
INSTANTIATE_TEST_SUITE_P(Models, WithMaskedPixels, testing::ValuesIn(names_of(&masked_on_request)), plain_name);

TEST_P(OnRequest, SendsASpectrumAtTheEndOfItsIntegrationAndNotBefore) {
    host.set_integration(milliseconds(250));
    const obp::Frame request = host.ask_for(model.spectrum_message);
    host.pass(milliseconds(250) - device::Clock(1));
    EXPECT_FALSE(host.read());
    host.pass(device::Clock(1));
    const obp::Counts counts = decoded(host.answer(request));
    EXPECT_EQ(host->truth().last_frame.integration, milliseconds(250));
    EXPECT_NEAR(light(counts), 0.25 * 0.5, 0.015) << "half of full scale in a second, bent by 5 %";
}

TEST_P(OnRequest, AnswersOneRequestAfterAChangeWithAnOldSpectrum) {
    host.set_integration(milliseconds(100));
    const double before = light(spectrum_after(milliseconds(300)));
    host.set_integration(milliseconds(400));
    const device::Clock change = host.now();
    for (int request = 1; request <= 2; ++request) {
        const double now = light(spectrum_after(milliseconds(900)));
        EXPECT_EQ(host->truth().last_frame.begun < change, request == 1);
        EXPECT_NEAR(now / before, request == 1 ? 1 : 4, request == 1 ? 0.1 : 0.4) << request;
    }
}

TEST_P(OnRequest, AnswersEachRequestOnceAndInOrder) {
    host.set_integration(milliseconds(50));
    const obp::Frame first = host.ask_for(model.spectrum_message), second = host.ask_for(model.spectrum_message);
    host.pass(milliseconds(50));
    const Bytes one = host.answer(first).data;
    EXPECT_FALSE(host.read());
    host.pass(milliseconds(50));
    EXPECT_NE(host.answer(second).data, one) << "noise";
    host.pass(seconds(5));
    EXPECT_FALSE(host.read());
    EXPECT_EQ(host->next_event(), std::nullopt) << "one prepared, then idle";
}

TEST_P(OnRequest, KeepsTheAnswerOfAnAbortedSessionForTheNextOne) {
    host.set_integration(milliseconds(50));
    host.ask_for(model.spectrum_message);
    host.pass(milliseconds(60));
    const obp::Frame request = host.ask_for(message::get_serial);
    const auto old = host.read();
    ASSERT_TRUE(old);
    EXPECT_FALSE(obp::answers(*old, request));
    EXPECT_EQ(host.answer(request).error, 0);
}

TEST_P(OnRequest, WaitsForAnEdgeInTriggerModeAndIgnoresOneWithoutARequest) {
    host.set_integration(milliseconds(100));
    const std::uint32_t set_trigger = model.version == obp::version_2 ? message2::set_trigger : message::set_trigger;
    EXPECT_EQ(host.set(set_trigger, obp::u8(obp::trigger_code::external_edge)), 0);
    host->trigger(host.now());
    host.pass(seconds(1));
    const obp::Frame request = host.ask_for(model.spectrum_message);
    host.pass(seconds(1000));
    EXPECT_FALSE(host.read());
    host->trigger(host.now());
    const device::Clock edge = host.now();
    host.pass(milliseconds(100));
    EXPECT_EQ(host.answer(request).error, 0);
    EXPECT_EQ(host->truth().last_frame.begun, edge);
    host.pass(seconds(10));
    EXPECT_FALSE(host.read());
}

TEST_P(OnRequest, ServesAWaitingRequestWhenTheTriggerIsSwitchedOff) {
    host.set_integration(milliseconds(100));
    const std::uint32_t set_trigger = model.version == obp::version_2 ? message2::set_trigger : message::set_trigger;
    EXPECT_EQ(host.set(set_trigger, obp::u8(obp::trigger_code::external_level)), 0);
    const obp::Frame request = host.ask_for(model.spectrum_message);
    host.pass(seconds(1));
    EXPECT_EQ(host.set(set_trigger, obp::u8(obp::trigger_code::on_request)), 0);
    host.pass(milliseconds(100));
    EXPECT_EQ(host.answer(request).error, 0);
}

TEST_P(OnRequest, SendsTheSpectrumBeforeAgainWhenStale) {
    const Bytes first = obp::encode_plain(spectrum_after(seconds(1)));
    host->inject({device::FaultKind::stale, 0, {}}, host.now());
    EXPECT_EQ(obp::encode_plain(spectrum_after(seconds(1))), first);
    EXPECT_NE(obp::encode_plain(spectrum_after(seconds(1))), first) << "once";
}

TEST_P(OnRequest, SaturatesAtItsFullScale) {
    ObpHost bright(GetParam(), flat_light(500));
    bright.set_integration(milliseconds(500));
    const obp::Frame request = bright.ask_for(model.spectrum_message);
    bright.pass(seconds(2));
    const obp::Counts counts = decoded(bright.answer(request));
    EXPECT_EQ(*std::max_element(counts.begin(), counts.end()), model.full_scale);
    EXPECT_GT(std::count(counts.begin(), counts.end(), model.full_scale), static_cast<long>(model.pixels / 2));
}

TEST_P(WithMaskedPixels, SeesNoLightOnThem) {
    host.set_integration(milliseconds(500));
    const obp::Counts counts = spectrum_after(milliseconds(500));
    EXPECT_NEAR(mean(counts, model.dark[0].first, model.dark[0].last + 1) / model.full_scale, 0.02, 0.002);
}

TEST_P(FirstOnRequest, TellsWaitersThatTheirScanWasInterrupted) {
    host.set_integration(seconds(5));
    const obp::Frame request = host.ask_for(model.spectrum_message);
    EXPECT_EQ(host.number(message::get_idle_state), 0u);
    const obp::Frame abort = host.sent(host.request(message::abort_acquisition, {}, obp::flag::ack_wanted));
    EXPECT_EQ(host.answer(request).error, 15);
    EXPECT_TRUE(host.answer(abort).has(obp::flag::ack));
    EXPECT_EQ(host.number(message::get_idle_state), 1u);
    host.pass(seconds(10));
    EXPECT_FALSE(host.read());
}

TEST_P(FirstOnRequest, AveragesAndSmoothesWithinTheDevice) {
    host.set_integration(milliseconds(60));
    const auto noise = [](const obp::Counts& counts) {
        double sum = 0;
        for (std::size_t i = 401; i < 600; ++i) sum += std::abs(double(counts[i]) - double(counts[i - 1]));
        return sum;
    };
    const double plain = noise(spectrum_after(milliseconds(200)));
    EXPECT_EQ(host.set(message::set_boxcar, obp::u8(5)), 0);
    spectrum_after(milliseconds(200));  // one is from before
    EXPECT_LT(noise(spectrum_after(milliseconds(200))), plain / 4);
    EXPECT_EQ(host.set(message::set_boxcar, obp::u8(0)), 0);
    EXPECT_EQ(host.set(message::set_scans_to_average, obp::u16(10)), 0);
    spectrum_after(seconds(2));
    spectrum_after(seconds(2));
    const obp::Frame request = host.ask_for(model.spectrum_message);
    EXPECT_NEAR(light(decoded(host.answer(request))), 0.06 * 0.5, 0.004) << "prepared: the mean, not the sum";
    const obp::Frame next = host.ask_for(model.spectrum_message);
    host.pass(milliseconds(599));
    EXPECT_FALSE(host.read());
    host.pass(milliseconds(1));
    EXPECT_EQ(host.answer(next).error, 0) << "ten integrations later";
}

TEST_P(FirstOnRequest, DelaysAnAcquisitionAsTold) {
    host.set_integration(milliseconds(50));
    EXPECT_EQ(host.set(message::set_acquisition_delay, obp::u32(300'000)), 0);
    const obp::Frame request = host.ask_for(model.spectrum_message);
    host.pass(milliseconds(349));
    EXPECT_FALSE(host.read());
    host.pass(milliseconds(1));
    EXPECT_EQ(host.answer(request).error, 0);
    EXPECT_EQ(host->truth().last_frame.begun, milliseconds(300));
}

TEST(Sts, PulsesItsOwnTriggerInput) {
    ObpHost host("STS");
    host.set_integration(milliseconds(10));
    EXPECT_EQ(host.set(message::set_trigger, obp::u8(1)), 0);
    const obp::Frame request = host.ask_for(host.model.spectrum_message);
    EXPECT_EQ(host.sent(host.request(message::simulate_trigger)).error, 0);
    host.pass(milliseconds(10));
    EXPECT_EQ(host.answer(request).error, 0);
}

TEST(Sts, BeginsWithItsOwnStrobeWhenSynchronised) {
    ObpHost host("STS");
    host.set_integration(milliseconds(10));
    EXPECT_EQ(host.set(message::set_continuous_strobe_period, obp::u32(40'000)), 0);
    EXPECT_EQ(host.set(message::set_trigger, obp::u8(obp::trigger_code::synchronised)), 0);
    host.pass(milliseconds(7));
    const obp::Frame request = host.ask_for(host.model.spectrum_message);
    host.pass(seconds(1));
    EXPECT_FALSE(host.read()) << "the strobe stands still";
    EXPECT_EQ(host.set(message::set_continuous_strobe, obp::u8(1)), 0);
    host.pass(milliseconds(60));
    EXPECT_EQ(host.answer(request).error, 0);
    EXPECT_EQ(host->truth().last_frame.begun % milliseconds(40), device::Clock(0));
}

TEST(Sts, BinsPixelsAndStartsWithTheDefaultOfThePreviousPower) {
    ObpHost host("STS");
    EXPECT_EQ(host.number(message::get_largest_binning), 3u);
    EXPECT_EQ(host.set(message::set_binning, obp::u8(4)), 6);
    EXPECT_EQ(host.set(message::set_binning, obp::u8(1)), 0);
    EXPECT_EQ(host.set(message::set_default_binning, obp::u8(2)), 0);
    const obp::Frame request = host.ask_for(host.model.spectrum_message);
    host.pass(milliseconds(10));
    EXPECT_EQ(host.answer(request).data.size(), 1024u) << "512 pixels";
    host->unplug(host.now());
    host->plug(host.now());
    EXPECT_EQ(host.number(message::get_binning), 2u);
    ObpHost ventana("Ventana-785");
    EXPECT_EQ(ventana.refusal(message::get_binning), 2) << "cannot bin";
}

TEST(Sts, SplitsAnAnswerIntoPacketsOf64Bytes) {
    ObpHost host("STS");
    host.ask_for(host.model.spectrum_message);
    host.pass(milliseconds(10));
    for (int packet = 0; packet < 33; ++packet) {
        EXPECT_EQ(host.bytes(host.start_in(0x81, 64)).size(), 64u);
    }
    EXPECT_FALSE(host.done(host.start_in(0x81, 64))) << "2112 is 33 times 64, nothing is added";
}

TEST(VentanaEndpoints, HaveASecondPairThatIsSilent) {
    ObpHost host("Ventana-785");
    host.bytes(host.start_out(0x02, obp::encode(host.request(message::get_serial))));
    EXPECT_FALSE(host.done(host.start_in(0x81, 64)));
    EXPECT_FALSE(host.read());
}

TEST(FlameX, FillsTransfersUpToFourBytesAndSwallowsOthers) {
    ObpHost host("Flame-X");
    EXPECT_EQ(host.set(message::set_alias, Bytes(17, 'a')), 0) << "filled up by this host";
    EXPECT_EQ(host.get(message::get_alias), Bytes(17, 'a'));
    host.ask_for(message::get_alias);
    EXPECT_EQ(host.bytes(host.start_in(0x81, 512)).size(), 84u) << "81 bytes and 3 of filling";
    const Bytes bytes = obp::encode(host.request(message::set_alias, Bytes(17, 'b'), obp::flag::ack_wanted));
    host.bytes(host.start_out(0x01, bytes));
    EXPECT_FALSE(host.read());
    EXPECT_EQ(host.get(message::get_alias), Bytes(17, 'a'));
}

TEST(Obp2, SendsSumsWhileAnEarlierSessionsAveragingLasts) {
    ObpHost host("ST", flat_light(), {{device::FaultKind::left_averaging, 0, {}}});
    host.set_integration(milliseconds(100));
    const auto spectrum = [&] {
        const obp::Frame request = host.ask_for(message2::get_spectrum);
        host.pass(seconds(1));
        return host.answer(request).data;
    };
    const Bytes sums = spectrum();
    EXPECT_EQ(sums.size(), 32u + 4 * 1516);
    const auto decoded = *obp::decode_obp2(sums, 1516);
    EXPECT_TRUE(decoded.sums);
    EXPECT_NEAR(mean(decoded.counts, 400, 600) / 4 / 16383 - 0.02, 0.05, 0.006) << "four scans";
    EXPECT_EQ(host.refusal(message::set_scans_to_average, obp::u16(1)), 2) << "no message is known that ends it";
    host->unplug(host.now());
    host->plug(host.now());
    EXPECT_EQ(spectrum().size(), 32u + 2 * 1516) << "power was away";
}

}  // namespace
}  // namespace singel::test
