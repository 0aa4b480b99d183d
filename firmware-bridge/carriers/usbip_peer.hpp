#pragma once

#include <cstdint>
#include <functional>
#include <map>

#include "firmware-bridge/carriers/usbip_shelf.hpp"

namespace singel::firmware_bridge::carriers {

// What one peer may ask of us, however it behaves.
struct UsbipLimits {
    std::size_t transfer_bytes = 4 << 20;    // of one transfer
    std::size_t transfers_in_flight = 1024;  // answered or unlinked ones do not count
    std::size_t bytes_in_flight = 16 << 20;  // room that waiting IN transfers ask for
};

// One connection without its socket: hears bytes, says bytes. It trusts nothing that it hears. Before an import it
// answers one request after the other; afterwards it carries transfers of the one device, until that is unplugged or
// the peer goes. Single-threaded, reads no clock. The shelf and say must outlive it.
class UsbipPeer final : public UsbipImporter {
public:
    using Clock = virtual_instrument::Clock;
    using Say = std::function<void(wire::Bytes)>;

    UsbipPeer(UsbipShelf& shelf, Say say, UsbipLimits limits = {});
    ~UsbipPeer() override;
    UsbipPeer(const UsbipPeer&) = delete;
    UsbipPeer& operator=(const UsbipPeer&) = delete;

    enum class Wish { more, hang_up };  // hang_up: once all that was said is sent
    // Malformed: why the peer is to be dropped.
    wire::Decoded<Wish> hear(wire::ByteView bytes, Clock now);
    void leave(Clock now);  // cancels what is in flight and gives the device back

    bool owes_bytes() const { return !loan_ || !heard_.empty(); }  // a request or the rest of a message is awaited

    void completed(virtual_instrument::Completion completion) override;
    void unplugged() override;
    bool device_gone() const { return device_gone_; }

private:
    using TransferId = virtual_instrument::TransferId;
    struct Flight {
        std::uint32_t sequence = 0;
        bool in = false, whole = false;  // whole: fewer bytes than room are an error
        std::uint32_t room = 0;
    };
    wire::Decoded<Wish> take_request();
    wire::Decoded<Wish> take_command(Clock now);
    void import(const std::string& bus_id);
    wire::Decoded<Wish> submit(const wire::usbip::Submit& submit, wire::ByteView out, Clock now);
    void submit_control(TransferId id, const wire::usbip::Submit& submit, wire::ByteView out, Clock now);
    void unlink(const wire::usbip::Unlink& unlink, Clock now);
    std::map<TransferId, Flight>::iterator find(std::uint32_t sequence);
    wire::ByteView unheard(std::size_t count) const;  // the next count bytes; empty when they are not there yet
    void drop_heard(std::size_t count);

    UsbipShelf& shelf_;
    Say say_;
    UsbipLimits limits_;
    wire::Bytes heard_;
    std::size_t used_ = 0;  // of heard_
    std::optional<UsbipShelf::Loan> loan_;
    bool device_gone_ = false;
    std::map<TransferId, Flight> flights_;
    std::size_t room_in_flight_ = 0;
    TransferId next_id_ = 1;
};

}  // namespace singel::firmware_bridge::carriers
