#include <gmock/gmock.h>

#include "firmware-bridge/virtual/nirscan.hpp"
#include "firmware-bridge/wire/nirscan/column.hpp"
#include "firmware-bridge/wire/nirscan/commands.hpp"
#include "firmware-bridge/wire/nirscan/message.hpp"
#include "tests/unit/firmware-bridge/bench.hpp"

// A host that speaks with the virtual unit report by report.
namespace singel::test {
namespace {

namespace nirscan = wire::nirscan;
namespace command = wire::nirscan::command;
using nirscan::Answer;
using nirscan::Reply;
using nirscan::Request;
using wire::Bytes;

constexpr std::uint8_t in = 0x81, out = 0x01;

class NirscanUnit : public testing::Test, protected Bench {
protected:
    NirscanUnit() : Bench(device::make_nirscan("NIRscan-Nano", light(), {}, {}, device::Speed::full)) {}

    static device::Scene light() {
        device::Scene scene;
        scene.wavelength_nm = {800, 1300, 1800};
        scene.light = {0, 1, 0};
        scene.brightness = 0.2;
        return scene;
    }
    void report(const Bytes& bytes) { this->bytes(start_out(out, bytes)); }
    Reply reply() {
        Bytes whole = bytes(start_in(in, nirscan::packet_size));
        while (whole.size() < nirscan::reply_size(whole).value()) {
            const Bytes more = bytes(start_in(in, nirscan::packet_size));
            whole.insert(whole.end(), more.begin(), more.end());
        }
        return nirscan::decode_reply(whole).value();
    }
    Reply exchange(bool read, std::uint16_t number, Bytes argument = {}) {
        report(nirscan::encode(Request{read, true, ++sequence_, number, std::move(argument)}));
        Reply answer = reply();
        EXPECT_EQ(answer.sequence, sequence_);
        return answer;
    }
    Bytes get(std::uint16_t number, Bytes argument = {}) { return exchange(true, number, std::move(argument)).data; }
    Answer put(std::uint16_t number, Bytes argument = {}) {
        return exchange(false, number, std::move(argument)).answer;
    }
    std::uint32_t word(std::uint16_t number, Bytes argument = {}) {
        return wire::Reader(get(number, std::move(argument))).u32le();
    }
    bool scanning() { return (word(command::device_status) & nirscan::status::scan_in_progress) != 0; }
    nirscan::Scan last_scan() {
        const std::uint32_t size = word(command::file_size, {0, 0, 0, 0});
        Bytes file;
        while (file.size() < size) {
            const Bytes piece = get(command::file_data);
            EXPECT_LE(piece.size(), nirscan::longest_payload);
            if (piece.empty()) break;
            file.insert(file.end(), piece.begin(), piece.end());
        }
        EXPECT_EQ(file.size(), nirscan::scan_file_bytes);
        return nirscan::decode_scan(file).value();
    }
    nirscan::Scan scan() {
        EXPECT_EQ(put(command::perform_scan, {0}), Answer::success);
        pass(milliseconds(word(command::scan_time)));
        return last_scan();
    }

