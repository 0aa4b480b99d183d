#include "firmware-bridge/trace/recorder.hpp"

#include <gtest/gtest.h>

#include "tests/unit/trace/host.hpp"
#include "tests/usb/loopback_device.hpp"

namespace singel::firmware_bridge::trace {
namespace {

using namespace std::chrono_literals;
using namespace tests::loopback;

struct Bench {
    std::vector<std::variant<Transfer, Event>> told;
    Recorder recorder{std::make_unique<tests::LoopbackDevice>("LOOP1", tests::LoopbackDevice::Speed::high),
                      [this](const auto& what) { told.push_back(what); }};
    Host host{recorder};
    const Transfer& transfer(std::size_t i) { return std::get<Transfer>(told.at(i)); }
};

TEST(Recorder, TellsEachTransferOnceWithTimesAndBytes) {
    Bench bench;
    bench.host.now = 10us;
    const auto control = bench.host.control({0xC0, echo_request, 0x1234, 0x5678, 8});
    const auto sent = bench.host.write(command_out, {set_delay, 2});
    bench.host.write(command_out, {make_frame});
    const auto frame = bench.host.read(frame_in, 5000);
    bench.host.wait_until(2010us);
    ASSERT_EQ(bench.told.size(), 4u);
    EXPECT_TRUE(bench.host.answer(control) && bench.host.answer(sent) && bench.host.answer(frame));
    EXPECT_TRUE(bench.transfer(0).control && bench.transfer(0).in());
    EXPECT_EQ(bench.transfer(0).at, 10us);
    EXPECT_EQ(bench.transfer(0).asked, 8u);
    EXPECT_EQ(bench.transfer(0).data, (std::vector<std::uint8_t>{0x34, 0x12, 0x78, 0x56}));
    EXPECT_EQ(bench.transfer(1).data, (std::vector<std::uint8_t>{set_delay, 2}));
    EXPECT_EQ(bench.transfer(1).actual, 2u);
    EXPECT_EQ(bench.transfer(3).at, 2010us);
    EXPECT_EQ(bench.transfer(3).took, 2000us);
    EXPECT_EQ(bench.transfer(3).data, bench.host.answer(frame)->in);
}

TEST(Recorder, TellsWhatWasCancelledClearedResetAndUnplugged) {
    Bench bench;
    const auto read = bench.host.read(frame_in, 100);
    bench.recorder.cancel(read, 5us);
    bench.recorder.clear_halt(frame_in);
    bench.recorder.reset(6us);
    bench.host.read(frame_in, 100);
    bench.recorder.unplug(7us);
    bench.recorder.plug(8us);
    ASSERT_EQ(bench.told.size(), 6u);
    EXPECT_EQ(bench.transfer(0).status, Status::cancelled);
    EXPECT_EQ(bench.transfer(1).setup.index, frame_in);
    EXPECT_EQ(std::get<Event>(bench.told[2]), (Event{6us, Happening::reset}));
    EXPECT_EQ(std::get<Event>(bench.told[3]), (Event{7us, Happening::unplugged}));
    EXPECT_EQ(bench.transfer(4).status, Status::no_device);
    EXPECT_EQ(std::get<Event>(bench.told[5]).what, Happening::plugged);
}

}  // namespace
}  // namespace singel::firmware_bridge::trace
