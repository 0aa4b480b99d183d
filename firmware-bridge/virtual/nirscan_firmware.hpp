#pragma once

#include <functional>
#include <map>
#include <optional>

#include "firmware-bridge/virtual/nirscan_scanner.hpp"
#include "firmware-bridge/wire/nirscan/message.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// The microcontroller of a NIRscan Nano: reports to messages, one answer to each.
class NirscanFirmware final : public Firmware {
public:
    NirscanFirmware(const NirscanModel& model, Scene scene, const std::string& serial, const Port& port);

    void power_up(Clock now) override;
    void power_down(Clock) override {}
    void bus_reset(Clock now) override;  // a scan that runs goes on
    Reply vendor_request(const Setup&, std::span<const std::uint8_t>, Clock) override {
        return {Answer::stall, {}, {}};
    }
    void bulk_out(std::uint8_t endpoint, std::span<const std::uint8_t> data, Clock now) override;
    void conditions_changed(Clock now) override;
    Truth truth() const override { return scanner_.truth(); }

private:
    // The value of the reply; none: refused.
    using Value = std::optional<wire::Bytes>;
    using Handler = std::function<Value(wire::ByteView argument, Clock now)>;

    void handle(const wire::nirscan::Request& request, Clock now);
    void send(const wire::nirscan::Request& request, wire::nirscan::Answer answer, wire::Bytes data);
    void add_questions();
    void add_scans();
    void add_settings();
    Value number_of_patterns() const;
    Value make_file(wire::ByteView argument);
    Value next_of_file();
    Value stored(wire::ByteView argument) const;
    Value activate(wire::ByteView argument);

    Port port_;
    NirscanScanner scanner_;
    std::vector<wire::nirscan::Configuration> stored_;
    std::map<std::uint16_t, Handler> questions_, orders_;
    wire::Bytes pending_;  // the beginning of a message
    wire::Bytes file_;
    std::size_t sent_ = 0;
    std::uint32_t errors_ = 0;
    Clock last_report_{0}, busy_until_{0};
    std::uint8_t active_ = 0;
    bool may_hibernate_ = true;
};

}  // namespace singel::firmware_bridge::virtual_instrument
