#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <numbers>

#include "firmware-bridge/wire/fid/eeprom_check.hpp"
#include "firmware-bridge/wire/fid/firmware_gates.hpp"
#include "tests/unit/wasatch/host.hpp"

namespace singel::test {

namespace {

struct Row {
    const char* name;
    Board board;
    int format;
    double first_shift, last_shift;  // cm-1, of the region of interest
};
constexpr Row fid_rows[] = {{"WP-785", Board::fx2, 16, 160, 2400},      {"WP-785XS", Board::arm, 16, 160, 2400},
                            {"WP-532", Board::fx2, 19, 160, 2400},      {"WP-638", Board::fx2, 5, 190, 2400},
                            {"WP-830", Board::fx2, 12, 160, 2300},      {"WP-1064", Board::ingaas, 15, 190, 1900},
                            {"WP-785-Gen2", Board::arm, 18, 160, 2400}, {"WP-785-OEM", Board::fx2, 16, 160, 2400},
                            {"WP-VISNIR", Board::fx2, 3, 0, 0}};

bool has_laser(const Row& row) {
    return row.last_shift > 0;
}

}  // namespace

class EveryFidModel : public testing::TestWithParam<Row> {
protected:
    Host host{GetParam().name, GetParam().board};
};

TEST_P(EveryFidModel, HoldsAMemoryThatPassesEveryCheck) {
    const auto eeprom = fid::decode_eeprom(memory(host));
    ASSERT_TRUE(eeprom);
    const fid::Verdict verdict = fid::check(*eeprom);
    EXPECT_TRUE(verdict.problems.empty()) << verdict.problems.front();
    EXPECT_EQ(verdict.laser_usable, has_laser(GetParam()));
    EXPECT_TRUE(verdict.wavelengths_usable);
    EXPECT_EQ(eeprom->format, GetParam().format);
    EXPECT_EQ(eeprom->active_pixels, host.get(operation::line_length));
    EXPECT_TRUE(eeprom->serial.starts_with("VIRTUAL"));
    if (!has_laser(GetParam())) return;
    const auto shift = [&](unsigned pixel) {
        return 1e7 / double(eeprom->excitation_nm) - 1e7 / fid::polynomial(eeprom->wavelength_nm, pixel);
    };
    const fid::PixelSpan roi = fid::usable_pixels(*eeprom);
    EXPECT_LT(shift(roi.start), GetParam().first_shift) << "the fingerprint range from its beginning";
    EXPECT_GT(shift(roi.end), GetParam().last_shift);
}

TEST_P(EveryFidModel, AnswersEachPageAndStallsOneThatIsNotThere) {
    EXPECT_EQ(host.status(host.start(fid::get(host.board, operation::eeprom_page, 9))), device::Status::stall);
    host->inject({device::FaultKind::all_ones_memory, 0, {}}, host.now());
    EXPECT_TRUE(fid::blank(memory(host)));
}

TEST_P(EveryFidModel, HasIntegrationTimeZeroAtPowerUpAndThenSendsADarkFrameAtOnce) {
    EXPECT_EQ(host.get(operation::integration_time), 0u);
    host.set(operation::laser_enable, 1);
    host.set(operation::acquire);
    EXPECT_LT(mean(host.read(host.get(operation::line_length)), 100, 500), 2000);
    EXPECT_EQ(host->truth().last_frame.integration, seconds(0));
}

TEST_P(EveryFidModel, KeepsWhatItIsTold) {
    const auto firmware =
        *fid::decode_firmware_version(host.bytes(host.start(fid::get(host.board, operation::firmware_version))));
    for (const fid::Operation* row : operation::all) {
        const bool both = fid::can_set(*row, host.board) && fid::can_get(*row, host.board);
        if (!both || row->access == fid::Access::locked || row->reply_bytes == 0) continue;
        if (!fid::knows(host.board, firmware, *row)) {
            EXPECT_EQ(host.status(host.start(fid::get(host.board, *row))), device::Status::stall) << row->name;
            continue;
        }
        host.set(*row, 1);
        EXPECT_EQ(host.get(*row), 1u) << row->name;
    }
}

TEST_P(EveryFidModel, AnswersEverythingThatItsBoardAndFirmwareKnow) {
    const auto firmware =
        *fid::decode_firmware_version(host.bytes(host.start(fid::get(host.board, operation::firmware_version))));
    for (const fid::Operation* row : operation::all) {
        if (!fid::can_get(*row, host.board) || row->access == fid::Access::locked) continue;
        const auto asked = host.start(fid::get(host.board, *row));
        if (host.status(asked) == device::Status::stall) {
            const bool interlock = row == &operation::can_laser_fire || row == &operation::laser_firing;
            EXPECT_TRUE(interlock || !fid::knows(host.board, firmware, *row)) << row->name;
            continue;
        }
        EXPECT_GE(host.bytes(asked).size(), row->reply_bytes) << row->name;
    }
}

TEST_P(EveryFidModel, KeepsAPageThatWasWrittenThroughALossOfPower) {
    std::vector<fid::Page> before = memory(host);
    fid::Page text = before[4];
    text[0] = 'Z';
    host.bytes(host.start(fid::write_eeprom_page(host.board, 4, text)));
    host->unplug(host.now());
    host->plug(host.now());
    before[4] = text;
    EXPECT_EQ(memory(host), before);
    EXPECT_EQ(host.status(host.start(fid::write_eeprom_page(host.board, 200, text))), device::Status::stall);
}

TEST_P(EveryFidModel, StallsWhatItDoesNotKnow) {
    EXPECT_EQ(host.status(host.start({0x40, 0x01, 0, 0, std::vector<std::uint8_t>(8), 0})), device::Status::stall);
    EXPECT_EQ(host.status(host.start({0xC0, 0x98, 0, 0, {}, 8})), device::Status::stall);
    EXPECT_EQ(host.status(host.start({0x40, 0x90, 0, 0, std::vector<std::uint8_t>(8), 0})), device::Status::stall);
}

INSTANTIATE_TEST_SUITE_P(Wasatch, EveryFidModel, testing::ValuesIn(fid_rows), [](const auto& row) {
    std::string name;
    for (const char* letter = row.param.name; *letter != 0; ++letter)
        if (*letter != '-') name += *letter;
    return name;
});

TEST(Wp785, SaysWhatItIs) {
    Wp785 host;
    EXPECT_EQ(host->descriptors().vendor_id, 0x24AA);
    EXPECT_EQ(host->descriptors().product_id, 0x1000);
    EXPECT_EQ(fid::decode_firmware_version(host.bytes(host.start(fid::get(Board::fx2, operation::firmware_version))))
                  ->text(),
              "10.0.0.11");
    EXPECT_EQ(*fid::decode_fpga_version(host.bytes(host.start(fid::get(Board::fx2, operation::fpga_version)))),
              "035-001");
}

TEST(Wp785, SendsEachHalfOfASpectrumOnItsOwnEndpointAtTheEndOfItsIntegration) {
    Wp785 host;
    host.set(operation::integration_time, 300);
    host.set(operation::acquire);
    const auto first = host.start_in(0x82, 2048), second = host.start_in(0x86, 2048);
    host.pass(milliseconds(299));
    EXPECT_FALSE(host.done(first) || host.done(second));
    host.pass(milliseconds(1));
    EXPECT_EQ(host.bytes(first).size(), 2048u);
    EXPECT_EQ(host.bytes(second).size(), 2048u);
    EXPECT_EQ(host.get(operation::actual_integration), 300000u);
}

TEST(Wp785, QueuesNothingForASecondCommandDuringAnIntegration) {
    Wp785 host;
    host.set(operation::integration_time, 100);
    for (int i = 0; i < 3; ++i) host.set(operation::acquire);
    host.pass(seconds(2));
    host.read(2048);
    EXPECT_FALSE(host.done(host.start_in(0x82, 2048)));
    EXPECT_EQ(host->truth().frames, 1u);
}

TEST(Wp785, LeavesAFrameThatNobodyReadAsTheNextAnswer) {
    Wp785 host;
    const double old = mean(host.frame(milliseconds(10)));
    host.set(operation::acquire);
    host.pass(milliseconds(10));
    host.set(operation::laser_enable, 1);
    EXPECT_NEAR(mean(host.frame(milliseconds(500))), old, 3) << "the old frame comes first";
    EXPECT_GT(mean(host.read(2048)), old + 5000);
}

TEST(Wp785, ShowsRamanLightOnlyWhileTheLaserIsOn) {
    Wp785 host;
    const double dark = mean(host.frame(milliseconds(400)));
    host.set(operation::laser_enable, 1);
    const double lit = mean(host.frame(milliseconds(400)));
    host.set(operation::laser_enable, 0);
    EXPECT_GT(lit - dark, 10000);
    EXPECT_NEAR(mean(host.frame(milliseconds(400))), dark, 2);
}

TEST(Wp785, ShowsAmbientLightWithoutTheLaser) {
    Wp785 host(flat_light());
    const double at_100 = mean(host.frame(milliseconds(100))), at_300 = mean(host.frame(milliseconds(300)));
    const double offset = mean(host.frame(milliseconds(0)));
    EXPECT_NEAR((at_300 - offset) / (at_100 - offset), 3, 0.02);
}

// A scan of a real unit on the stage: what the memory's intensity polynomial corrects is that scan again.
TEST(Wp785, ShowsARealScanAsItWasMeasured) {
    std::ifstream file(std::filesystem::path(SINGEL_SHARED_DATA) / "raman-queries-785x" / "caffeine.csv");
    if (!file) GTEST_SKIP() << "no shared data: raman-queries-785x/caffeine.csv";
    device::Scene scene;
    for (std::string line; std::getline(file, line);) {
        double pixel = 0, nm = 0, shift = 0, raw = 0, dark = 0;
        char processed[16];
        if (std::sscanf(line.c_str(), "%lf,%lf,%lf,%15[^,],%lf,%lf", &pixel, &nm, &shift, processed, &raw, &dark) !=
            6)
            continue;
        scene.raman_shift_cm1.push_back(shift);
        scene.raman.push_back(raw - dark);
    }
    ASSERT_EQ(scene.raman.size(), 2048u);
    Wp785 host(scene);
    const auto without = host.frame(milliseconds(1000));
    host.set(operation::laser_enable, 1);
    const auto with = host.frame(milliseconds(1000));
    const auto eeprom = fid::decode_eeprom(memory(host));
    double xy = 0, xx = 0, yy = 0;
    std::size_t at = 0;
    for (unsigned pixel = 60; pixel < 1000; ++pixel) {  // 250 to 2300 cm-1
        const double shift = 1e7 / 785.0 - 1e7 / fid::polynomial(eeprom->wavelength_nm, pixel);
        while (scene.raman_shift_cm1[at + 1] < shift) ++at;
        const double part =
            (shift - scene.raman_shift_cm1[at]) / (scene.raman_shift_cm1[at + 1] - scene.raman_shift_cm1[at]);
        const double x = scene.raman[at] * (1 - part) + scene.raman[at + 1] * part;
        const double factor = std::pow(10.0, fid::polynomial(eeprom->raman_intensity, pixel));
        const double y = (double(with[pixel]) - double(without[pixel])) * factor;
        xy += x * y;
        xx += x * x;
        yy += y * y;
    }
    EXPECT_GT(xy / std::sqrt(xx * yy), 0.9995) << "cosine; shot noise takes 2e-5, interpolation the rest";
}

// A narrow lamp line comes out as wide as the slit makes it: 7 cm-1 is 0.5 nm or 3.5 pixels here.
TEST(Wp785, GivesALampLineTheWidthOfItsSlit) {
    device::Scene lamp;
    for (int i = 0; i <= 30000; ++i) {
        lamp.wavelength_nm.push_back(780 + 0.01 * i);
        lamp.light.push_back(i == 10000 ? 1.0 : 0.0);  // 880 nm
    }
    Wp785 host(lamp);
    const auto counts = host.frame(milliseconds(1000));
    const auto top = std::max_element(counts.begin(), counts.end());
    const double half = (*top + 1000.0) / 2;
    const auto wide = std::count_if(top - 20, top + 20, [&](std::uint16_t c) { return c > half; });
    EXPECT_NEAR(double(wide), 3.6, 1.0);
    const auto eeprom = fid::decode_eeprom(memory(host));
    EXPECT_NEAR(fid::polynomial(eeprom->wavelength_nm, double(top - counts.begin())), 880, 0.08) << "half a pixel";
    EXPECT_NEAR(*top, 1000 + 0.5 * 65535, 0.05 * 65535);
}

TEST(Wp785, SpeaksInCountsThatFollowIntegrationTimeAndPower) {
    Wp785 host;
    const double offset = mean(host.frame(milliseconds(0)));
    host.set(operation::laser_enable, 1);
    const double full = mean(host.frame(milliseconds(200))) - offset;
    EXPECT_NEAR((mean(host.frame(milliseconds(600))) - offset) / full, 3, 0.02);
    host.set(operation::modulation_period, 1000);
    host.set(operation::modulation_width, 250);
    host.set(operation::modulation_enable, 1);
    EXPECT_NEAR((mean(host.frame(milliseconds(200))) - offset) / full, 0.25, 0.01);
    EXPECT_DOUBLE_EQ(host.laser().power, 0.25);
    host.set(operation::modulation_enable, 0);
    EXPECT_NEAR((mean(host.frame(milliseconds(200))) - offset) / full, 1, 0.01);
}

TEST(Wp785, AmplifiesWithItsGain) {
    Wp785 host(flat_light());
    const double offset = mean(host.frame(milliseconds(0))), before = mean(host.frame(milliseconds(300))) - offset;
    host.set(operation::detector_gain, fid::gain_word(3.8));
    EXPECT_NEAR((mean(host.frame(milliseconds(300))) - offset) / before, 2, 0.02);
}

TEST(Wp785, SaturatesAtFullScale) {
    Wp785 host(flat_raman(1.0));
    host.set(operation::laser_enable, 1);
    const auto counts = host.frame(milliseconds(3000));
    EXPECT_EQ(counts[500], 65535);
}

// ---- quirks of the boards -----------------------------------------------------------------------------------

TEST(Wp785, ForgetsItsSettingsWhenTheFpgaIsResetAndIsBusyForThreeSeconds) {
    Wp785 host;
    host.set(operation::integration_time, 100);
    const auto reset = host.start(fid::set(Board::fx2, operation::reset_fpga));
    const auto asked = host.start(fid::get(Board::fx2, operation::integration_time));
    host.pass(milliseconds(2999));
    EXPECT_FALSE(host.done(reset) || host.done(asked));
    host.pass(milliseconds(1));
    EXPECT_EQ(*fid::decode_number(operation::integration_time, host.bytes(asked)), 0u);
}

TEST(Wp785, LocksUpAfterAModulationCommandWithoutItsDataStageUntilPowerIsTakenAway) {
    Wp785 host;
    fid::Request request = fid::set(Board::fx2, operation::modulation_period, 1000);
    request.data.clear();
    const auto wrong = host.start(request), next = host.start(fid::get(Board::fx2, operation::line_length));
    host.pass(seconds(100));
    host->reset(host.now());
    EXPECT_EQ(host.status(wrong), device::Status::cancelled);
    EXPECT_EQ(host.status(next), device::Status::cancelled);
    EXPECT_FALSE(host.done(host.start(fid::get(Board::fx2, operation::line_length))));
    host->unplug(host.now());
    host->plug(host.now());
    EXPECT_EQ(host.get(operation::line_length), 2048u);
}

TEST(Wp785, MeasuresItsDetectorTemperature) {
    Wp785 host;
    const auto eeprom = fid::decode_eeprom(memory(host));
    ASSERT_TRUE(eeprom);
    const auto celsius = [&] {
        return fid::polynomial(eeprom->adc_to_celsius, double(host.get(operation::detector_temperature)));
    };
    EXPECT_NEAR(celsius(), 22, 0.1) << "room temperature";
    const double dac = fid::polynomial(eeprom->celsius_to_dac, 10);
    host.set(operation::cooler_setpoint, static_cast<std::uint64_t>(std::lround(dac)));
    host.set(operation::cooler_enable, 1);
    host.pass(seconds(2));
    EXPECT_NEAR(celsius(), 10 + 12 / std::numbers::e, 0.2) << "on its way";
    host.pass(seconds(20));
    EXPECT_NEAR(celsius(), 10, 0.2);
    host->inject({device::FaultKind::stuck_temperature, 0, {}}, host.now());
    EXPECT_NEAR(celsius(), 22, 0.2);
}

TEST(Wp785, HasABadPixelThatItsMemoryNames) {
    Wp785 host(flat_light());
    const auto eeprom = fid::decode_eeprom(memory(host));
    ASSERT_EQ(eeprom->bad_pixels.size(), 1u);
    const auto counts = host.frame(milliseconds(500));
    const std::size_t bad = eeprom->bad_pixels[0];
    EXPECT_GT(std::abs(counts[bad] - (counts[bad - 1] + counts[bad + 1]) / 2), 1000);
}

TEST(Wp785xs, StallsWritesWithFewerThanEightBytes) {
    Wp785xs host;
    fid::Request request = fid::set(Board::arm, operation::laser_enable, 1);
    request.data.resize(7);
    EXPECT_EQ(host.status(host.start(request)), device::Status::stall);
    EXPECT_FALSE(host.laser().enabled);
    EXPECT_EQ(host.bytes(host.start(fid::get(Board::arm, operation::laser_enable))).size(), 8u) << "reads fill up";
}

TEST(Wp785xs, SendsItsSpectrumOnOneEndpointEndingInAShortPacket) {
    Wp785xs host;
    host.set(operation::acquire);
    EXPECT_EQ(host.bytes(host.start_in(0x82, 4096)).size(), 3904u);
    EXPECT_EQ(host.status(host.start_in(0x86, 512)), device::Status::stall) << "there is no second endpoint";
}

TEST(Wp785xs, WaitsForItsWarningDelayBeforeThereIsLight) {
    Wp785xs host;
    EXPECT_EQ(host.get(operation::laser_warning_delay), 2u);
    host.set(operation::laser_enable, 1);
    EXPECT_EQ(host.get(operation::laser_enable), 1u);
    EXPECT_EQ(host.get(operation::can_laser_fire), 8u) << "the XS way to say yes";
    EXPECT_EQ(host.get(operation::laser_firing), 0u);
    host.pass(seconds(2) - device::Clock(1));
    EXPECT_FALSE(host.laser().firing);
    host.pass(device::Clock(1));
    EXPECT_EQ(host.get(operation::laser_firing), 1u);
}

TEST(Wp785xs, ReadsItsWatchdogInTheOtherByteOrder) {
    Wp785xs host;
    host.set(operation::laser_watchdog, 5 << 8);
    host.set(operation::laser_enable, 1);
    host.pass(milliseconds(4999));
    EXPECT_TRUE(host.laser().firing);
    host.pass(milliseconds(1));
    EXPECT_FALSE(host.laser().firing);
    EXPECT_EQ(host.get(operation::laser_enable), 1u) << "its register only repeats what it was told";
}

TEST(Wp785xs, SleepsAfterASecondAndWakesWithALateFlatFrame) {
    Wp785xs host(flat_light());
    host.awake(milliseconds(50));
    host.pass(milliseconds(1001));
    host.set(operation::acquire);
    const auto read = host.start_in(0x82, 4096);
    host.pass(milliseconds(20) + 9 * milliseconds(50) - device::Clock(1));
    EXPECT_FALSE(host.done(read));
    EXPECT_EQ(host.get(operation::poll_status), fid::poll::sample);
    host.pass(device::Clock(1));
    const auto flat = *fid::decode_spectrum(host.bytes(read), 1952);
    EXPECT_TRUE(std::all_of(flat.begin(), flat.end(), [&](std::uint16_t c) { return c == flat[0]; }));
    host.set(operation::acquire);
    host.pass(milliseconds(50));
    EXPECT_EQ(host.get(operation::poll_status), fid::poll::data_ready);
    const auto good = host.read(1952);
    EXPECT_GT(mean(good), good[0] + 500);
    EXPECT_EQ(host.get(operation::poll_status), fid::poll::idle);
}

TEST(Wp785xs, HasMaskedPixelsAtItsBeginning) {
    Wp785xs host(flat_light());
    host.awake(milliseconds(50));
    host.set(operation::integration_time, 500);
    host.set(operation::acquire);
    host.pass(milliseconds(500));
    const auto counts = host.read(1952);
    for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(counts[i], 820, 100) << i;
    EXPECT_GT(counts[4], 8000);
}

}  // namespace singel::test
