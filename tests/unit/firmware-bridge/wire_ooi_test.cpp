#include <clocale>
#include <gtest/gtest.h>
#include <numeric>

#include "firmware-bridge/wire/ooi/commands.hpp"
#include "firmware-bridge/wire/ooi/models.hpp"
#include "firmware-bridge/wire/ooi/replies.hpp"
#include "firmware-bridge/wire/ooi/spectrum.hpp"

namespace singel::firmware_bridge::wire::ooi {

using std::chrono::microseconds;

// The worked bytes of the protocol notes, section 3.
TEST(OoiCommand, MatchesTheWorkedBytesOfTheDocument) {
    EXPECT_EQ(encode(Initialize{}), (Bytes{0x01}));
    EXPECT_EQ(encode(SetIntegrationTime{microseconds(100000)}), (Bytes{0x02, 0xA0, 0x86, 0x01, 0x00}));
    EXPECT_EQ(encode(SetTrigger{3}), (Bytes{0x0A, 0x03, 0x00}));
    EXPECT_EQ(encode(QuerySlot{1}), (Bytes{0x05, 0x01}));
    EXPECT_EQ(encode(SetLamp{true}), (Bytes{0x03, 0x01, 0x00}));
    EXPECT_EQ(encode(RequestSpectrum{}), (Bytes{0x09}));
    EXPECT_EQ(encode(ReadRegister{4}), (Bytes{0x6B, 0x04}));
    EXPECT_EQ(encode(WriteRegister{0x28, 0x1234}), (Bytes{0x6A, 0x28, 0x34, 0x12})) << "low byte first";
    EXPECT_EQ(encode(QueryTemperature{}), (Bytes{0x6C}));
    EXPECT_EQ(encode(QueryStatus{}), (Bytes{0xFE}));
}

TEST(OoiCommand, IsUnderstoodByTheDeviceAsTheHostMeantIt) {
    const std::vector<Command> commands{Initialize{},
                                        SetIntegrationTime{microseconds(0xFFFFFFFFLL)},
                                        SetLamp{true},
                                        SetLamp{false},
                                        SetPower{false},
                                        QuerySlot{17},
                                        RequestSpectrum{},
                                        SetTrigger{0x83},
                                        WriteRegister{0x38, 500},
                                        ReadRegister{0x64},
                                        QueryTemperature{},
                                        QueryStatus{},
                                        Unknown{0xE7}};
    for (const Command& command : commands) {
        const Decoded<Command> decoded = decode_command(encode(command));
        ASSERT_TRUE(decoded);
        EXPECT_EQ(*decoded, command) << "opcode " << int(encode(command)[0]);
    }
}

TEST(OoiCommand, IsRefusedWhenCutShort) {
    EXPECT_FALSE(decode_command({}));
    const Bytes whole = encode(SetIntegrationTime{microseconds(1000)});
    for (std::size_t size = 1; size < whole.size(); ++size) {
        EXPECT_FALSE(decode_command(ByteView(whole).first(size))) << size << " bytes";
    }
}

TEST(OoiCommand, IgnoresBytesAfterItsArguments) {
    const Bytes longer{0x0A, 0x01, 0x00, 0x77, 0x77};
    EXPECT_EQ(*decode_command(longer), Command(SetTrigger{1}));
}

TEST(OoiSlot, KeepsTheTextAndNotTheGarbageAfterIt) {
    const Bytes reply = encode_slot(1, "3.39738e+02", 0xB7);
    ASSERT_EQ(reply.size(), 17u);
    EXPECT_EQ(reply[13], 0) << "the text ends in NUL";
    EXPECT_EQ(reply[14], 0xB7) << "garbage after it";
    const Decoded<SlotReply> decoded = decode_slot(reply, 1);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->text, "3.39738e+02");
    EXPECT_DOUBLE_EQ(*slot_number(*decoded), 339.738);
}

TEST(OoiSlot, NeedsNoNulAndUnderstandsErasedMemory) {
    EXPECT_EQ(decode_slot(encode_slot(0, "123456789012345"), 0)->text, "123456789012345");
    EXPECT_EQ(decode_slot(encode_slot(0, "1234567890123456"), 0)->text, "123456789012345") << "cut to the field";
    EXPECT_EQ(decode_slot(encode_slot(5, std::string(15, '\xFF')), 5)->text, "");
    EXPECT_EQ(decode_slot(encode_slot(5, "0.5\xFF"), 5)->text, "0.5");
}

TEST(OoiSlot, RefusesAnOlderAnswerAndAShortOne) {
    const Bytes reply = encode_slot(1, "1");
    EXPECT_FALSE(decode_slot(reply, 2));
    EXPECT_FALSE(decode_slot(ByteView(reply).first(16), 1));
    Bytes other = reply;
    other[0] = 0x06;
    EXPECT_FALSE(decode_slot(other, 1));
}

