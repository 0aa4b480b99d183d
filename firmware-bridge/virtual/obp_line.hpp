#pragma once

#include "firmware-bridge/virtual/firmware.hpp"
#include "firmware-bridge/virtual/obp_handlers.hpp"
#include "firmware-bridge/virtual/obp_registers.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// The wire of one unit: bytes of one or more transfers to whole messages, answers back into the queue of the endpoint
// that belongs to the one they came through. The faults of the protocol happen here.
class ObpLine {
public:
    using Understood = std::function<void(const ObpRequest&)>;

    // Messages of up to so many bytes are listened to; longer ones are refused.
    static constexpr std::size_t longest_argument = 8192;

    ObpLine(const ObpModel& model, const ObpRegisters& registers, Port port, Understood understood);

    void receive(std::uint8_t endpoint, std::span<const std::uint8_t> data, Clock now);
    void answer(const ObpRequest& request, ObpAnswer answer, Clock now);
    void leave_old_reply();  // as if an earlier session had not read it
    void forget() { pending_.clear(); }

private:
    void take(const ObpRequest& where, wire::ByteView bytes);
    void refuse(const ObpRequest& request, wire::obp::Error error) { answer(request, {.error = error}, request.now); }
    std::uint8_t reply_endpoint(std::uint8_t endpoint) const;
    wire::Bytes encoded(wire::obp::Frame reply) const;

    const ObpModel& model_;
    const ObpRegisters& registers_;
    Port port_;
    Understood understood_;
    std::map<std::uint8_t, wire::Bytes> pending_;  // by OUT endpoint: the beginning of a message
    std::size_t packet_size_;
};

}  // namespace singel::firmware_bridge::virtual_instrument
