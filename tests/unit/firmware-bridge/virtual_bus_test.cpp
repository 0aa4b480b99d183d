#include "firmware-bridge/virtual/descriptors.hpp"
#include "firmware-bridge/virtual/virtual_device.hpp"
#include "tests/unit/firmware-bridge/bench.hpp"

// The bus side that all virtual instruments share, with a firmware that only does what the test says.
namespace singel::test {

namespace {

constexpr std::uint8_t in = 0x82, out = 0x01;

struct Puppet final : device::Firmware {
    explicit Puppet(device::Port given) : port(given) {}
    void power_up(device::Clock) override { ++power_ups; }
    void power_down(device::Clock) override {}
    void bus_reset(device::Clock) override { ++bus_resets; }
    device::Reply vendor_request(const device::Setup& setup, std::span<const std::uint8_t> data,
                                 device::Clock) override {
        last_setup = setup;
        received.assign(data.begin(), data.end());
        return reply;
    }
    void bulk_out(std::uint8_t, std::span<const std::uint8_t> data, device::Clock) override {
        received.assign(data.begin(), data.end());
        ++packets;
    }
    void conditions_changed(device::Clock) override {}
    device::Truth truth() const override { return {}; }

    device::Port port;
    device::Reply reply;
    device::Setup last_setup;
    std::vector<std::uint8_t> received;
    int power_ups = 0, bus_resets = 0, packets = 0;
};

class Bus : public testing::Test {
protected:
    Bench make(device::Faults faults) {
        return Bench(std::make_unique<device::VirtualDevice>(
            device::describe_bulk({0x1234, 0x5678, 0x0100, "maker", "product", "serial"}, device::Speed::high,
                                  {out, in}),
            std::move(faults), [this](device::Port port) {
                auto made = std::make_unique<Puppet>(port);
                puppet = made.get();
                return made;
            }));
    }
    void device_sends(std::size_t size, bool end_with_empty = false) {
        std::vector<std::uint8_t> data(size);
        for (std::size_t i = 0; i < size; ++i) data[i] = static_cast<std::uint8_t>(i * 7);
        puppet->port.endpoints.send(in, data, end_with_empty);
        host.pass(device::Clock(1));  // completions are delivered by calls of the host
    }

