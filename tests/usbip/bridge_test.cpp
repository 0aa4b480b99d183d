#include <csignal>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/usb/spawned.hpp"
#include "tests/usbip/client.hpp"

namespace singel::tests::usbip {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr int wrong_usage = 2;

std::vector<std::string> bridge(const std::vector<std::string>& options) {
    std::vector<std::string> command = {SINGEL_BIN_DIR "/singel-bridge", "usbip"};
    command.insert(command.end(), options.begin(), options.end());
    return command;
}

std::uint16_t port_in(const std::string& line) {
    EXPECT_THAT(line, StartsWith("usbip 127.0.0.1 port "));
    return static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(' ') + 1)));
}

TEST(SingelBridgeUsbip, SaysWhereItListensAndStopsOnASignal) {
    for (const int signal : {SIGINT, SIGTERM}) {
        Spawned program(bridge({"--model", "USB2000+,WP-785", "--port", "0"}));
        Client client(port_in(program.read_line()));
        const auto devices = client.list();
        ASSERT_EQ(devices.size(), 2u);
        EXPECT_EQ(devices[0].vendor_id, 0x2457);
        EXPECT_EQ(devices[1].vendor_id, 0x24AA);
        program.send(signal);
        EXPECT_EQ(program.exit_code(), 0);
    }
}

TEST(SingelBridgeUsbip, NamesAPortThatIsTaken) {
    Spawned first(bridge({"--model", "USB2000+", "--port", "0"}));
    const auto port = port_in(first.read_line());
    Spawned second(bridge({"--model", "USB2000+", "--port", std::to_string(port)}));
    EXPECT_THAT(second.read_rest(), testing::AllOf(HasSubstr(std::to_string(port)), HasSubstr("--port")));
    EXPECT_EQ(second.exit_code(), wrong_usage);
}

TEST(SingelBridgeUsbip, GivesABadPeerALineAndGoesOn) {
    Spawned program(bridge({"--model", "USB2000+", "--port", "0"}));
    const auto port = port_in(program.read_line());
    Client bad(port);
    bad.send(request(0x0100, 0x8005));
    EXPECT_TRUE(bad.closed());
    EXPECT_THAT(program.read_line(),
                testing::AllOf(StartsWith("singel-bridge: dropped 127.0.0.1:"), HasSubstr("version")));
    Client good(port);
    EXPECT_EQ(good.list().size(), 1u);
}

TEST(SingelBridgeUsbip, SaysWhichLaserIsStillOnAtTheEnd) {
    Spawned program(bridge({"--model", "WP-785", "--port", "0", "--expect-laser-off"}));
    Client client(port_in(program.read_line()));
    ASSERT_EQ(client.import("1-1"), 0u);
    client.control({0x40, 0xBE, 1, 0, 8}, Bytes(8));  // FID notes: laser enable
    ASSERT_EQ(client.answer()->status, 0);
    program.send(SIGTERM);
    EXPECT_THAT(program.read_rest(), HasSubstr("the laser of WP-785 is still on"));
    EXPECT_EQ(program.exit_code(), 3);
}

TEST(SingelBridgeUsbip, RefusesWrongUsage) {
    EXPECT_EQ(Spawned(bridge({})).exit_code(), wrong_usage);
    EXPECT_EQ(Spawned(bridge({"--model", "XYZ-1"})).exit_code(), wrong_usage);
    EXPECT_EQ(Spawned(bridge({"--model", "USB2000+", "--port", "70000"})).exit_code(), wrong_usage);
}

}  // namespace
}  // namespace singel::tests::usbip
