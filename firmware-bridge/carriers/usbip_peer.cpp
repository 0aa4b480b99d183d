#include "firmware-bridge/carriers/usbip_peer.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>
#include <variant>

namespace singel::firmware_bridge::carriers {

namespace usbip = wire::usbip;
using virtual_instrument::Completion;
using virtual_instrument::Setup;
using virtual_instrument::Status;
using wire::malformed;

namespace {

constexpr std::uint8_t direction_in = 0x80;

std::int32_t linux_status(Status status) {
    switch (status) {
        case Status::ok: return usbip::status::ok;
        case Status::stall: return usbip::status::pipe;
        case Status::overflow: return usbip::status::overflow;
        case Status::cancelled: return usbip::status::connection_reset;
        case Status::no_device: return usbip::status::shutdown;
    }
    return usbip::status::pipe;
}

// Little-endian, as on the cable.
Setup decode_setup(const std::array<std::uint8_t, usbip::setup_bytes>& bytes) {
    const auto word = [&](std::size_t at) { return static_cast<std::uint16_t>(bytes[at] | bytes[at + 1] << 8); };
    return {bytes[0], bytes[1], word(2), word(4), word(6)};
}

}  // namespace

UsbipPeer::UsbipPeer(UsbipShelf& shelf, Say say, UsbipLimits limits)
    : shelf_(shelf), say_(std::move(say)), limits_(limits) {}

UsbipPeer::~UsbipPeer() {
    leave({});
}

void UsbipPeer::leave(Clock now) {
    for (const auto& [id, flight] : std::exchange(flights_, {})) {
        if (loan_) loan_->device->cancel(id, now);
    }
    room_in_flight_ = 0;
    if (std::exchange(loan_, std::nullopt)) shelf_.give_back(*this, now);
}

wire::ByteView UsbipPeer::unheard(std::size_t count) const {
    return heard_.size() - used_ < count ? wire::ByteView{} : wire::ByteView(heard_).subspan(used_, count);
}

void UsbipPeer::drop_heard(std::size_t count) {
    used_ += count;
    if (used_ < heard_.size()) return;
    heard_.clear();
    used_ = 0;
}

wire::Decoded<UsbipPeer::Wish> UsbipPeer::hear(wire::ByteView bytes, Clock now) {
    heard_.erase(heard_.begin(), heard_.begin() + static_cast<std::ptrdiff_t>(std::exchange(used_, 0)));
    heard_.insert(heard_.end(), bytes.begin(), bytes.end());
    for (std::size_t before = heard_.size() + 1; before != heard_.size() - used_ && !device_gone_;) {
        before = heard_.size() - used_;
        auto wish = loan_ ? take_command(now) : take_request();
        if (!wish || *wish == Wish::hang_up) return wish;
    }
    return Wish::more;
}

wire::Decoded<UsbipPeer::Wish> UsbipPeer::take_request() {
    const wire::ByteView header = unheard(usbip::request_header_bytes);
    if (header.empty()) return Wish::more;
    const auto request = usbip::decode_request(header);
    if (!request) return malformed(request.error().what);
    if (*request == usbip::Request::device_list) {
        say_(usbip::encode_device_list(shelf_.list()));
        return Wish::hang_up;
    }
    const wire::ByteView whole = unheard(usbip::request_header_bytes + usbip::bus_id_bytes);
    if (whole.empty()) return Wish::more;
    const auto bus_id = usbip::decode_bus_id(whole.subspan(usbip::request_header_bytes));
    if (!bus_id) return malformed(bus_id.error().what);
    drop_heard(whole.size());
    import(*bus_id);
    return loan_ ? Wish::more : Wish::hang_up;
}

void UsbipPeer::import(const std::string& bus_id) {
    loan_ = shelf_.take(bus_id, *this);
    say_(loan_ ? usbip::encode_import(loan_->description) : usbip::encode_import_refused());
}

wire::Decoded<UsbipPeer::Wish> UsbipPeer::take_command(Clock now) {
    const wire::ByteView head = unheard(usbip::command_bytes);
    if (head.empty()) return Wish::more;
    const auto command = usbip::decode_command(head);
    if (!command) return malformed(command.error().what);
    const auto device = std::visit([](const auto& known) { return known.device; }, *command);
    const auto& ours = loan_->description;
    if (device != (ours.bus << 16 | ours.device))
        return malformed(fmt::format("device {:#x} is not imported", device));
    if (const auto* wish = std::get_if<usbip::Unlink>(&*command)) {
        drop_heard(usbip::command_bytes);
        unlink(*wish, now);
        return Wish::more;
    }
    const auto& wish = std::get<usbip::Submit>(*command);
    if (wish.length > limits_.transfer_bytes) return malformed(fmt::format("a transfer of {} bytes", wish.length));
    if (wish.iso_packets > 0) return malformed("isochronous transfers are not carried");
    const std::size_t total = usbip::command_bytes + (wish.in ? 0 : wish.length);
    const wire::ByteView whole = unheard(total);
    if (whole.empty()) return Wish::more;
    auto done = submit(wish, whole.subspan(usbip::command_bytes), now);
    drop_heard(total);
    return done;
}

wire::Decoded<UsbipPeer::Wish> UsbipPeer::submit(const usbip::Submit& wish, wire::ByteView out, Clock now) {
    if (find(wish.sequence) != flights_.end()) return malformed(fmt::format("sequence {} twice", wish.sequence));
    if (flights_.size() >= limits_.transfers_in_flight) return malformed("too many transfers in flight");
    const std::uint32_t room = wish.in ? wish.length : 0;
    if (room_in_flight_ + room > limits_.bytes_in_flight) return malformed("too many bytes in flight");
    const TransferId id = next_id_++;
    room_in_flight_ += room;
    flights_[id] = {wish.sequence, wish.in, (wish.flags & usbip::flag::short_not_ok) != 0, wish.length};
    if (wish.endpoint == 0) {
        submit_control(id, wish, out, now);
    } else if (wish.in) {
        loan_->device->submit_bulk_in(id, wish.endpoint | direction_in, wish.length, now);
    } else {
        loan_->device->submit_bulk_out(id, wish.endpoint, out, now);
    }
    return Wish::more;
}

void UsbipPeer::submit_control(TransferId id, const usbip::Submit& wish, wire::ByteView out, Clock now) {
    Setup setup = decode_setup(wish.setup);
    const bool in = (setup.request_type & direction_in) != 0;
    // A request without data may be marked either way.
    const bool consistent = setup.length == 0 || (in == wish.in && (in || setup.length == wish.length));
    if (!consistent) return completed({id, Status::stall, 0, {}});
    if (in) setup.length = static_cast<std::uint16_t>(std::min<std::uint32_t>(setup.length, wish.length));
    loan_->device->submit_control(id, setup, out, now);
}

void UsbipPeer::unlink(const usbip::Unlink& wish, Clock now) {
    const auto victim = find(wish.victim);
    if (victim == flights_.end()) return say_(usbip::encode_unlinked(wish.sequence, usbip::status::ok));
    const TransferId id = victim->first;
    if (victim->second.in) room_in_flight_ -= victim->second.room;
    flights_.erase(victim);  // so that nobody answers it
    loan_->device->cancel(id, now);
    say_(usbip::encode_unlinked(wish.sequence, usbip::status::connection_reset));
}

std::map<UsbipPeer::TransferId, UsbipPeer::Flight>::iterator UsbipPeer::find(std::uint32_t sequence) {
    return std::find_if(flights_.begin(), flights_.end(),
                        [sequence](const auto& flight) { return flight.second.sequence == sequence; });
}

void UsbipPeer::completed(Completion completion) {
    const auto found = flights_.find(completion.id);
    if (found == flights_.end()) return;
    const Flight flight = found->second;
    flights_.erase(found);
    if (flight.in) room_in_flight_ -= flight.room;
    if (completion.status == Status::no_device) return;  // the connection is closed instead
    std::int32_t status = linux_status(completion.status);
    if (!flight.in) completion.in.clear();
    if (completion.in.size() > flight.room) {
        completion.in.resize(flight.room);
        status = usbip::status::overflow;
    }
    const auto actual = static_cast<std::uint32_t>(flight.in ? completion.in.size() : completion.actual);
    if (status == usbip::status::ok && flight.in && flight.whole && actual < flight.room)
        status = usbip::status::remote_io;
    say_(usbip::encode_submitted(flight.sequence, status, actual, completion.in));
}

void UsbipPeer::unplugged() {
    device_gone_ = true;
    loan_.reset();
    flights_.clear();
    room_in_flight_ = 0;
}

}  // namespace singel::firmware_bridge::carriers