    std::uint8_t sequence_ = 0;
};

TEST_F(NirscanUnit, ShowsItselfAsAHidDeviceWithReportsOf64Bytes) {
    const Bytes& configuration = (*this)->descriptors().configuration;
    EXPECT_EQ(configuration[2], configuration.size());
    EXPECT_EQ(configuration[9 + 5], 3);         // interface class
    EXPECT_EQ(configuration[9 + 9 + 1], 0x21);  // HID descriptor
    for (const std::size_t endpoint : {27u, 34u}) {
        EXPECT_EQ(configuration[endpoint + 3], 3);  // interrupt
        EXPECT_EQ(configuration[endpoint + 4], 64);
    }
    EXPECT_THAT((*this)->descriptors().strings[1], testing::HasSubstr("virtual"));
}

TEST_F(NirscanUnit, TakesAsLongAsItSaysForAScanAndAllowsNoSecondOne) {
    const milliseconds takes(word(command::scan_time));
    EXPECT_GT(takes, milliseconds(2000));
    EXPECT_FALSE(scanning());
    EXPECT_EQ(put(command::perform_scan, {0}), Answer::success);
    EXPECT_EQ(put(command::perform_scan, {0}), Answer::error);
    pass(takes - milliseconds(1));
    EXPECT_TRUE(scanning());
    EXPECT_EQ(get(command::scan_status), Bytes{0});
    pass(milliseconds(1));
    EXPECT_FALSE(scanning());
    EXPECT_EQ(get(command::scan_status), Bytes{1});
}

TEST_F(NirscanUnit, NumbersItsScansAndGivesEachWithItsSettings) {
    const nirscan::Scan first = scan(), second = scan();
    EXPECT_EQ(second.index, first.index + 1);
    EXPECT_EQ(first.configuration.patterns, 228);
    EXPECT_EQ(first.values.size(), 237u);
    EXPECT_EQ(first.serial, "VIRT042");
    EXPECT_GT(first.gain, 1);
}

TEST_F(NirscanUnit, ShowsTheSceneAboveItsBlackPatterns) {
    const auto result = nirscan::interpret(scan()).value();
    const auto brightest = std::ranges::max_element(result.intensity) - result.intensity.begin();
    EXPECT_NEAR(result.wavelength_nm[static_cast<std::size_t>(brightest)], 1300, 15);  // noise on a flat top
    EXPECT_GT(result.intensity[static_cast<std::size_t>(brightest)], 100000);
    EXPECT_LT(result.intensity.front(), result.intensity[static_cast<std::size_t>(brightest)] / 2);
}

TEST_F(NirscanUnit, AppliesAColumnConfigurationAndRefusesWhatItCannotShow) {
    nirscan::Configuration wish{nirscan::ScanType::column, 9, "", "wish", 1000, 1600, 8, 100, 2};
    EXPECT_EQ(put(command::apply_configuration, nirscan::encode(wish)), Answer::success);
    const nirscan::Scan taken = scan();
    EXPECT_EQ(taken.configuration, wish);
    EXPECT_EQ(taken.values.size(), 104u);
    for (const nirscan::Configuration& wrong :
         {nirscan::Configuration{nirscan::ScanType::hadamard, 0, "", "", 900, 1700, 6, 228, 6},
          nirscan::Configuration{nirscan::ScanType::column, 0, "", "", 800, 1700, 6, 228, 6},
          nirscan::Configuration{nirscan::ScanType::column, 0, "", "", 900, 1700, 6, 625, 6},
          nirscan::Configuration{nirscan::ScanType::column, 0, "", "", 900, 1700, 6, 228, 0}})
        EXPECT_EQ(put(command::apply_configuration, nirscan::encode(wrong)), Answer::error);
    EXPECT_EQ(word(command::error_status), 0u);
    EXPECT_EQ(put(command::apply_configuration, {1, 2, 3}), Answer::error);
    EXPECT_EQ(word(command::error_status), nirscan::error::spectrum_library);
    EXPECT_EQ(put(command::reset_errors), Answer::success);
    EXPECT_EQ(word(command::error_status), 0u);
    EXPECT_EQ(scan().configuration, wish);
}

TEST_F(NirscanUnit, ChoosesItsGainUnlessItIsFixed) {
    const nirscan::Scan chosen = scan();
    EXPECT_EQ(put(command::fix_gain, {1, 1}), Answer::success);
    const nirscan::Scan fixed = scan();
    EXPECT_EQ(fixed.gain, 1);
    EXPECT_EQ(put(command::fix_gain, {0, 0}), Answer::success);
    EXPECT_EQ(scan().gain, chosen.gain);
    const auto above_black = [](const nirscan::Scan& one) {
        return static_cast<double>(nirscan::interpret(one)->intensity[114]);
    };
    EXPECT_NEAR(above_black(chosen) / above_black(fixed), chosen.gain, 0.02 * chosen.gain);  // noise of both
}

TEST_F(NirscanUnit, RefusesScansWithoutRepeats) {
    EXPECT_EQ(put(command::set_repeats, {0, 0}), Answer::success);
    EXPECT_EQ(put(command::perform_scan, {0}), Answer::success);
    EXPECT_FALSE(scanning());
    EXPECT_EQ(word(command::error_status), nirscan::error::scan);
}

TEST_F(NirscanUnit, KeepsTwoConfigurations) {
    EXPECT_EQ(get(command::configuration_count), Bytes{2});
    EXPECT_EQ(get(command::get_active_configuration), Bytes{0});
    const Bytes answer = get(command::read_configuration, {1, 0, 0, 0});
    const auto second = nirscan::decode_configuration(wire::ByteView(answer).subspan(4));
    EXPECT_EQ(second->name, "Hadamard 1");
    EXPECT_EQ(exchange(true, command::read_configuration, {2, 0, 0, 0}).answer, Answer::error);
    EXPECT_EQ(put(command::set_active_configuration, {0}), Answer::success);
    EXPECT_EQ(put(command::set_active_configuration, {5}), Answer::error);
}

TEST_F(NirscanUnit, TellsItsStates) {
    EXPECT_EQ(get(command::get_hibernate), Bytes{1});
    EXPECT_EQ(put(command::set_hibernate, {0}), Answer::success);
    EXPECT_EQ(get(command::get_hibernate), Bytes{0});
    EXPECT_EQ(put(command::set_hibernate, {2}), Answer::error);
    EXPECT_EQ(get(command::read_temperature).size(), 8u);
    EXPECT_EQ(get(command::read_humidity).size(), 8u);
    EXPECT_TRUE(nirscan::decode_calibration(get(command::read_calibration)));
    EXPECT_EQ(exchange(true, 0x0777).answer, Answer::error);
    (*this)->inject({device::FaultKind::deferred, 0, milliseconds(300)}, now());
    report(nirscan::encode(Request{true, true, ++sequence_, command::read_serial, {}}));
    EXPECT_EQ(reply().answer, Answer::busy);
    pass(milliseconds(300));
    EXPECT_EQ(get(command::read_serial).size(), 8u);
}

TEST_F(NirscanUnit, DoesNotListenToWhatIsNoReportAndNotForLongToHalfAMessage) {
    report(Bytes(32));
    report(Bytes(64, 0xFF));
    Request long_one{false, true, 1, command::apply_configuration, Bytes(200)};
    Bytes half = nirscan::encode(long_one);
    half.resize(nirscan::packet_size);
    report(half);
    pass(seconds(2));
    EXPECT_EQ(get(command::get_active_configuration), Bytes{0});
}

TEST_F(NirscanUnit, GivesItsLastScanAgainWhenItDidNotMakeTheNewOne) {
    const nirscan::Scan first = scan();
    (*this)->inject({device::FaultKind::stale, 0, {}}, now());
    EXPECT_EQ(scan().index, first.index);
    EXPECT_EQ(scan().index, first.index + 1);
}

}  // namespace
}  // namespace singel::test
