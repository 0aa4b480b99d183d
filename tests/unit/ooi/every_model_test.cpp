#include <cctype>
#include <cmath>

#include "tests/unit/ooi/host.hpp"

// What section 7 of the notes on the OOI protocol says of each model, typed in once more and apart from our tables.
namespace singel::test {

namespace {

struct Row {
    const char* name;
    std::uint16_t product_id;
    std::size_t spectrum_bytes;
    double full_scale;
    std::int64_t min_us, max_us;  // the narrower ones where sources differ
    std::size_t used;             // pixels of the detector
    double first_nm, last_nm;     // ours: the class of instrument
    bool full_speed_only;
};

constexpr Row rows[] = {
    {"USB2000+", 0x101E, 4097, 65535, 1'000, 65'535'000, 2048, 339, 1026, false},
    {"Flame-S", 0x101E, 4097, 65535, 1'000, 65'535'000, 2048, 187, 902, false},
    {"USB2000", 0x1002, 4097, 4095, 3'000, 65'535'000, 2048, 198, 880, true},
    {"HR2000", 0x100A, 4097, 4095, 3'000, 65'535'000, 2048, 450, 697, true},
    {"USB650", 0x1014, 4097, 4095, 3'000, 65'535'000, 2048, 341, 1030, true},
    {"ADC1000-USB", 0x1004, 4097, 4095, 5'000, 65'535'000, 2048, 339, 1030, true},
    {"HR2000+", 0x1016, 4097, 16383, 1'000, 65'535'000, 2048, 195, 1050, false},
    {"Torus", 0x1040, 4097, 65535, 1'000, 65'535'000, 2048, 358, 830, false},
    {"USB4000", 0x1022, 7681, 65535, 10, 65'535'000, 3648, 177, 890, false},
    {"Flame-T", 0x1022, 7681, 65535, 10, 65'535'000, 3648, 345, 1030, false},
    {"HR4000", 0x1012, 7681, 16383, 10, 655'350'000, 3648, 196, 1100, false},
    {"QE65000", 0x1018, 2561, 65535, 8'000, 1'600'000'000, 1044, 190, 1000, false},
    {"NIRQuest512", 0x1026, 1025, 65535, 1'000, 1'600'000'000, 512, 898, 1700, false},
    {"NIRQuest256", 0x1028, 513, 65535, 1'000, 1'600'000'000, 256, 895, 1700, false},
    {"Maya2000Pro", 0x102A, 4609, 64000, 7'200, 65'000'000, 2068, 197, 1100, false},
    {"MayaLSL", 0x1046, 4609, 64000, 7'200, 65'000'000, 2068, 349, 1100, false},
    {"Maya2000", 0x102C, 4609, 65535, 15'000, 1'600'000'000, 2080, 199, 1100, false},
    {"Apex", 0x1044, 4609, 64000, 15'000, 1'600'000'000, 2068, 788, 1120, false},
    {"Jaz", 0x2000, 4096, 65535, 1'000, 655'350'000, 2048, 199, 900, false},
    {"Flame-NIR", 0x104B, 256, 65535, 1'000, 655'350'000, 128, 938, 1660, false},
};

device::Scene light_to_the_infrared(double brightness = 0.5) {
    device::Scene scene;
    scene.wavelength_nm = {150, 1800};
    scene.light = {1, 1};
    scene.brightness = brightness;
    return scene;
}

class EveryOceanModel : public testing::TestWithParam<Row> {
protected:
    const Row& row = GetParam();
    Host host{row.name, light_to_the_infrared()};

    bool has_status() const { return host.facts.dialect.status != ooi::StatusForm::none; }
    // The integration time in force: what the next frame but the stale ones has.
    device::Clock in_force() {
        for (int stale = 0; stale < 2; ++stale) host.spectrum(seconds(4));
        host.spectrum(seconds(4));
        return host->truth().last_frame.integration;
    }
};

std::string test_name(const testing::TestParamInfo<Row>& info) {
    std::string name;
    for (const char c : std::string(info.param.name)) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) name += c;
        if (c == '+') name += "Plus";
    }
    return name;
}

INSTANTIATE_TEST_SUITE_P(Models, EveryOceanModel, testing::ValuesIn(rows), test_name);

}  // namespace

TEST(OceanModels, AreAllInTheTable) {
    EXPECT_EQ(device::ocean_rows().size(), std::size(rows));
}

TEST_P(EveryOceanModel, HasItsIdentityAndEndpoints) {
    const auto& descriptors = host->descriptors();
    EXPECT_EQ(descriptors.vendor_id, 0x2457);
    EXPECT_EQ(descriptors.product_id, row.product_id);
    EXPECT_EQ(descriptors.speed, row.full_speed_only ? device::Speed::full : device::Speed::high);
    EXPECT_NE(descriptors.strings[1].find("virtual"), std::string::npos) << "it says what it is";
    std::vector<std::uint8_t> addresses;
    for (std::size_t at = 18; at < descriptors.configuration.size(); at += 7)
        addresses.push_back(descriptors.configuration[at + 2]);
    const bool jaz = row.product_id == 0x2000;
    EXPECT_EQ(addresses, row.full_speed_only ? (std::vector<std::uint8_t>{0x02, 0x82, 0x87, 0x07})
                         : jaz               ? (std::vector<std::uint8_t>{0x01, 0x82, 0x81})
                                             : (std::vector<std::uint8_t>{0x01, 0x82, 0x86, 0x81}));
    EXPECT_EQ(ooi::spectrum_bytes(host.facts.dialect), row.spectrum_bytes);
}

TEST_P(EveryOceanModel, HoldsASerialNumberAndWavelengthsOfItsClass) {
    EXPECT_EQ(host.slot_text(0).substr(0, 8), "VIRTUAL-");
    double c[4];
    for (std::uint8_t i = 0; i < 4; ++i)
        c[i] = *ooi::slot_number(*ooi::decode_slot(host.ask(ooi::QuerySlot{std::uint8_t(i + 1)}), i + 1));
    const int shift = row.product_id == 0x1018 ? 10 : 0;  // QE65000: section 5.2
    double before = 0;
    for (std::size_t pixel = 0; pixel < row.used; ++pixel) {
        const double p = static_cast<double>(pixel) - shift;
        const double nm = c[0] + p * (c[1] + p * (c[2] + p * c[3]));
        EXPECT_GT(nm, before);
        before = nm;
        if (pixel == 0) {
            EXPECT_GE(nm, row.first_nm);
        }
    }
    EXPECT_LE(before, row.last_nm);
    EXPECT_GT(before, row.last_nm - 45);
}

TEST_P(EveryOceanModel, SeesLightAndStaysWithinItsScale) {
    host.use(milliseconds(100));
    for (int stale = 0; stale < 2; ++stale) host.spectrum();
    const auto lit = host.spectrum();
    const double most = *std::max_element(lit.begin(), lit.end());
    EXPECT_LE(most, row.full_scale);
    EXPECT_GT(most, row.full_scale * 0.03) << "half of full scale in a second";
    host = Host(row.name, light_to_the_infrared(500));
    for (int stale = 0; stale < 2; ++stale) host.spectrum();
    const auto full = host.spectrum();
    const double top = *std::max_element(full.begin(), full.end());
    EXPECT_LE(top, row.full_scale);
    EXPECT_GT(top, row.full_scale * 0.9);
}

TEST_P(EveryOceanModel, SendsTheSyncByteAsAPacketOfItsOwnWhereItHasOne) {
    for (const auto speed : {device::Speed::full, device::Speed::high}) {
        host = Host(row.name, light_to_the_infrared(), {}, speed);
        EXPECT_EQ(host.high_speed, speed == device::Speed::high && !row.full_speed_only);
        host.send(ooi::RequestSpectrum{});
        host.pass(milliseconds(50));
        const std::size_t packet = host.high_speed ? 512 : 64;
        const bool split = host.high_speed && row.spectrum_bytes == 7681;
        const std::size_t on_82 = row.spectrum_bytes - (split ? 2048 : 0);
        const bool sync = row.spectrum_bytes % 2 == 1;
        const auto counts = host.bytes(host.start_in(0x82, on_82 - (sync ? 1 : 0)));
        EXPECT_EQ(counts.size(), on_82 - (sync ? 1 : 0));
        const auto next = host.start_in(0x82, packet);
        EXPECT_EQ(host.done(next), sync);
        if (sync) {
            EXPECT_EQ(host.bytes(next), (std::vector<std::uint8_t>{0x69}));
        }
        if (host.facts.dialect.endpoints.second_spectrum == 0) continue;
        const auto second = host.start_in(0x86, 2048);
        EXPECT_EQ(host.done(second), split) << "0x86 is silent but for the four packets of high speed";
    }
}

TEST_P(EveryOceanModel, IgnoresIntegrationTimesOutOfRange) {
    host.set_integration(milliseconds(40));
    EXPECT_EQ(in_force(), milliseconds(40));
    const bool milliseconds_only = host.facts.dialect.integration != ooi::IntegrationField::u32_us;
    const std::int64_t field = host.facts.dialect.integration == ooi::IntegrationField::u16_ms   ? 0xFFFF * 1000LL
                               : host.facts.dialect.integration == ooi::IntegrationField::u32_us ? 0xFFFFFFFFLL
                                                                                                 : 4'000'000'000'000;
    for (const std::int64_t us : {std::int64_t{0}, row.min_us - (milliseconds_only ? 1000 : 1),
                                  row.max_us + (milliseconds_only ? 1000 : 1)}) {
        if (us < 0 || us > field) continue;
        host.set_integration(microseconds(us));
        if (has_status()) {
            EXPECT_EQ(host.status().integration_time, milliseconds(40)) << us;
        }
    }
    EXPECT_EQ(in_force(), milliseconds(40));
    for (const std::int64_t us : {row.min_us, row.max_us}) {
        host.set_integration(microseconds(us));
        if (has_status()) {
            EXPECT_EQ(host.status().integration_time, microseconds(us));
        }
    }
}

TEST_P(EveryOceanModel, DoesNotAnswerWhatItDoesNotKnow) {
    EXPECT_TRUE(host.silent(ooi::Unknown{0xE3}));
    EXPECT_TRUE(host.silent(ooi::StopAcquisition{}));
    if (!has_status()) {
        EXPECT_TRUE(host.silent(ooi::QueryStatus{}));
    }
    const std::vector<std::pair<bool, ooi::Command>> questions{
        {row.full_speed_only, ooi::QuerySerial{}},
        {host.facts.dialect.knows.registers, ooi::ReadRegister{4}},
        {host.facts.dialect.knows.cooler, ooi::QueryCooler{}},
        {row.product_id == 0x2000, ooi::CountChannels{}},
        {host.facts.dialect.knows.temperature, ooi::QueryTemperature{}},
        {host.facts.dialect.knows.plug_ins, ooi::QueryPlugIns{}},
        {host.facts.dialect.knows.i2c, ooi::ReadI2c{0x50, 1}},
        {host.facts.dialect.knows.irradiance, ooi::QueryIrradiance{0}}};
    for (const auto& [known, question] : questions) EXPECT_EQ(host.silent(question), !known) << question.index();
}

TEST_P(EveryOceanModel, ReportsWhatItIsSetTo) {
    if (!has_status()) GTEST_SKIP() << "this model reports no status";
    host.set_integration(milliseconds(1200));
    host.send(ooi::SetLamp{true});
    host.send(ooi::SetTrigger{3});
    const ooi::Status status = host.status();
    EXPECT_EQ(status.pixels, (row.spectrum_bytes - row.spectrum_bytes % 2) / 2);
    EXPECT_EQ(status.integration_time, milliseconds(1200));
    EXPECT_EQ(status.lamp, row.product_id != 0x1044) << "the Apex has none";
    EXPECT_EQ(status.trigger, row.product_id == 0x1044 ? 0 : 3) << "the Apex runs free only";
    if (!row.full_speed_only) {
        EXPECT_EQ(status.high_speed, true);
        EXPECT_EQ(status.packets_per_spectrum, std::max<std::size_t>(1, row.spectrum_bytes / 512));
    }
}

TEST_P(EveryOceanModel, FitsItsBusSpeedIntoTheStatus) {
    if (!has_status() || row.full_speed_only) GTEST_SKIP() << "this model does not tell";
    host = Host(row.name, {}, {}, device::Speed::full);
    EXPECT_EQ(host.status().high_speed, false);
    EXPECT_EQ(host.status().packets_per_spectrum, row.spectrum_bytes / 64);
}

// Section 6.3: at most two frames from before a change where two are kept prepared, at most one elsewhere.
TEST_P(EveryOceanModel, AnswersWithOldFramesAfterAChangeAsOftenAsItsClockworkDoes) {
    host.use(milliseconds(100));
    for (int frame = 0; frame < 4; ++frame) host.spectrum();
    host.pass(milliseconds(30));
    host.use(milliseconds(250));
    const device::Clock change = host.now();
    const int prepared = row.product_id == 0x101E ? 2 : 1;
    for (int request = 1; request <= prepared + 2; ++request) {
        host.spectrum(milliseconds(800));
        EXPECT_EQ(host->truth().last_frame.begun < change, request <= prepared) << request;
        EXPECT_EQ(host->truth().last_frame.integration, milliseconds(request <= prepared ? 100 : 250)) << request;
    }
}

TEST_P(EveryOceanModel, ForgetsItsSettingsButNotItsMemoryWithoutPower) {
    host.set_integration(milliseconds(700));
    host.send(ooi::WriteSlot{2, ooi::slot_data("1.25e-01")});
    host.pass(milliseconds(200));
    host->unplug(host.now());
    host->plug(host.now());
    EXPECT_EQ(host.slot_text(2), "1.25e-01");
    EXPECT_EQ(in_force(), milliseconds(row.min_us > 6000 ? 0 : 6) + microseconds(row.min_us > 6000 ? row.min_us : 0));
}

TEST_P(EveryOceanModel, KeepsItsSettingsOverAPortResetAndDropsWhatWasUnderWay) {
    host.set_integration(milliseconds(70));
    host.send(ooi::RequestSpectrum{});
    host->reset(host.now());
    host.pass(seconds(1));
    EXPECT_TRUE(host.waiting_spectrum().empty());
    EXPECT_EQ(in_force(), milliseconds(70));
}

TEST_P(EveryOceanModel, LosesAWriteThatPowerDidNotLastFor) {
    const std::string before = host.slot_text(3);
    host.send(ooi::WriteSlot{3, ooi::slot_data("9.9")});
    host.pass(milliseconds(100));
    EXPECT_EQ(host.slot_text(3), before) << "writing takes 200 ms";
    host->unplug(host.now());
    host->plug(host.now());
    host.pass(seconds(1));
    EXPECT_EQ(host.slot_text(3), before);
}

}  // namespace singel::test
