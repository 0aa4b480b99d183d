#include <cmath>
#include <gtest/gtest.h>

#include "firmware-bridge/wire/ooi/replies.hpp"

namespace singel::firmware_bridge::wire::ooi {

using std::chrono::milliseconds;

namespace {

SlotReply slot_seventeen(const SlotData& data) {
    return *decode_slot(encode_slot(slot::autonull, data), slot::autonull);
}

}  // namespace

// Section 4: milliseconds most significant byte first, the order of the pixel count not settled.
TEST(OoiStatus, OfFamilyAIsReadInEitherOrderOfThePixels) {
    for (const Bytes& pixels : {Bytes{0x00, 0x08}, Bytes{0x08, 0x00}}) {
        Bytes reply{pixels[0], pixels[1], 0x01, 0x2C, 1, 3, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0};
        const auto status = decode_status(reply, StatusForm::family_a);
        ASSERT_TRUE(status);
        EXPECT_EQ(status->pixels, 2048);
        EXPECT_EQ(status->integration_time, milliseconds(300));
        EXPECT_TRUE(status->lamp);
        EXPECT_EQ(status->trigger, 3);
        EXPECT_EQ(status->acquisition, acquisition_requested | acquisition_ready);
        EXPECT_EQ(status->high_speed, std::nullopt);
    }
}

TEST(OoiStatus, OfFamilyASurvivesTheRoundTrip) {
    const Status status{2048, milliseconds(65535), true, 1, acquisition_ready, 0, true, 0, std::nullopt};
    EXPECT_EQ(*decode_status(encode_status(status, StatusForm::family_a), StatusForm::family_a), status);
    EXPECT_EQ(encode_status(status, StatusForm::family_a).size(), 16u);
    EXPECT_FALSE(decode_status(Bytes(15), StatusForm::family_a));
}

TEST(OoiSlotSeventeen, HoldsTheSaturationWhereTheModelKeepsIt) {
    const SlotReply reply = slot_seventeen({0x00, 0xFA, 0, 0, 0x10, 0xEA, 0x01, 0x00});
    EXPECT_EQ(autonull_saturation(reply, SlotSeventeen::saturation_at_0), 64000u);
    EXPECT_EQ(autonull_saturation(reply, SlotSeventeen::saturation_at_4), 0xEA10u);
    EXPECT_EQ(autonull_saturation(reply, SlotSeventeen::wide_saturation_at_4), 0x1EA10u);
    EXPECT_EQ(autonull_saturation(reply, SlotSeventeen::cooler), std::nullopt);
    EXPECT_EQ(autonull_saturation(reply, SlotSeventeen::none), std::nullopt);
    for (const auto form :
         {SlotSeventeen::saturation_at_0, SlotSeventeen::saturation_at_4, SlotSeventeen::wide_saturation_at_4}) {
        EXPECT_EQ(autonull_saturation(slot_seventeen(autonull_data(61000, form)), form), 61000u);
    }
}

TEST(OoiSlotSeventeen, HoldsTheCoolerOfTheQe65000) {
    const SlotReply reply = slot_seventeen({1, 0, 0x9C, 0xFF});
    EXPECT_EQ(cooler_slot(reply), (CoolerSlot{true, false, -100}));
    EXPECT_EQ(cooler_slot(slot_seventeen(cooler_data({false, true, 123}))), (CoolerSlot{false, true, 123}));
}

TEST(OoiSlot, MayHoldASecondNumberBehindTheFirst) {
    SlotData data = slot_data("0.5");
    const auto second = [&] { return second_slot_number(*decode_slot(encode_slot(5, data), 5)); };
    EXPECT_EQ(second(), std::nullopt) << "erased";
    data[4] = '7';
    EXPECT_EQ(second(), 7.0);
    data[4] = 0xB7;
    EXPECT_EQ(second(), std::nullopt) << "garbage";
    EXPECT_EQ(second_slot_number(*decode_slot(encode_slot(5, "123456789012345"), 5)), std::nullopt) << "no NUL";
}

TEST(OoiSerial, IsSixteenCharactersAfterItsOpcode) {
    const Bytes reply = encode_serial("USB2E1234");
    EXPECT_EQ(reply.size(), 17u);
    EXPECT_EQ(reply[0], 0x08);
    EXPECT_EQ(*decode_serial(reply), "USB2E1234");
    EXPECT_EQ(*decode_serial(encode_serial("0123456789ABCDEFGH")), "0123456789ABCDEF") << "cut to the field";
    EXPECT_FALSE(decode_serial(ByteView(reply).first(16)));
    EXPECT_FALSE(decode_serial(encode_slot(0, "USB2E1234"))) << "an answer to another question";
}

TEST(OoiIrradiance, ComesMostSignificantByteFirst) {
    std::array<float, irradiances_per_block> values{};
    values[0] = 1.0F;
    values[14] = -2.5F;
    const Bytes block = encode_irradiance(values);
    ASSERT_EQ(block.size(), 60u);
    EXPECT_EQ(Bytes(block.begin(), block.begin() + 4), (Bytes{0x3F, 0x80, 0x00, 0x00})) << "1.0 in IEEE 754";
    EXPECT_EQ(*decode_irradiance(block), values);
    EXPECT_FALSE(decode_irradiance(ByteView(block).first(59)));
    const Bytes erased(60, 0xFF);
    const auto nothing = decode_irradiance(erased);
    for (const float value : *nothing) EXPECT_TRUE(std::isnan(value));
}

// Data sheets of the USB4000 and the HR2000+ contradict everything else: a version must make sense.
TEST(OoiRegister, TellsItsByteOrderByTheVersion) {
    EXPECT_EQ(register_order(register_value({3, 1, 4})), ByteOrder::little);
    EXPECT_EQ(register_order(0x0121), ByteOrder::big) << "2.16.1 the other way round";
    EXPECT_EQ(register_order(0x1020), ByteOrder::little) << "both make sense";
    EXPECT_EQ(register_order(0x0000), ByteOrder::little) << "neither does";
    EXPECT_EQ(register_order_by_constant(0x5501), ByteOrder::little);
    EXPECT_EQ(register_order_by_constant(0x0155), ByteOrder::big);
    EXPECT_EQ(register_order_by_constant(0x5555), std::nullopt);
    EXPECT_EQ(encode_register(4, 0x2101, ByteOrder::big), (Bytes{0x04, 0x21, 0x01}));
    EXPECT_EQ(*decode_register(Bytes{0x04, 0x21, 0x01}, 4, ByteOrder::big), 0x2101);
}

TEST(OoiTemperature, MayComeWithThatOfTheHeatSink) {
    const Bytes reply = encode_temperature(31.25, 40.5);
    ASSERT_EQ(reply.size(), 6u);
    EXPECT_NEAR(*decode_temperature_celsius(reply), 31.25, 0.002);
    EXPECT_NEAR(*decode_heatsink_celsius(reply), 40.5, 0.002);
    EXPECT_EQ(decode_heatsink_celsius(encode_temperature(31.25)), std::nullopt);
    Bytes unanswered = reply;
    unanswered[3] = 0x09;
    EXPECT_EQ(decode_heatsink_celsius(unanswered), std::nullopt);
}

TEST(OoiCooler, CountsInTenths) {
    EXPECT_EQ(encode_cooler(-100), (Bytes{0x9C, 0xFF}));
    EXPECT_DOUBLE_EQ(*decode_cooler_celsius(Bytes{0x9C, 0xFF}), -10.0);
    EXPECT_FALSE(decode_cooler_celsius(Bytes{0x9C}));
}

TEST(OoiPlugIns, AreSevenPlaces) {
    const PlugIns plug_ins{1, 0, 3};
    EXPECT_EQ(*decode_plug_ins(encode_plug_ins(plug_ins)), plug_ins);
    EXPECT_FALSE(decode_plug_ins(Bytes(6)));
    EXPECT_EQ(*decode_count(encode_count(2)), 2);
    EXPECT_FALSE(decode_count({}));
}

TEST(OoiI2c, TellsWhatBecameOfAMessage) {
    const I2cReply reply{I2cStatus::success, 0x50, {1, 2, 3}};
    EXPECT_EQ(encode_i2c_read(reply), (Bytes{8, 0x50, 3, 1, 2, 3}));
    EXPECT_EQ(*decode_i2c_read(encode_i2c_read(reply), 0x50), reply);
    EXPECT_FALSE(decode_i2c_read(encode_i2c_read(reply), 0x51)) << "an older answer";
    EXPECT_FALSE(decode_i2c_read(Bytes{8, 0x50, 3, 1, 2}, 0x50));
    EXPECT_FALSE(decode_i2c_read(Bytes{5, 0x50, 0}, 0x50)) << "a status that nobody knows";
    EXPECT_EQ(*decode_i2c_written(encode_i2c_written(I2cStatus::timeout)), I2cStatus::timeout);
    EXPECT_FALSE(decode_i2c_written({}));
    EXPECT_FALSE(decode_i2c_written(Bytes{10}));
}

}  // namespace singel::firmware_bridge::wire::ooi
