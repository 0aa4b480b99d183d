#include <cmath>

#include "tests/unit/ooi/host.hpp"

// Memory, registers and cooler (sections 3.2, 5 and 10 of the notes on the OOI protocol).
namespace singel::test {

namespace {

std::vector<std::uint8_t> register_reply(Host& host, std::uint8_t address) {
    return host.ask(ooi::ReadRegister{address});
}

double cooler(Host& host) {
    return *ooi::decode_cooler_celsius(host.ask(ooi::QueryCooler{}));
}

}  // namespace

TEST(OceanMemory, HoldsInSlotSeventeenWhatTheModelKeepsThere) {
    const auto saturation = [](const char* model) {
        Host host(model);
        const auto reply = *ooi::decode_slot(host.ask(ooi::QuerySlot{17}), 17);
        return ooi::autonull_saturation(reply, host.facts.dialect.slot_seventeen);
    };
    EXPECT_EQ(saturation("USB2000+"), 65535u);
    EXPECT_EQ(saturation("USB4000"), 61000u);
    EXPECT_EQ(saturation("Maya2000Pro"), 64000u);
    EXPECT_EQ(saturation("NIRQuest512"), 65535u);
    EXPECT_EQ(saturation("HR4000"), std::nullopt);
    Host host("QE65000");
    EXPECT_EQ(ooi::cooler_slot(*ooi::decode_slot(host.ask(ooi::QuerySlot{17}), 17)),
              (ooi::CoolerSlot{true, true, -100}));
}

TEST(OceanMemory, SaturatesWhereSlotSeventeenSays) {
    Host host("USB4000", flat_light(500));
    host.spectrum();
    const auto counts = host.spectrum();
    EXPECT_EQ(*std::max_element(counts.begin(), counts.end()), 61000);
}

TEST(OceanMemory, ReadsErasedWhereNothingWasWrittenAndTakesNoSlotThatIsNotThere) {
    Host host("USB4000");
    const auto erased = host.ask(ooi::QuerySlot{30});
    EXPECT_EQ(std::count(erased.begin(), erased.end(), 0xFF), 15);
    host.send(ooi::WriteSlot{30, ooi::slot_data("user")});
    host.send(ooi::WriteSlot{31, ooi::slot_data("user")});
    host.pass(milliseconds(200));
    EXPECT_EQ(host.slot_text(30), "user");
    EXPECT_EQ(host.slot_text(31), "");
}

TEST(OceanMemory, KeepsIrradianceInBlocksBeyondTheSlots) {
    Host host("USB2000+");
    const auto first = *ooi::decode_irradiance(host.ask(ooi::QueryIrradiance{0}));
    for (const float value : first) EXPECT_GT(value, 0);
    ooi::WriteIrradiance block{60, {}};
    const auto bytes = ooi::encode_irradiance({1.5F, 2.5F});
    std::copy(bytes.begin(), bytes.end(), block.data.begin());
    host.send(block);
    host.pass(milliseconds(200));
    EXPECT_EQ(host.ask(ooi::QueryIrradiance{60}), bytes);
    EXPECT_EQ(*ooi::decode_irradiance(host.ask(ooi::QueryIrradiance{0})), first) << "the block before is untouched";
    const auto beyond = host.ask(ooi::QueryIrradiance{60000});
    EXPECT_EQ(std::count(beyond.begin(), beyond.end(), 0xFF), 60);
}

TEST(OceanMemory, LiesAsItIsTold) {
    const auto slot = [](device::FaultKind kind, std::uint8_t number) {
        Host host("USB4000", {}, {{kind, 0, {}}});
        return *ooi::decode_slot(host.ask(ooi::QuerySlot{number}), number);
    };
    EXPECT_FALSE(ooi::slot_number(slot(device::FaultKind::nan_coefficient, 2)));
    EXPECT_TRUE(ooi::slot_number(slot(device::FaultKind::nan_coefficient, 1)));
    EXPECT_FALSE(ooi::slot_number(slot(device::FaultKind::comma_coefficient, 2)));
    EXPECT_EQ(slot(device::FaultKind::comma_coefficient, 2).text.substr(0, 2), "2,");
    Host honest("USB4000");
    for (const int index : {0, 1, 3, 6, 7}) {
        const auto number = static_cast<std::uint8_t>(index);
        const auto whole = slot(device::FaultKind::unterminated_text, number);
        EXPECT_EQ(std::count(whole.data.begin(), whole.data.end(), 0), 0) << int(number);
        const auto expected = *ooi::decode_slot(honest.ask(ooi::QuerySlot{number}), number);
        if (number == 0) {
            EXPECT_EQ(whole.text, expected.text);
        } else {
            EXPECT_DOUBLE_EQ(*ooi::slot_number(whole), *ooi::slot_number(expected)) << int(number);
        }
    }
}

TEST(OceanRegisters, TellTheVersionAndWhetherTheFpgaIsProgrammed) {
    const auto version = [](const char* model) {
        Host host(model);
        return ooi::fpga_version(*ooi::decode_register(register_reply(host, 4), 4));
    };
    EXPECT_LT(version("USB2000+").major, ooi::flame_s_major);
    EXPECT_GE(version("Flame-S").major, ooi::flame_s_major);
    EXPECT_EQ(version("Flame-T"), (ooi::FpgaVersion{4, 5, 6})) << "as seen on a real one";
    for (const device::OceanModel& row : device::ocean_rows()) {
        EXPECT_EQ(ooi::plausible(row.fpga), row.facts.dialect.knows.registers) << row.facts.name;
    }
    Host small("USB2000+"), large("USB4000");
    EXPECT_EQ(*ooi::decode_register(register_reply(small, 0x64), 0x64), 0x5501);
    EXPECT_EQ(*ooi::decode_register(register_reply(large, 0x7C), 0x7C), 0x5501);
}

TEST(OceanRegisters, KeepWhatMayBeWritten) {
    Host host("HR2000+");
    host.send(ooi::WriteRegister{0x28, 480});
    host.send(ooi::WriteRegister{0x00, 12});
    host.send(ooi::WriteRegister{0x04, 0x4000});
    host.send(ooi::WriteRegister{0x2C, 3});
    EXPECT_EQ(*ooi::decode_register(register_reply(host, 0x28), 0x28), 480);
    EXPECT_EQ(*ooi::decode_register(register_reply(host, 0x00), 0x00), 24) << "the clock is the firmware's";
    EXPECT_EQ(ooi::fpga_version(*ooi::decode_register(register_reply(host, 0x04), 0x04)).major, 1u);
    EXPECT_EQ(*ooi::decode_register(register_reply(host, 0x2C), 0x2C), 0) << "a mirror";
    host.send(ooi::SetTrigger{3});
    host.send(ooi::SetLamp{true});
    EXPECT_EQ(*ooi::decode_register(register_reply(host, 0x2C), 0x2C), 3);
    EXPECT_EQ(*ooi::decode_register(register_reply(host, 0x40), 0x40), 1);
}

TEST(OceanRegisters, AreEchoedByAFlameAndSwappedByAFault) {
    Host flame("Flame-S"), swapped("USB4000", {}, {{device::FaultKind::swapped_registers, 0, {}}});
    EXPECT_EQ(register_reply(flame, 4)[0], 0xFE);
    const auto reply = register_reply(swapped, 4);
    const auto order = ooi::register_order(*ooi::decode_register(reply, 4));
    EXPECT_EQ(order, ooi::ByteOrder::big);
    EXPECT_EQ(ooi::fpga_version(*ooi::decode_register(reply, 4, order)), (ooi::FpgaVersion{3, 9, 4}));
}

TEST(OceanPower, OffLeavesNothingButTheUsbChipRunning) {
    Host host("HR2000+");
    host.send(ooi::SetPower{false});
    EXPECT_FALSE(host.status().powered);
    EXPECT_TRUE(host.silent(ooi::QuerySlot{0}));
    host.send(ooi::RequestSpectrum{});
    host.pass(seconds(1));
    EXPECT_TRUE(host.waiting_spectrum().empty());
    host.send(ooi::SetPower{true});
    EXPECT_FALSE(host.spectrum().empty());
}

TEST(OceanCooler, NearsItsSetpointAndIgnoresOneOutOfRange) {
    Host host("QE65000");
    EXPECT_NEAR(cooler(host), 24, 0.1) << "warm at power-up";
    host.pass(seconds(20));
    EXPECT_NEAR(cooler(host), -10 + 34 / std::exp(1), 0.1) << "one time constant";
    host.pass(seconds(300));
    EXPECT_NEAR(cooler(host), -10, 0.11);
    host.send(ooi::SetCoolerSetpoint{-301});
    host.send(ooi::SetCoolerSetpoint{251});
    host.pass(seconds(300));
    EXPECT_NEAR(cooler(host), -10, 0.11);
    host.send(ooi::SetCoolerSetpoint{-150});
    EXPECT_NEAR(cooler(host), -10, 0.11) << "not at once";
    host.pass(seconds(300));
    EXPECT_NEAR(cooler(host), -15, 0.11);
    host.send(ooi::SetCooler{false});
    host.pass(seconds(300));
    EXPECT_NEAR(cooler(host), 24, 0.11);
}

TEST(OceanCooler, HalvesTheDarkCurrentEverySevenDegrees) {
    Host host("QE65000", device::Scene{});
    host.send(ooi::SetCooler{false});
    host.use(seconds(10));
    const auto dark = [&] {
        host.spectrum();
        const auto counts = host.spectrum();
        return mean(counts, 100, 1000);
    };
    host.pass(seconds(300));
    const double warm = dark();
    host.send(ooi::SetCooler{true});
    host.send(ooi::SetCoolerSetpoint{170});
    host.pass(seconds(300));
    const double cooler_by_seven = dark();
    host.send(ooi::SetCoolerSetpoint{-300});
    host.pass(seconds(300));
    const double offset = dark();
    EXPECT_NEAR((warm - offset) / (cooler_by_seven - offset), 2, 0.1);
}

TEST(OceanCooler, WarmsItsHeatSinkLessWithTheFan) {
    Host host("QE65000");
    host.pass(seconds(300));
    const auto heatsink = [&] { return *ooi::decode_heatsink_celsius(host.ask(ooi::QueryTemperature{})); };
    const double with_fan = heatsink();
    host.send(ooi::SetFan{false});
    EXPECT_GT(heatsink(), with_fan + 5);
    Host without("NIRQuest512");
    EXPECT_EQ(ooi::decode_heatsink_celsius(without.ask(ooi::QueryTemperature{})), std::nullopt);
}

TEST(OceanPlugIns, AreNotThere) {
    Host host("USB2000+");
    EXPECT_EQ(*ooi::decode_count(host.ask(ooi::CountPlugIns{})), 0);
    EXPECT_EQ(*ooi::decode_plug_ins(host.ask(ooi::QueryPlugIns{})), ooi::PlugIns{});
    EXPECT_EQ(ooi::decode_i2c_read(host.ask(ooi::ReadI2c{0x50, 4}), 0x50)->status, ooi::I2cStatus::no_acknowledge);
    EXPECT_EQ(*ooi::decode_i2c_written(host.ask(ooi::WriteI2c{0x50, {1}})), ooi::I2cStatus::no_acknowledge);
    Host jaz("Jaz");
    EXPECT_EQ(*ooi::decode_count(jaz.ask(ooi::CountChannels{})), 1);
}

}  // namespace singel::test
