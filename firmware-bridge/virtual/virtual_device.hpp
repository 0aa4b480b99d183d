#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>

#include "firmware-bridge/virtual/faults.hpp"
#include "firmware-bridge/virtual/firmware.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// The bus side that all models share: control transfers with the standard requests, bulk transfers, cancellation,
// unplugging, and the faults of the bus. Completions are queued and delivered last, so that a receiver may submit,
// cancel or unplug from within on_complete.
class VirtualDevice final : public UsbDevice {
public:
    using MakeFirmware = std::function<std::unique_ptr<Firmware>(Port)>;

    // Starts plugged in and configured, as a host finds it after enumeration.
    VirtualDevice(Descriptors descriptors, Faults faults, const MakeFirmware& make_firmware);

    const Descriptors& descriptors() const override { return descriptors_; }
    void submit_control(TransferId id, const Setup& setup, std::span<const std::uint8_t> out, Clock now) override;
    void submit_bulk_out(TransferId id, std::uint8_t endpoint, std::span<const std::uint8_t> data,
                         Clock now) override;
    void submit_bulk_in(TransferId id, std::uint8_t endpoint, std::size_t capacity, Clock now) override;
    bool cancel(TransferId id, Clock now) override;
    void clear_halt(std::uint8_t endpoint) override;
    void reset(Clock now) override;
    void unplug(Clock now) override;
    void plug(Clock now) override;
    bool present() const override { return present_; }
    void trigger(Clock now) override;
    std::optional<Clock> next_event() const override;
    void advance(Clock now) override;
    Truth truth() const override;
    void inject(const InjectedFault& fault, Clock now) override;

private:
    class Delivery;  // brings the time, and delivers completions when the outermost call ends
    struct Exchange {
        bool stall = false, truncate = false, corrupt = false, lose = false, duplicate = false;
        Clock late{0};
    };
    struct SpoiltRead {
        Exchange exchange;
        std::uint8_t endpoint = 0;
    };

    void run_timers();
    Exchange count_exchange();
    void apply(const InjectedFault& fault, Exchange& exchange);
    bool set_state(const InjectedFault& fault);
    void leave_for(Clock now, Clock away);
    void pause(Clock duration);
    void when_awake(TransferId id, std::function<void()> act);
    void take_control(TransferId id, const Setup& setup, std::span<const std::uint8_t> out, const Exchange& exchange);
    void finish(Completion completion);
    void finish_at(Completion completion, Clock ready);
    void drop_transfers(Status status);
    Reply control(const Setup& setup, std::span<const std::uint8_t> out);
    Reply standard_request(const Setup& setup);
    Reply descriptor(const Setup& setup) const;
    Reply endpoint_request(const Setup& setup);

    Descriptors descriptors_;
    Faults faults_;
    Conditions conditions_;
    Timers timers_;      // of the firmware: gone when unplugged
    Timers bus_timers_;  // of the bus and its faults
    Endpoints endpoints_;
    std::unique_ptr<Firmware> firmware_;
    std::map<TransferId, SpoiltRead> reads_at_fault_;     // bulk reads whose data will be cut, changed or repeated
    std::map<TransferId, Completion> held_;               // answers that come late
    std::set<TransferId> unanswered_;                     // control transfers that nobody will answer
    std::map<TransferId, std::function<void()>> asleep_;  // what the firmware takes when it is awake again
    std::deque<Completion> done_;
    Clock now_{0}, awake_at_{0};
    std::uint64_t exchanges_ = 0;
    int depth_ = 0;
    std::uint8_t configuration_ = 1;
    bool present_ = true;
};

}  // namespace singel::firmware_bridge::virtual_instrument
