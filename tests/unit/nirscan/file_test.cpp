#include <cstring>
#include <gmock/gmock.h>
#include <limits>

#include "firmware-bridge/wire/nirscan/scan.hpp"

namespace singel::firmware_bridge::wire::nirscan {
namespace {

using testing::HasSubstr;

Scan some_scan() {
    Scan scan;
    scan.name = "Column 1";
    scan.time = {26, 10, 24, 2, 15, 20, 1};
    scan.system_temperature_hundredths_c = 3012;
    scan.detector_temperature_hundredths_c = -250;
    scan.humidity_hundredths_percent = 4100;
    scan.lamp_monitor = 12345;
    scan.index = 0x00030011;
    scan.calibration = {{-5, 0.02, 1e-5}, {1781.5, -0.92, -1.2e-4}};
    scan.serial = "C36R011";
    scan.gain = 64;
    scan.configuration = {ScanType::column, 4, "C36R011", "Column 1", 900, 1700, 6, 228, 6};
    for (std::int32_t i = 0; i < 237; ++i) scan.values.push_back(1000 * i - 100);
    return scan;
}

// Written out byte for byte from the description, beside the encoder.
TEST(NirscanConfiguration, IsTheImageThatTheDescriptionGives) {
    Bytes expected;
    const auto text = [&](const char* letters, std::size_t size) {
        for (std::size_t i = 0; i < size; ++i)
            expected.push_back(i < std::strlen(letters) ? static_cast<std::uint8_t>(letters[i]) : 0);
    };
    text("tpl", 4);
    expected.insert(expected.end(), {93, 0, 0, 0});
    text("S(cvc#c#vvcvv)", 15);
    expected.insert(expected.end(), {8, 0, 0, 0, 40, 0, 0, 0});
    expected.insert(expected.end(), {1, 0x34, 0x12});
    text("C36R011", 8);
    text("Hadamard 1", 40);
    expected.insert(expected.end(), {0x84, 0x03, 0xA4, 0x06, 7, 0xE4, 0, 6, 0});
    expected[4] = static_cast<std::uint8_t>(expected.size());
    const Configuration configuration{ScanType::hadamard, 0x1234, "C36R011", "Hadamard 1", 900, 1700, 7, 228, 6};
    EXPECT_EQ(encode(configuration), expected);
    EXPECT_EQ(*decode_configuration(expected), configuration);
}

TEST(NirscanScan, GoesThereAndBack) {
    EXPECT_EQ(*decode_scan(encode(some_scan())), some_scan());
}

TEST(NirscanScan, FitsIntoTheFileThatTheInstrumentSendsAndWhatFollowsIsIgnored) {
    Bytes file = encode(some_scan());
    EXPECT_LE(file.size(), scan_file_bytes);
    file.resize(scan_file_bytes, 0xEE);
    EXPECT_EQ(*decode_scan(file), some_scan());
}

TEST(NirscanScan, IsRefusedWhenCutOffAnywhere) {
    const Bytes file = encode(some_scan());
    for (std::size_t size = 0; size < file.size(); ++size) EXPECT_FALSE(decode_scan(ByteView(file).first(size)));
}

// Whatever stands in one byte of the envelope, the image is either refused or the same.
TEST(NirscanScan, IsRefusedWhenItsEnvelopeIsAnother) {
    const Bytes file = encode(some_scan());
    const std::size_t envelope = 8 + 45 + 7 * 4;
    for (std::size_t place = 0; place < envelope; ++place) {
        Bytes wrong = file;
        wrong[place] ^= 0x55;
        EXPECT_FALSE(decode_scan(wrong)) << place;
    }
}

TEST(NirscanScan, SaysWhyItCannotBeRead) {
    Bytes file = encode(some_scan());
    file[3] = 1;
    EXPECT_THAT(decode_scan(file).error().what, HasSubstr("big-endian"));
    EXPECT_THAT(decode_scan(encode(some_scan().configuration)).error().what, HasSubstr("fields"));
    Scan scan = some_scan();
    scan.black_period = 0;
    EXPECT_THAT(decode_scan(encode(scan)).error().what, HasSubstr("black"));
    scan = some_scan();
    scan.calibration.wavelength[1] = std::numeric_limits<double>::quiet_NaN();
    EXPECT_THAT(decode_scan(encode(scan)).error().what, HasSubstr("finite"));
    scan = some_scan();
    scan.configuration.type = ScanType::slew;
    EXPECT_THAT(decode_scan(encode(scan)).error().what, HasSubstr("slew"));
}

TEST(NirscanScan, HoldsAsManyValuesAsThereIsRoomForAndNoMore) {
    Scan scan = some_scan();
    scan.values.resize(most_values, -1);
    EXPECT_EQ(*decode_scan(encode(scan)), scan);
    scan.values.push_back(-1);
    EXPECT_THAT(decode_scan(encode(scan)).error().what, testing::AnyOf(HasSubstr("865"), HasSubstr("bytes")));
}

TEST(NirscanCalibration, GoesThereAndBackInTheInstrumentsLongerAnswer) {
    const Calibration calibration = some_scan().calibration;
    Bytes file = encode(calibration);
    file.resize(calibration_file_bytes);
    EXPECT_EQ(*decode_calibration(file), calibration);
}

}  // namespace
}  // namespace singel::firmware_bridge::wire::nirscan
