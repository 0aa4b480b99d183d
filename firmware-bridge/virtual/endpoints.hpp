#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <span>

#include "firmware-bridge/virtual/device.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// What goes wrong with a frame on its way out.
enum class Spoil { none, drop_last, extra_byte, short_packet };

// The bulk endpoints: for each IN endpoint a queue of packets and a queue of reads that wait for them. A read takes
// whole packets until it is full or a short one comes; a packet that does not fit is an overflow and is lost.
class Endpoints {
public:
    using Finish = std::function<void(Completion)>;

    // wMaxPacketSize of each address (with the direction bit).
    Endpoints(const std::map<std::uint8_t, std::size_t>& packet_sizes, Finish finish);

    bool has(std::uint8_t address) const { return endpoints_.contains(address); }
    bool halted(std::uint8_t address) const;
    std::size_t packet_size(std::uint8_t address) const { return endpoints_.at(address).packet_size; }

    // Device: bytes, split into packets. A last packet that is full ends no read, as on the wire, unless
    // end_with_empty adds a packet of zero bytes.
    void send(std::uint8_t address, std::span<const std::uint8_t> bytes, bool end_with_empty = false);
    // The next send of more than 64 bytes.
    void spoil_next_frame(Spoil spoil) { spoil_ = spoil; }
    std::size_t packets_waiting(std::uint8_t address) const;
    void flush(std::uint8_t address);  // drops the packets
    void flush_all();

    // Host.
    void read(TransferId id, std::uint8_t address, std::size_t capacity);
    std::optional<Completion> withdraw(TransferId id);  // with the bytes it had taken; none: it is not here
    void end_all_reads(Status status);

    void halt(std::uint8_t address);  // ends waiting reads in a stall
    void clear_halt(std::uint8_t address);
    void clear_halts();
    void hold(std::uint8_t address, bool held);  // held: packets stay, reads wait
    void hold_all(bool held);

private:
    struct Read {
        TransferId id;
        std::size_t capacity;
        std::vector<std::uint8_t> taken;
    };
    struct Endpoint {
        std::size_t packet_size = 512;
        std::deque<std::vector<std::uint8_t>> packets;
        std::deque<Read> reads;
        bool halted = false;
        bool held = false;
    };
    void give_packet(Endpoint& endpoint);
    void serve(Endpoint& endpoint);
    void end_read(Endpoint& endpoint, Status status);

    std::map<std::uint8_t, Endpoint> endpoints_;
    Finish finish_;
    Spoil spoil_ = Spoil::none;
};

}  // namespace singel::firmware_bridge::virtual_instrument
