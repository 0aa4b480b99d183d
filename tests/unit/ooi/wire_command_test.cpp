#include <gtest/gtest.h>

#include "firmware-bridge/wire/ooi/commands.hpp"
#include "firmware-bridge/wire/ooi/models.hpp"

namespace singel::firmware_bridge::wire::ooi {

using std::chrono::microseconds;
using std::chrono::milliseconds;

namespace {

Bytes integration(milliseconds time, IntegrationField field) {
    return encode(SetIntegrationTime{time}, field);
}

}  // namespace

// 100 ms, as the notes work it out for a USB4000 and a USB2000 (section 3).
TEST(OoiIntegrationTime, TravelsInTheFieldOfTheModel) {
    EXPECT_EQ(integration(milliseconds(100), IntegrationField::u32_us), (Bytes{0x02, 0xA0, 0x86, 0x01, 0x00}));
    EXPECT_EQ(integration(milliseconds(100), IntegrationField::u16_ms), (Bytes{0x02, 0x64, 0x00}));
    EXPECT_EQ(integration(milliseconds(100), IntegrationField::u32_ms), (Bytes{0x02, 0x64, 0x00, 0x00, 0x00}));
    EXPECT_EQ(integration(milliseconds(65535), IntegrationField::u16_ms), (Bytes{0x02, 0xFF, 0xFF}));
}

TEST(OoiIntegrationTime, IsUnderstoodAsItWasMeant) {
    for (const auto field : {IntegrationField::u16_ms, IntegrationField::u32_us, IntegrationField::u32_ms}) {
        const SetIntegrationTime command{milliseconds(12345)};
        EXPECT_EQ(*decode_command(encode(command, field), field), Command(command));
    }
    // csb sends four bytes to models that take two.
    EXPECT_EQ(*decode_command(Bytes{0x02, 0x64, 0x00, 0x00, 0x00}, IntegrationField::u16_ms),
              Command(SetIntegrationTime{milliseconds(100)}));
    EXPECT_FALSE(decode_command(Bytes{0x02, 0x64}, IntegrationField::u16_ms));
}

TEST(OoiCommand, MatchesTheBytesOfTheRareOnes) {
    EXPECT_EQ(encode(SetCoolerSetpoint{-100}), (Bytes{0x73, 0x9C, 0xFF})) << "-10.0 degC, the example of the notes";
    EXPECT_EQ(encode(SetFan{true}), (Bytes{0x70, 0x01, 0x00}));
    EXPECT_EQ(encode(SetCooler{false}), (Bytes{0x71, 0x00, 0x00}));
    EXPECT_EQ(encode(QueryCooler{}), (Bytes{0x72}));
    EXPECT_EQ(encode(StopAcquisition{}), (Bytes{0x1E}));
    EXPECT_EQ(encode(QuerySerial{}), (Bytes{0x08}));
    EXPECT_EQ(encode(CountPlugIns{}), (Bytes{0x0B}));
    EXPECT_EQ(encode(QueryPlugIns{}), (Bytes{0x0C}));
    EXPECT_EQ(encode(RescanPlugIns{}), (Bytes{0x0D}));
    EXPECT_EQ(encode(ReadI2c{0x50, 4}), (Bytes{0x60, 0x50, 0x04}));
    EXPECT_EQ(encode(WriteI2c{0x50, {1, 2}}), (Bytes{0x61, 0x50, 0x02, 0x01, 0x02}));
    EXPECT_EQ(encode(QueryIrradiance{120}), (Bytes{0x6D, 120, 0x00}));
    EXPECT_EQ(encode(SelectChannel{2}), (Bytes{0xC1, 0x02}));
    EXPECT_EQ(encode(CountChannels{}), (Bytes{0xC0}));
    EXPECT_EQ(encode(WriteSlot{1, {'3', '.', '5'}}).size(), 17u);
    EXPECT_EQ(encode(WriteSerial{{'A'}}).size(), 17u);
    EXPECT_EQ(encode(WriteIrradiance{60, {}}).size(), 63u);
}

TEST(OoiCommand, OfTheRareOnesIsUnderstoodAndRefusedWhenCutShort) {
    const std::vector<Command> commands{SetCoolerSetpoint{-273},
                                        SetFan{true},
                                        SetCooler{true},
                                        QueryCooler{},
                                        StopAcquisition{},
                                        QuerySerial{},
                                        CountPlugIns{},
                                        QueryPlugIns{},
                                        RescanPlugIns{},
                                        ReadI2c{0x48, 61},
                                        WriteI2c{0x48, Bytes(61, 7)},
                                        QueryIrradiance{0xABCD},
                                        WriteIrradiance{60, {1, 2}},
                                        SelectChannel{1},
                                        CountChannels{},
                                        WriteSlot{30, {'x'}},
                                        WriteSerial{{'S', 'N'}}};
    for (const Command& command : commands) {
        const Bytes whole = encode(command);
        ASSERT_TRUE(decode_command(whole));
        EXPECT_EQ(*decode_command(whole), command) << "opcode " << int(whole[0]);
        for (std::size_t size = 1; size < whole.size(); ++size) {
            EXPECT_FALSE(decode_command(ByteView(whole).first(size))) << int(whole[0]) << ", " << size << " bytes";
        }
    }
}

TEST(OoiCommand, TakesNoMoreI2cDataThanAMessageHolds) {
    Bytes greedy{0x61, 0x48, 200};
    greedy.resize(3 + 200, 9);
    const auto decoded = decode_command(greedy);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(std::get<WriteI2c>(*decoded).data.size(), 61u);
}

// The command table, and the rows of section 7.
TEST(OoiVocabulary, IsThatOfTheModel) {
    for (const ModelFacts& model : {hr2000, jaz}) EXPECT_FALSE(knows(model.dialect, QueryStatus{})) << model.name;
    for (const ModelFacts& model : {usb2000, usb4000, nirquest512, apex, flame_nir})
        EXPECT_TRUE(knows(model.dialect, QueryStatus{})) << model.name;
    for (const ModelFacts& model : {qe65000, nirquest256, nirquest512})
        EXPECT_TRUE(knows(model.dialect, SetCoolerSetpoint{0})) << model.name;
    for (const ModelFacts& model : {usb2000, usb2000_plus, maya2000_pro, jaz})
        EXPECT_FALSE(knows(model.dialect, SetCoolerSetpoint{0})) << model.name;
    EXPECT_TRUE(knows(usb2000.dialect, QuerySerial{}));
    EXPECT_FALSE(knows(usb4000.dialect, QuerySerial{}));
    EXPECT_FALSE(knows(usb2000.dialect, ReadRegister{4}));
    EXPECT_FALSE(knows(nirquest512.dialect, ReadRegister{4}));
    EXPECT_TRUE(knows(flame_s.dialect, ReadRegister{4}));
    EXPECT_TRUE(knows(jaz.dialect, CountChannels{}));
    EXPECT_FALSE(knows(usb2000_plus.dialect, CountChannels{}));
    EXPECT_FALSE(knows(apex.dialect, SetTrigger{0}));
    EXPECT_FALSE(knows(usb2000_plus.dialect, StopAcquisition{}));
    EXPECT_FALSE(knows(usb2000_plus.dialect, Unknown{0xE3}));
    EXPECT_TRUE(knows(qe65000.dialect, SetIntegrationTime{std::chrono::seconds(1600)}));
}

}  // namespace singel::firmware_bridge::wire::ooi