TEST(OoiSlot, ReadsNumbersWithoutTheLocaleAndNothingElse) {
    const auto number = [](std::string_view text) { return slot_number(*decode_slot(encode_slot(1, text), 1)); };
    EXPECT_DOUBLE_EQ(*number("1.9856e+02"), 198.56);
    EXPECT_DOUBLE_EQ(*number(" +0.5 "), 0.5);
    EXPECT_DOUBLE_EQ(*number("-2.4160E-09"), -2.416e-9);
    for (const char* bad : {"", "3,5", "nan", "inf", "1.0x", "1e999", "--1", "1.0 2.0"}) {
        EXPECT_FALSE(number(bad)) << '"' << bad << '"';
    }
    const std::string before = std::setlocale(LC_NUMERIC, nullptr);
    std::setlocale(LC_NUMERIC, "de_DE.UTF-8");
    EXPECT_DOUBLE_EQ(*number("1.5"), 1.5);
    std::setlocale(LC_NUMERIC, before.c_str());
}

// A reply captured from a USB2000+ (notes, section 4).
TEST(OoiStatus, ReadsACapturedReply) {
    const Bytes captured{0x00, 0x08, 0x70, 0x17, 0x00, 0x00, 0x00, 0x00,
                         0x00, 0x08, 0x00, 0x00, 0x00, 0x00, 0x80, 0x55};
    const Decoded<Status> status = decode_status(captured);
    ASSERT_TRUE(status);
    EXPECT_EQ(status->pixels, 2048);
    EXPECT_EQ(status->integration_time, microseconds(6000));
    EXPECT_FALSE(status->lamp);
    EXPECT_EQ(status->trigger, 0);
    EXPECT_EQ(status->packets_per_spectrum, 8);
    EXPECT_EQ(status->packets_waiting, 0);
    EXPECT_EQ(status->high_speed, true);
    Bytes encoded = encode_status(*status);
    encoded[10] = captured[10];  // the captured unit said "powered down", an older meaning of the byte
    EXPECT_EQ(encoded, captured);
}

TEST(OoiStatus, SurvivesTheRoundTrip) {
    for (const std::optional<bool> speed :
         {std::optional<bool>(true), std::optional<bool>(false), std::optional<bool>()}) {
        const Status status{3840, microseconds(65535000), true, 2, 6, 15, false, 9, speed};
        EXPECT_EQ(*decode_status(encode_status(status)), status);
    }
    EXPECT_FALSE(decode_status(Bytes(15)));
}

TEST(OoiRegister, ComesLowByteFirstAndMayEchoLikeAFlame) {
    EXPECT_EQ(encode_register(4, 0x2101), (Bytes{0x04, 0x01, 0x21}));
    EXPECT_EQ(*decode_register(Bytes{0x04, 0x01, 0x21}, 4), 0x2101);
    EXPECT_EQ(*decode_register(Bytes{0xFE, 0x00, 0x30}, 4), 0x3000);
    EXPECT_FALSE(decode_register(Bytes{0x08, 0x01, 0x21}, 4)) << "an answer to another register";
    EXPECT_FALSE(decode_register(Bytes{0x04, 0x01}, 4));
}

TEST(OoiRegister, SplitsTheFpgaVersion) {
    EXPECT_EQ(fpga_version(0x2101), (FpgaVersion{2, 16, 1}));
    EXPECT_EQ(register_value({4, 5, 6}), 0x4056);
    EXPECT_EQ(fpga_version(register_value({3, 255, 15})), (FpgaVersion{3, 255, 15}));
}

TEST(OoiTemperature, CountsInSteps) {
    EXPECT_NEAR(*decode_temperature_celsius(Bytes{0x08, 0x00, 0x1F}), 7936 * 0.003906, 1e-12);
    EXPECT_NEAR(*decode_temperature_celsius(encode_temperature(-12.5)), -12.5, 0.002) << "half a step";
    EXPECT_FALSE(decode_temperature_celsius(Bytes{0x09, 0x00, 0x1F})) << "the sensor did not answer";
    EXPECT_FALSE(decode_temperature_celsius(Bytes{0x08, 0x00}));
}

TEST(OoiSpectrum, SurvivesTheRoundTripAndEndsInTheSyncByte) {
    std::vector<std::uint16_t> counts(2048);
    std::iota(counts.begin(), counts.end(), std::uint16_t{64000});
    const Bytes bytes = encode_spectrum(counts, usb2000_plus.dialect);
    ASSERT_EQ(bytes.size(), 4097u);
    EXPECT_EQ(bytes.back(), 0x69);
    EXPECT_EQ(*decode_spectrum(bytes, usb2000_plus.dialect), counts);
}

TEST(OoiSpectrum, IsRefusedOutOfStep) {
    Bytes bytes = encode_spectrum(std::vector<std::uint16_t>(2048, 7), usb2000_plus.dialect);
    EXPECT_FALSE(decode_spectrum(ByteView(bytes).first(4096), usb2000_plus.dialect)) << "the sync byte is missing";
    EXPECT_FALSE(decode_spectrum(ByteView(bytes).last(4095), usb2000_plus.dialect));
    bytes.push_back(0);
    EXPECT_FALSE(decode_spectrum(bytes, usb2000_plus.dialect)) << "one byte too many";
    bytes.pop_back();
    bytes.back() = 0x68;
    EXPECT_FALSE(decode_spectrum(bytes, usb2000_plus.dialect)) << "not the sync byte";
}

TEST(OoiSpectrum, IsAskedForInWholePackets) {
    EXPECT_EQ(whole_packets(4097, 512), 4608u);
    EXPECT_EQ(whole_packets(4097, 64), 4160u);
    EXPECT_EQ(whole_packets(4096, 512), 4096u);
}

}  // namespace singel::firmware_bridge::wire::ooi
