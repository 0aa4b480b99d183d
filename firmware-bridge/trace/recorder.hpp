#pragma once

#include <functional>
#include <map>
#include <memory>

#include "firmware-bridge/trace/trace.hpp"

namespace singel::firmware_bridge::trace {

// A device that tells of every transfer with another one. What a carrier does beside transfers (clear a halt) is told
// as the control transfer that it is on a cable.
class Recorder final : public virtual_instrument::UsbDevice {
public:
    using Clock = virtual_instrument::Clock;
    using TransferId = virtual_instrument::TransferId;
    using Setup = virtual_instrument::Setup;
    using Tell = std::function<void(const std::variant<Transfer, Event>&)>;

    Recorder(std::unique_ptr<virtual_instrument::UsbDevice> device, Tell tell);

    const virtual_instrument::Descriptors& descriptors() const override { return device_->descriptors(); }
    void submit_control(TransferId id, const Setup& setup, std::span<const std::uint8_t> out, Clock now) override;
    void submit_bulk_out(TransferId id, std::uint8_t endpoint, std::span<const std::uint8_t> data,
                         Clock now) override;
    void submit_bulk_in(TransferId id, std::uint8_t endpoint, std::size_t capacity, Clock now) override;
    bool cancel(TransferId id, Clock now) override;
    void clear_halt(std::uint8_t endpoint) override;
    void reset(Clock now) override;
    void unplug(Clock now) override;
    void plug(Clock now) override;
    bool present() const override { return device_->present(); }
    void trigger(Clock now) override { device_->trigger(now); }
    std::optional<Clock> next_event() const override { return device_->next_event(); }
    void advance(Clock now) override;
    virtual_instrument::Truth truth() const override { return device_->truth(); }
    void inject(const virtual_instrument::InjectedFault& fault, Clock now) override { device_->inject(fault, now); }

private:
    struct Begun {
        Transfer transfer;
        Clock at{0};
    };
    void begin(TransferId id, Transfer transfer, Clock now);
    void finish(virtual_instrument::Completion completion);
    void tell(Happening what);
    Microseconds now_us() const { return std::chrono::duration_cast<Microseconds>(now_); }

    std::unique_ptr<virtual_instrument::UsbDevice> device_;
    Tell tell_;
    std::map<TransferId, Begun> begun_;
    Clock now_{0};
};

}  // namespace singel::firmware_bridge::trace
