#include "firmware-bridge/wire/fid/requests.hpp"

#include <gtest/gtest.h>
#include <numeric>
#include <set>

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

namespace {

constexpr std::array boards{Board::fx2, Board::ingaas, Board::arm};

std::uint64_t some_value(const Operation& row) {
    if (row.argument == Argument::none) return 0;
    return row.argument == Argument::bits40 ? 0x0102030405 : row.argument == Argument::bits24 ? 0x123456 : 0x1234;
}

}  // namespace

TEST(FidRequest, IsUnderstoodByTheDeviceAsTheHostMeantIt) {
    for (const Board board : boards) {
        for (const Operation* row : operation::all) {
            if (row->access == Access::locked) continue;
            if (can_set(*row, board)) {
                const Decoded<Received> heard = decode_request(board, set(board, *row, some_value(*row)));
                ASSERT_TRUE(heard) << row->name;
                EXPECT_EQ(heard->operation, row) << row->name;
                EXPECT_TRUE(heard->set);
                EXPECT_EQ(heard->value, some_value(*row)) << row->name;
                EXPECT_FALSE(heard->data_stage_missing);
            }
            if (can_get(*row, board)) {
                const Decoded<Received> heard = decode_request(board, get(board, *row));
                ASSERT_TRUE(heard) << row->name;
                EXPECT_EQ(heard->operation, row) << row->name;
                EXPECT_FALSE(heard->set);
            }
        }
    }
}

TEST(FidRequest, HasEachOpcodeOnceOnEachBoard) {
    for (const Board board : boards) {
        std::set<std::pair<Tier, int>> setters, getters;
        for (const Operation* row : operation::all) {
            if (can_set(*row, board)) {
                EXPECT_TRUE(setters.emplace(row->tier, row->set).second) << row->name;
            }
            if (can_get(*row, board)) {
                EXPECT_TRUE(getters.emplace(row->tier, row->get).second) << row->name;
                EXPECT_GT(row->reply_bytes, 0) << row->name;
            }
        }
    }
}

TEST(FidRequest, GivesOneOpcodeTheMeaningThatTheBoardHas) {
    EXPECT_EQ(decode_request(Board::ingaas, {0x40, 0xEB, 1, 0, Bytes(8), 0})->operation, &operation::high_gain);
    EXPECT_EQ(decode_request(Board::fx2, {0x40, 0xEB, 1, 0, Bytes(8), 0})->operation, &operation::area_scan);
    EXPECT_EQ(decode_request(Board::fx2, {0x40, 0xFD, 1, 0, {}, 0})->operation, &operation::pixel_mode);
    EXPECT_EQ(decode_request(Board::arm, {0x40, 0xFD, 0, 0, Bytes(23), 0})->operation, &operation::auto_raman);
    EXPECT_FALSE(decode_request(Board::fx2, {0xC0, 0x9E, 0, 0, {}, 2})) << "odd pixels belong to InGaAs";
    EXPECT_EQ(set(Board::ingaas, operation::high_gain, 1).data.size(), 8u);
}

TEST(FidRequest, LocksEveryOperationThatDamagesUnlocksOrLightsByItself) {
    const auto locked = [](Board board, Tier tier, unsigned opcode) {
        const bool second = tier == Tier::second;
        const Request request{0x40,
                              static_cast<std::uint8_t>(second ? 0xFF : opcode),
                              static_cast<std::uint16_t>(second ? opcode : 0x3C00),
                              0,
                              Bytes(64),
                              0};
        const auto received = decode_request(board, request);
        return received && received->operation->access == Access::locked;
    };
    EXPECT_TRUE(locked(Board::fx2, Tier::first, 0xA2)) << "EEPROM write";
    EXPECT_TRUE(locked(Board::arm, Tier::second, 0x02)) << "EEPROM write";
    EXPECT_TRUE(locked(Board::arm, Tier::first, 0xFE)) << "DFU";
    EXPECT_TRUE(locked(Board::arm, Tier::first, 0xFD)) << "auto-Raman";
    EXPECT_TRUE(locked(Board::fx2, Tier::first, 0x90)) << "poke";
    for (const Board board : boards) EXPECT_TRUE(locked(board, Tier::second, 0x16)) << "Raman mode";
    EXPECT_TRUE(locked(Board::arm, Tier::second, 0xC0)) << "forced error";
}

TEST(FidRequest, WritesAPageOfMemoryInTheWayOfItsBoard) {
    Bytes page(64);
    std::iota(page.begin(), page.end(), std::uint8_t{1});
    const Request fx2 = write_eeprom_page(Board::fx2, 3, page), arm = write_eeprom_page(Board::arm, 3, page);
    EXPECT_EQ(fx2, (Request{0x40, 0xA2, 0x3CC0, 0, page, 0}));
    EXPECT_EQ(arm, (Request{0x40, 0xFF, 0x02, 3, page, 0}));
    EXPECT_EQ(written_page(*decode_request(Board::ingaas, fx2)), 3);
    EXPECT_EQ(written_page(*decode_request(Board::arm, arm)), 3);
    Request crooked = fx2;
    crooked.value = 0x3CC1;
    EXPECT_FALSE(written_page(*decode_request(Board::fx2, crooked)));
    crooked = fx2;
    crooked.data.pop_back();
    EXPECT_FALSE(written_page(*decode_request(Board::fx2, crooked)));
    EXPECT_FALSE(written_page(*decode_request(Board::fx2, set(Board::fx2, operation::laser_enable, 1))));
}

TEST(FidAutoRaman, SurvivesTheRoundTripAndLiesWhereTheDocumentPutsIt) {
    AutoRaman request;
    const Bytes bytes = encode_auto_raman(request);
    EXPECT_EQ(bytes, (Bytes{0x10, 0x27, 100,  0,    0,    0xD0, 0x07, 10,   0,    30,   0,  0xC8,
                            0xAF, 0x50, 0xC3, 0x40, 0x9C, 5,    0x80, 0x00, 0xE8, 0xFD, 100}));
    request.drop_factor = 0.25;
    request.most = milliseconds(1234);
    EXPECT_EQ(*decode_auto_raman(encode_auto_raman(request)), request);
    EXPECT_FALSE(decode_auto_raman(Bytes(22)));
}

TEST(FidOptions, AreThePartsOfOneWord) {
    const CompileOptions options{1, 2, true, 1, 2, true, true, true};
    EXPECT_EQ(compile_options_word(options), 0b0111'0100'1101'0001u);
    EXPECT_EQ(compile_options_of(compile_options_word(options)), options);
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
    EXPECT_FALSE(decode_request(Board::arm, {0x40, 0xA2, 0x3C00, 0, Bytes(64), 0})) << "an FX2 write on ARM";
    EXPECT_FALSE(decode_request(Board::fx2, {0x40, 0x01, 0, 0, {}, 0})) << "no such opcode";
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
