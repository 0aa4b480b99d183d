#include <gtest/gtest.h>
#include <numeric>
#include <set>

#include "firmware-bridge/wire/fid/requests.hpp"

namespace singel::firmware_bridge::wire::fid {

using std::chrono::milliseconds;

TEST(FidRequest, PutsSixteenBitsIntoTheValueAndTheNextEightIntoTheIndex) {
    EXPECT_EQ(set_integration_time(Board::fx2, milliseconds(100)), (Request{0x40, 0xB2, 100, 0, {}, 0}));
    EXPECT_EQ(set_integration_time(Board::fx2, milliseconds(70000)), (Request{0x40, 0xB2, 0x1170, 1, {}, 0}));
}

TEST(FidRequest, CarriesFortyBitsWithEightPayloadBytesOnEveryBoard) {
    for (const Board board : {Board::fx2, Board::arm}) {
        EXPECT_EQ(set(board, operation::modulation_width, 0x0102030405),
                  (Request{0x40, 0xDB, 0x0405, 0x0203, {0x01, 0, 0, 0, 0, 0, 0, 0}, 0}));
        EXPECT_EQ(set(board, operation::modulation_period, 1000),
                  (Request{0x40, 0xC7, 1000, 0, {0, 0, 0, 0, 0, 0, 0, 0}, 0}));
    }
}

TEST(FidRequest, GivesAnArmBoardTheEightBytesItWants) {
    EXPECT_EQ(set(Board::fx2, operation::laser_enable, 1), (Request{0x40, 0xBE, 1, 0, {}, 0}));
    EXPECT_EQ(set(Board::arm, operation::laser_enable, 1), (Request{0x40, 0xBE, 1, 0, Bytes(8), 0}));
    EXPECT_EQ(set(Board::arm, operation::acquire), (Request{0x40, 0xAD, 0, 0, Bytes(8), 0}));
    EXPECT_EQ(get(Board::fx2, operation::laser_enable), (Request{0xC0, 0xE2, 0, 0, {}, 1}));
    EXPECT_EQ(get(Board::arm, operation::laser_enable), (Request{0xC0, 0xE2, 0, 0, {}, 8}));
    EXPECT_EQ(set(Board::fx2, operation::trigger_source, 0).data.size(), 8u) << "D2 has a payload on FX2 too";
}

TEST(FidRequest, ReachesTheSecondTierThroughFF) {
    EXPECT_EQ(get(Board::fx2, operation::eeprom_page, 3), (Request{0xC0, 0xFF, 1, 3, {}, 64}));
    EXPECT_EQ(get(Board::fx2, operation::laser_firing), (Request{0xC0, 0xFF, 0x0D, 0, {}, 1}));
    EXPECT_EQ(set(Board::arm, operation::laser_watchdog, 10), (Request{0x40, 0xFF, 0x18, 10, Bytes(8), 0}));
}

TEST(FidRequest, IsUnderstoodByTheDeviceAsTheHostMeantIt) {
    for (const Board board : {Board::fx2, Board::arm}) {
        for (const Operation* row : operation::all) {
            if (board == Board::arm ? row->fx2_only : row->arm_only) continue;
            if (row->set != 0) {
                const std::uint64_t value = row->argument == Argument::none     ? 0
                                            : row->argument == Argument::bits40 ? 0x0102030405
                                                                                : 0x1234;
                const Decoded<Received> heard = decode_request(board, set(board, *row, value));
                ASSERT_TRUE(heard) << row->name;
                EXPECT_EQ(heard->operation, row) << row->name;
                EXPECT_TRUE(heard->set);
                EXPECT_EQ(heard->value, value) << row->name;
                EXPECT_FALSE(heard->data_stage_missing);
            }
            if (row->get != 0) {
                const Decoded<Received> heard = decode_request(board, get(board, *row));
                ASSERT_TRUE(heard) << row->name;
                EXPECT_EQ(heard->operation, row) << row->name;
                EXPECT_FALSE(heard->set);
            }
        }
    }
}

TEST(FidRequest, HasEachOpcodeOnce) {
    std::set<std::pair<Tier, int>> setters, getters;
    for (const Operation* row : operation::all) {
        if (row->set != 0) {
            EXPECT_TRUE(setters.emplace(row->tier, row->set).second) << row->name;
        }
        if (row->get != 0) {
            EXPECT_TRUE(getters.emplace(row->tier, row->get).second) << row->name;
            EXPECT_GT(row->reply_bytes, 0) << row->name;
        }
    }
}

TEST(FidRequest, IsRefusedByAnArmBoardWithoutItsPayload) {
    Request request = set(Board::arm, operation::acquire);
    request.data.resize(7);
    EXPECT_FALSE(decode_request(Board::arm, request));
    EXPECT_TRUE(decode_request(Board::fx2, request)) << "an FX2 board does not mind";
}

TEST(FidRequest, TellsTheDeviceThatADataStageIsMissing) {
    Request request = set(Board::fx2, operation::modulation_period, 1000);
    request.data.clear();
    ASSERT_TRUE(decode_request(Board::fx2, request));
    EXPECT_TRUE(decode_request(Board::fx2, request)->data_stage_missing);
}

TEST(FidRequest, IsRefusedWithAnUnknownOpcodeOrOfAnotherKind) {
    EXPECT_FALSE(decode_request(Board::fx2, {0x40, 0xA2, 0x3C00, 0, Bytes(64), 0})) << "writing the EEPROM";
    EXPECT_FALSE(decode_request(Board::arm, {0x40, 0xFE, 0, 0, Bytes(8), 0})) << "entering DFU";
    EXPECT_FALSE(decode_request(Board::fx2, {0xC0, 0xBE, 0, 0, {}, 1})) << "a setter cannot be read";
    EXPECT_FALSE(decode_request(Board::fx2, {0x00, 0xBE, 0, 0, {}, 0})) << "not a vendor request";
    EXPECT_FALSE(decode_request(Board::fx2, {0xC0, 0xFF, 0x0101, 0, {}, 64}));
    EXPECT_FALSE(decode_request(Board::arm, {0x40, 0xD2, 0, 0, Bytes(8), 0})) << "no trigger source on ARM";
    EXPECT_FALSE(decode_request(Board::fx2, {0xC0, 0x8B, 0, 0, {}, 1})) << "no warning delay on FX2";
}

TEST(FidReply, IsReadInItsOperationsByteOrder) {
    EXPECT_EQ(*decode_number(operation::integration_time, Bytes{0x70, 0x11, 0x01}), 70000u);
    EXPECT_EQ(*decode_number(operation::detector_temperature, Bytes{0x0A, 0xBC}), 0x0ABCu) << "high byte first";
    EXPECT_EQ(*decode_number(operation::modulation_width, Bytes{5, 4, 3, 2, 1, 0, 0, 0}), 0x0102030405u);
    EXPECT_FALSE(decode_number(operation::integration_time, Bytes{0x70, 0x11}));
}

TEST(FidReply, SurvivesTheRoundTripAndIsNotLongerThanAsked) {
    for (const Operation* row : operation::all) {
        if (row->get == 0 || row->reply_bytes > 8) continue;
        const std::uint64_t value =
            0x0102030405060708 & (row->reply_bytes == 8 ? ~0ULL : (1ULL << 8 * row->reply_bytes) - 1);
        EXPECT_EQ(*decode_number(*row, encode_number(Board::fx2, *row, value, row->reply_bytes)), value) << row->name;
    }
    EXPECT_EQ(encode_number(Board::fx2, operation::laser_enable, 1, 8).size(), 1u);
    EXPECT_EQ(encode_number(Board::arm, operation::laser_enable, 1, 8).size(), 8u) << "an ARM board fills up";
    EXPECT_EQ(encode_number(Board::fx2, operation::integration_time, 1, 2).size(), 2u);
}

TEST(FidGain, IsFixedPoint) {
    EXPECT_EQ(gain_word(1.9), 0x01E6) << "1 + 230/256";
    EXPECT_EQ(gain_word(8), 0x0800);
    EXPECT_NEAR(gain_of(gain_word(1.9)), 1.9, 0.5 / 256);
    EXPECT_EQ(gain_word(255.9999), 0xFFFF);
}

TEST(FidVersion, ArrivesReversed) {
    const Decoded<FirmwareVersion> version = decode_firmware_version(Bytes{11, 0, 0, 10});
    ASSERT_TRUE(version);
    EXPECT_EQ(version->text(), "10.0.0.11");
    EXPECT_GE(*version, (FirmwareVersion{10, 0, 0, 11}));
    EXPECT_LT((FirmwareVersion{10, 0, 0, 9}), *version);
    EXPECT_EQ(encode_firmware_version(*version), (Bytes{11, 0, 0, 10}));
    EXPECT_FALSE(decode_firmware_version(Bytes{11, 0, 0}));
    EXPECT_EQ(*decode_fpga_version(Bytes{'0', '3', '5', '-', '0', '0', '1', 0}), "035-001");
    EXPECT_FALSE(decode_fpga_version(Bytes{'0', '3'}));
}

TEST(FidWatchdog, IsReadInBothOrdersBecauseNobodyKnows) {
    const Decoded<WatchdogReadings> readings = watchdog_readings(Bytes{10, 0});
    ASSERT_TRUE(readings);
    EXPECT_EQ(readings->little, std::chrono::seconds(10));
    EXPECT_EQ(readings->big, std::chrono::seconds(2560));
    EXPECT_FALSE(watchdog_readings(Bytes{10}));
}

TEST(FidSpectrum, SurvivesTheRoundTripAndRefusesAnyOtherLength) {
    std::vector<std::uint16_t> counts(1952);
    std::iota(counts.begin(), counts.end(), std::uint16_t{65000});
    Bytes bytes = encode_spectrum(counts);
    EXPECT_EQ(bytes.size(), 3904u);
    EXPECT_EQ(*decode_spectrum(bytes, 1952), counts);
    bytes.pop_back();
    EXPECT_FALSE(decode_spectrum(bytes, 1952));
    EXPECT_FALSE(decode_spectrum(bytes, 1951));
}

TEST(FidSpectrum, IsReadFromTwoEndpointsOnlyWhereTheBoardSplitsIt) {
    EXPECT_EQ(readout(Board::fx2, 2048), (Readout{2048, 2048}));
    EXPECT_EQ(readout(Board::fx2, 1024), (Readout{2048, 0}));
    EXPECT_EQ(readout(Board::arm, 2048), (Readout{4096, 0}));
    EXPECT_EQ(capacity(3904, 512), 4096u) << "a short packet ends it";
    EXPECT_EQ(capacity(2048, 512), 2048u) << "more would wait for a packet that never comes";
}

}  // namespace singel::firmware_bridge::wire::fid