    Puppet* puppet = nullptr;
    Bench host = make({});
};

device::Setup standard(std::uint8_t type, std::uint8_t request, std::uint16_t value, std::uint16_t index,
                       std::uint16_t length) {
    return {type, request, value, index, length};
}

}  // namespace

TEST_F(Bus, DescribesTheDevice) {
    const auto device_descriptor = host.bytes(host.start_control(standard(0x80, 6, 0x0100, 0, 18)));
    EXPECT_EQ(device_descriptor, host->descriptors().device);
    EXPECT_EQ(device_descriptor.size(), 18u);
    EXPECT_EQ(host.bytes(host.start_control(standard(0x80, 6, 0x0200, 0, 9))).size(), 9u) << "no more than asked for";
    const auto configuration = host.bytes(host.start_control(standard(0x80, 6, 0x0200, 0, 512)));
    EXPECT_EQ(configuration.size(), 9u + 9 + 2 * 7);
    EXPECT_EQ(configuration[2], configuration.size());
    EXPECT_EQ(host.bytes(host.start_control(standard(0x80, 6, 0x0300, 0, 255))),
              (std::vector<std::uint8_t>{4, 3, 0x09, 0x04}));
    EXPECT_EQ(host.bytes(host.start_control(standard(0x80, 6, 0x0303, 0x0409, 255))),
              (std::vector<std::uint8_t>{14, 3, 's', 0, 'e', 0, 'r', 0, 'i', 0, 'a', 0, 'l', 0}));
    EXPECT_EQ(host.status(host.start_control(standard(0x80, 6, 0x0304, 0x0409, 255))), device::Status::stall);
}

TEST_F(Bus, AnswersStandardRequestsAndStallsUnknownOnes) {
    EXPECT_EQ(host.bytes(host.start_control(standard(0x80, 8, 0, 0, 1))), (std::vector<std::uint8_t>{1}));
    EXPECT_EQ(host.status(host.start_control(standard(0x00, 9, 1, 0, 0))), device::Status::ok);
    EXPECT_EQ(host.status(host.start_control(standard(0x00, 9, 2, 0, 0))), device::Status::stall);
    EXPECT_EQ(host.bytes(host.start_control(standard(0x80, 0, 0, 0, 2))).size(), 2u);
    EXPECT_EQ(host.status(host.start_control(standard(0x01, 11, 0, 0, 0))), device::Status::ok);
    EXPECT_EQ(host.status(host.start_control(standard(0x01, 11, 1, 0, 0))), device::Status::stall);
    EXPECT_EQ(host.status(host.start_control(standard(0xA1, 1, 0, 0, 8))), device::Status::stall) << "class request";
}

TEST_F(Bus, KeepsAReadPendingUntilDataComeAndEndsItAtAShortPacket) {
    const auto read = host.start_in(in, 4608);
    host.pass(seconds(100));
    EXPECT_FALSE(host.done(read));
    device_sends(1000);
    EXPECT_EQ(host.bytes(read).size(), 1000u);
}

TEST_F(Bus, TakesPacketsThatWereThereBefore) {
    device_sends(4097);
    EXPECT_EQ(host.bytes(host.start_in(in, 4608)).size(), 4097u);
    EXPECT_FALSE(host.done(host.start_in(in, 512)));
}

TEST_F(Bus, EndsAReadThatIsFullAndStartsTheNextInOrder) {
    const auto first = host.start_in(in, 1024), second = host.start_in(in, 1024);
    device_sends(1500);
    EXPECT_EQ(host.bytes(first).size(), 1024u);
    EXPECT_EQ(host.bytes(second).size(), 476u);
    EXPECT_EQ(host.bytes(second)[0], static_cast<std::uint8_t>(1024 * 7));
}

TEST_F(Bus, LeavesAReadOpenAfterFullPacketsUnlessAnEmptyOneFollows) {
    const auto open = host.start_in(in, 4096);
    device_sends(1024);
    EXPECT_FALSE(host.done(open)) << "whole packets do not say that this was all";
    device_sends(0);
    EXPECT_EQ(host.bytes(open).size(), 1024u);
    const auto closed = host.start_in(in, 4096);
    device_sends(512, true);
    EXPECT_EQ(host.bytes(closed).size(), 512u);
}

TEST_F(Bus, OverflowsWhenAPacketDoesNotFitAndLosesIt) {
    const auto small = host.start_in(in, 100);
    device_sends(512);
    EXPECT_EQ(host.status(small), device::Status::overflow);
    EXPECT_FALSE(host.done(host.start_in(in, 512))) << "the packet is gone";
}

TEST_F(Bus, GivesACancelledReadTheBytesItHadTaken) {
    const auto read = host.start_in(in, 4096);
    device_sends(1024);
    EXPECT_TRUE(host->cancel(read, host.now()));
    EXPECT_EQ(host.bytes(read, device::Status::cancelled).size(), 1024u);
    EXPECT_FALSE(host->cancel(read, host.now())) << "it is over";
}

TEST_F(Bus, HaltsAnEndpointUntilTheHaltIsCleared) {
    const auto read = host.start_in(in, 512);
    host.start_control(standard(0x02, 3, 0, in, 0));
    EXPECT_EQ(host.status(read), device::Status::stall);
    EXPECT_EQ(host.status(host.start_in(in, 512)), device::Status::stall);
    EXPECT_EQ(host.bytes(host.start_control(standard(0x82, 0, 0, in, 2))), (std::vector<std::uint8_t>{1, 0}));
    host.start_control(standard(0x02, 1, 0, in, 0));
    EXPECT_FALSE(host.done(host.start_in(in, 512)));
    host.start_control(standard(0x02, 3, 0, in, 0));
    host->clear_halt(in);
    EXPECT_FALSE(host.done(host.start_in(in, 512)));
}

TEST_F(Bus, ClearsHaltsWhenAConfigurationIsSet) {
    host.start_control(standard(0x02, 3, 0, in, 0));
    host.start_control(standard(0x00, 9, 1, 0, 0));
    EXPECT_FALSE(host.done(host.start_in(in, 512)));
}

TEST_F(Bus, StallsTransfersToEndpointsThatAreNotThere) {
    EXPECT_EQ(host.status(host.start_in(0x83, 512)), device::Status::stall);
    EXPECT_EQ(host.status(host.start_out(0x02, {1})), device::Status::stall);
    EXPECT_EQ(host.status(host.start_out(in, {1})), device::Status::stall) << "wrong direction";
}

TEST_F(Bus, GivesVendorRequestsToTheFirmwareAndCutsItsAnswer) {
    puppet->reply.in = {1, 2, 3, 4};
    EXPECT_EQ(host.bytes(host.start_control({0xC0, 0x42, 7, 8, 3})), (std::vector<std::uint8_t>{1, 2, 3}));
    EXPECT_EQ(puppet->last_setup.value, 7);
    puppet->reply = {};
    host.bytes(host.start_control({0x40, 0x43, 0, 0, 2}, {9, 9}));
    EXPECT_EQ(puppet->received, (std::vector<std::uint8_t>{9, 9}));
    puppet->reply.answer = device::Answer::stall;
    EXPECT_EQ(host.status(host.start_control({0xC0, 0x42, 0, 0, 3})), device::Status::stall);
}

TEST_F(Bus, LeavesARequestUnansweredUntilItIsCancelled) {
    puppet->reply.answer = device::Answer::silent;
    const auto silent = host.start_control({0xC0, 0x42, 0, 0, 3});
    host.pass(seconds(60));
    EXPECT_FALSE(host.done(silent));
    EXPECT_TRUE(host->cancel(silent, host.now()));
    EXPECT_EQ(host.status(silent), device::Status::cancelled);
}

TEST_F(Bus, AnswersABusyFirmwaresRequestWhenItIsReady) {
    puppet->reply = {device::Answer::ok, {5}, seconds(3)};
    const auto busy = host.start_control({0xC0, 0x42, 0, 0, 1});
    host.pass(milliseconds(2999));
    EXPECT_FALSE(host.done(busy));
    host.pass(milliseconds(1));
    EXPECT_EQ(host.bytes(busy), (std::vector<std::uint8_t>{5}));
}

TEST_F(Bus, EndsEverythingWithNoDeviceWhenUnplugged) {
    puppet->reply.answer = device::Answer::silent;
    const auto read = host.start_in(in, 512), request = host.start_control({0xC0, 0x42, 0, 0, 3});
    host->unplug(host.now());
    EXPECT_FALSE(host->present());
    EXPECT_EQ(host.status(read), device::Status::no_device);
    EXPECT_EQ(host.status(request), device::Status::no_device);
    EXPECT_EQ(host.status(host.start_in(in, 512)), device::Status::no_device);
    EXPECT_EQ(host.status(host.start_out(out, {1})), device::Status::no_device);
    host->plug(host.now());
    EXPECT_EQ(puppet->power_ups, 2);
    EXPECT_FALSE(host.done(host.start_in(in, 512)));
}

TEST_F(Bus, ForgetsPacketsAndEndsReadsOnAPortReset) {
    const auto read = host.start_in(in, 4096);
    device_sends(512);
    host->reset(host.now());
    EXPECT_EQ(host.status(read), device::Status::cancelled);
    EXPECT_EQ(puppet->bus_resets, 1);
    device_sends(3);
    EXPECT_EQ(host.bytes(host.start_in(in, 512)).size(), 3u);
}

TEST_F(Bus, MayBeUsedFromWithinACompletion) {
    std::vector<device::TransferId> order;
    host->on_complete = [&](device::Completion c) {
        order.push_back(c.id);
        if (c.id == 100) host->submit_bulk_out(101, out, std::vector<std::uint8_t>{1}, host.now());
        if (c.id == 101) host->unplug(host.now());
        if (c.id == 101) host->submit_bulk_in(103, in, 512, host.now());
    };
    host->submit_bulk_in(102, in, 512, host.now());
    host->submit_bulk_out(100, out, std::vector<std::uint8_t>{1}, host.now());
    EXPECT_EQ(order, (std::vector<device::TransferId>{100, 101, 102, 103}));
}

TEST_F(Bus, ActsAtTheTimeThingsWereDueAndSaysWhenThatIs) {
    std::vector<device::Clock> seen;
    EXPECT_EQ(host->next_event(), std::nullopt);
    puppet->port.timers.at(milliseconds(20), [&](device::Clock when) {
        seen.push_back(when);
        puppet->port.timers.at(when + milliseconds(5), [&](device::Clock then) { seen.push_back(then); });
    });
    puppet->port.timers.at(milliseconds(10), [&](device::Clock when) { seen.push_back(when); });
    EXPECT_EQ(host->next_event(), milliseconds(10));
    host.pass(milliseconds(40));
    EXPECT_EQ(seen, (std::vector<device::Clock>{milliseconds(10), milliseconds(20), milliseconds(25)}));
    EXPECT_EQ(host->next_event(), std::nullopt);
}

// ---- faults ------------------------------------------------------------------------------------------------

TEST_F(Bus, StallsTheExchangeOfTheFaultAndHaltsItsEndpoint) {
    host = make({{device::FaultKind::stall, 2, {}}});
    EXPECT_EQ(host.status(host.start_out(out, {1})), device::Status::ok);
    EXPECT_EQ(host.status(host.start_in(in, 512)), device::Status::stall);
    EXPECT_EQ(host.status(host.start_in(in, 512)), device::Status::stall);
    host->clear_halt(in);
    EXPECT_FALSE(host.done(host.start_in(in, 512)));
}

TEST_F(Bus, AnswersLateWhereToldTo) {
    host = make({{device::FaultKind::delay, 1, milliseconds(300)}, {device::FaultKind::delay, 2, {}}});
    puppet->reply.in = {7};
    const auto late = host.start_control({0xC0, 0x42, 0, 0, 1}), read = host.start_in(in, 512);
    device_sends(3);
    host.pass(milliseconds(299));
    EXPECT_FALSE(host.done(late));
    host.pass(milliseconds(1));
    EXPECT_EQ(host.bytes(late), (std::vector<std::uint8_t>{7}));
    EXPECT_FALSE(host.done(read));
    host.pass(milliseconds(200));
    EXPECT_EQ(host.bytes(read).size(), 3u) << "500 ms when the fault names no time";
}

TEST_F(Bus, CutsAndChangesAnswers) {
    host = make({{device::FaultKind::truncate, 1, {}},
                 {device::FaultKind::corrupt, 2, {}},
                 {device::FaultKind::corrupt, 3, {}},
                 {device::FaultKind::truncate, 4, {}}});
    const auto cut = host.start_in(in, 4608), changed = host.start_in(in, 4608);
    device_sends(4097);
    device_sends(4097);
    EXPECT_EQ(host.bytes(cut).size(), 2048u);
    EXPECT_EQ(host.bytes(changed).size(), 4097u);
    EXPECT_NE(host.bytes(changed).back(), static_cast<std::uint8_t>(4096 * 7)) << "the sync byte";
    puppet->reply.in = {1, 2, 3, 4};
    EXPECT_NE(host.bytes(host.start_control({0xC0, 0x42, 0, 0, 4}))[0], 1);
    EXPECT_EQ(host.bytes(host.start_control({0xC0, 0x42, 0, 0, 4})).size(), 2u);
}

TEST_F(Bus, SwallowsACommandAndLeavesAnAnswerOut) {
    host =
        make({{device::FaultKind::lose, 1, {}}, {device::FaultKind::lose, 2, {}}, {device::FaultKind::lose, 3, {}}});
    EXPECT_EQ(host.status(host.start_out(out, {1})), device::Status::ok) << "the host cannot tell";
    EXPECT_EQ(host.status(host.start_control({0x40, 0x43, 0, 0, 2}, {9, 9})), device::Status::ok);
    EXPECT_TRUE(puppet->received.empty());
    const auto asked = host.start_control({0xC0, 0x42, 0, 0, 4});
    host.pass(seconds(60));
    EXPECT_FALSE(host.done(asked));
    EXPECT_EQ(host.status(host.start_out(out, {1})), device::Status::ok);
    EXPECT_EQ(puppet->received, (std::vector<std::uint8_t>{1})) << "each fault happens once";
}

TEST_F(Bus, LosesTheDeviceAtAnExchangeAndGetsItBack) {
    host = make({{device::FaultKind::unplug, 2, milliseconds(500)}});
    const auto read = host.start_in(in, 512);
    EXPECT_EQ(host.status(host.start_out(out, {1})), device::Status::no_device);
    EXPECT_EQ(host.status(read), device::Status::no_device);
    host.pass(milliseconds(499));
    EXPECT_FALSE(host->present());
    host.pass(milliseconds(1));
    EXPECT_TRUE(host->present());
    EXPECT_EQ(host.status(host.start_out(out, {1})), device::Status::ok);
}

TEST_F(Bus, SpoilsTheNextFrameAndLeavesShortAnswersAlone) {
    const std::vector<std::pair<device::FaultKind, std::size_t>> kinds{{device::FaultKind::drop_last, 512u + 511},
                                                                       {device::FaultKind::extra_byte, 1024u},
                                                                       {device::FaultKind::short_packet, 512u + 256}};
    for (const auto& [kind, first_read] : kinds) {
        host = make({{kind, 1, {}}});
        const auto small = host.start_in(in, 2048), frame = host.start_in(in, 1024), next = host.start_in(in, 1024);
        device_sends(64);
        device_sends(1024);
        device_sends(1024);
        EXPECT_EQ(host.bytes(small).size(), 64u);
        EXPECT_EQ(host.bytes(frame).size(), first_read);
        EXPECT_TRUE(host.done(next));
    }
}

TEST_F(Bus, DoesEverythingTwiceAtADuplicate) {
    host = make({{device::FaultKind::duplicate, 1, {}}, {device::FaultKind::duplicate, 2, {}}});
    host.start_out(out, {1});
    EXPECT_EQ(puppet->packets, 2);
    const auto read = host.start_in(in, 512), again = host.start_in(in, 512);
    device_sends(5);
    EXPECT_EQ(host.bytes(again), host.bytes(read));
    EXPECT_FALSE(host.done(host.start_in(in, 512))) << "twice, not for ever";
}

TEST_F(Bus, TakesAndGivesNothingWhileTheFirmwarePauses) {
    host = make({{device::FaultKind::pause, 1, {}}});
    const auto read = host.start_in(in, 512), command = host.start_out(out, {1});
    const auto asked = host.start_control({0xC0, 0x42, 0, 0, 4}), dropped = host.start_out(out, {2});
    EXPECT_TRUE(host->cancel(dropped, host.now()));
    device_sends(5);
    host.pass(milliseconds(1999));
    for (const auto transfer : {read, command, asked}) EXPECT_FALSE(host.done(transfer));
    host.pass(milliseconds(1));
    for (const auto transfer : {read, command, asked}) EXPECT_EQ(host.status(transfer), device::Status::ok);
    EXPECT_EQ(puppet->packets, 1) << "the cancelled command was never taken";
}

TEST_F(Bus, EndsWhatAPauseHeldWhenItIsUnplugged) {
    host = make({{device::FaultKind::pause, 1, seconds(1)}});
    const auto read = host.start_in(in, 512), command = host.start_out(out, {1});
    host->unplug(host.now());
    EXPECT_EQ(host.status(read), device::Status::no_device);
    EXPECT_EQ(host.status(command), device::Status::no_device);
    host->plug(host.now());
    EXPECT_EQ(host.status(host.start_out(out, {2})), device::Status::ok) << "power ends a pause";
    host.pass(seconds(2));
    EXPECT_EQ(puppet->packets, 1);
}

TEST_F(Bus, ComesBackPoweredUpAnewAfterItReEnumerates) {
    host = make({{device::FaultKind::re_enumerate, 1, {}}});
    EXPECT_EQ(host.status(host.start_out(out, {1})), device::Status::no_device);
    host.pass(milliseconds(300));
    EXPECT_TRUE(host->present());
    EXPECT_EQ(puppet->power_ups, 2);
}

TEST_F(Bus, TakesAFaultWhileItRuns) {
    host.start_out(out, {1});
    host->inject({device::FaultKind::stall, 0, {}}, host.now());
    EXPECT_EQ(host.status(host.start_out(out, {1})), device::Status::stall) << "the next exchange";
    host->inject({device::FaultKind::interlock_open, 0, {}}, host.now());
    EXPECT_TRUE(puppet->port.conditions.interlock_open);
    EXPECT_EQ(host->truth().exchanges, 2u);
}

}  // namespace singel::test
