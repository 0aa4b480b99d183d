#include "firmware-bridge/carriers/usbfs_port.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace singel::firmware_bridge::carriers {

using virtual_instrument::Completion;
using virtual_instrument::Setup;
using virtual_instrument::Status;
using virtual_instrument::TransferId;
using virtual_instrument::UsbDevice;

namespace {

// USB 2.0 table 9-5 (descriptor types) and table 9-4 (standard requests).
constexpr std::uint8_t interface_descriptor = 4, endpoint_descriptor = 5;
constexpr std::uint8_t set_configuration_request = 9, set_interface_request = 11;
constexpr std::uint8_t direction_in = 0x80;
constexpr std::size_t setup_size = 8;

int usbfs_status(Status status) {
    switch (status) {
        case Status::ok: return 0;
        case Status::stall: return -EPIPE;
        case Status::cancelled: return -ENOENT;
        case Status::overflow: return -EOVERFLOW;
        case Status::no_device: return -ESHUTDOWN;
    }
    return -EPROTO;
}

std::uint16_t word(std::span<const std::uint8_t> bytes, std::size_t at) {
    return static_cast<std::uint16_t>(bytes[at] | bytes[at + 1] << 8);
}

Setup decode_setup(std::span<const std::uint8_t> bytes) {
    return {bytes[0], bytes[1], word(bytes, 2), word(bytes, 4), word(bytes, 6)};
}

}  // namespace

UsbfsPort::UsbfsPort(UsbDevice& device) : device_(device) {
    const std::vector<std::uint8_t>& configuration = device.descriptors().configuration;
    if (configuration.size() > 5) configuration_value_ = configuration[5];
    unsigned interface = 0;
    for (std::size_t at = 0; at + 3 <= configuration.size() && configuration[at] >= 3; at += configuration[at]) {
        if (configuration[at + 1] == interface_descriptor) interfaces_.insert(interface = configuration[at + 2]);
        if (configuration[at + 1] == endpoint_descriptor) interface_of_endpoint_[configuration[at + 2]] = interface;
    }
    device_.on_complete = [this](Completion completion) { complete(std::move(completion)); };
}

UsbfsPort::~UsbfsPort() {
    device_.on_complete = nullptr;
}

void UsbfsPort::plug(Clock now, Clock claimable_from) {
    for (auto& [id, file] : files_) file.connected = false;
    claimable_from_ = claimable_from;
    device_.plug(now);
}

void UsbfsPort::unplug(Clock now) {
    device_.unplug(now);
}

void UsbfsPort::open(OpenFile file) {
    files_.try_emplace(file);
}

void UsbfsPort::close(OpenFile file, Clock now) {
    const auto of_file = [file](const InFlight& flight) { return flight.file == file; };
    cancel_if(of_file, now);
    std::erase_if(in_flight_, [&](const auto& entry) { return of_file(entry.second); });
    files_.erase(file);
}

int UsbfsPort::connected(OpenFile file) const {
    const auto found = files_.find(file);
    return found != files_.end() && found->second.connected && present() ? 0 : ENODEV;
}

bool UsbfsPort::claimed_by_another(OpenFile file, unsigned interface) const {
    return std::any_of(files_.begin(), files_.end(), [&](const auto& entry) {
        return entry.first != file && entry.second.connected && entry.second.claims.contains(interface);
    });
}

int UsbfsPort::claim(OpenFile file, unsigned interface, Clock now) {
    if (const int error = connected(file)) return error;
    if (!interfaces_.contains(interface) || now < claimable_from_) return ENOENT;
    if (claimed_by_another(file, interface)) return EBUSY;
    files_[file].claims.insert(interface);
    return 0;
}

int UsbfsPort::release(OpenFile file, unsigned interface, Clock now) {
    if (const int error = connected(file)) return error;
    if (files_[file].claims.erase(interface) == 0) return EINVAL;
    cancel_if(
        [&](const InFlight& flight) {
            const auto owner = interface_of_endpoint_.find(flight.endpoint);
            return flight.file == file && owner != interface_of_endpoint_.end() && owner->second == interface;
        },
        now);
    return 0;
}

int UsbfsPort::may_use(OpenFile file, std::uint8_t endpoint) const {
    const auto owner = interface_of_endpoint_.find(endpoint);
    if (owner == interface_of_endpoint_.end()) return ENOENT;
    return claimed_by_another(file, owner->second) ? EBUSY : 0;
}

TransferId UsbfsPort::start(OpenFile file, const Urb& urb) {
    const TransferId id = next_id_++;
    in_flight_[id] = {file, urb.endpoint, {urb.address, urb.memory, urb.control, 0, 0, {}}};
    return id;
}

int UsbfsPort::submit(OpenFile file, const Urb& urb, Clock now) {
    if (const int error = connected(file)) return error;
    if (urb.control) return submit_control(file, urb, now);
    if (const int error = may_use(file, urb.endpoint)) return error;
    const TransferId id = start(file, urb);
    if (urb.endpoint & direction_in) {
        device_.submit_bulk_in(id, urb.endpoint, urb.buffer.size(), now);
    } else {
        device_.submit_bulk_out(id, urb.endpoint, urb.buffer, now);
    }
    return 0;
}

int UsbfsPort::submit_control(OpenFile file, const Urb& urb, Clock now) {
    if ((urb.endpoint & ~direction_in) != 0) return ENOENT;
    if (urb.buffer.size() < setup_size) return EINVAL;
    const Setup setup = decode_setup(urb.buffer);
    if (urb.buffer.size() - setup_size < setup.length) return EINVAL;
    const bool in = (setup.request_type & direction_in) != 0;
    const auto out = in ? std::span<const std::uint8_t>() : urb.buffer.subspan(setup_size, setup.length);
    device_.submit_control(start(file, urb), setup, out, now);
    return 0;
}

void UsbfsPort::complete(Completion completion) {
    auto flight = in_flight_.extract(completion.id);
    if (!flight) return;
    const auto file = files_.find(flight.mapped().file);
    if (file == files_.end()) return;
    FinishedUrb& urb = flight.mapped().urb;
    urb.status = usbfs_status(completion.status);
    urb.actual = completion.actual;
    urb.in = std::move(completion.in);
    file->second.finished.push_back(std::move(urb));
}

template <class Which>
void UsbfsPort::cancel_if(Which which, Clock now) {
    std::vector<TransferId> ids;
    for (const auto& [id, flight] : in_flight_) {
        if (which(flight)) ids.push_back(id);
    }
    for (const TransferId id : ids) device_.cancel(id, now);
}

int UsbfsPort::discard(OpenFile file, std::uint64_t address, Clock now) {
    if (const int error = connected(file)) return error;
    const auto found = std::find_if(in_flight_.begin(), in_flight_.end(), [&](const auto& entry) {
        return entry.second.file == file && entry.second.urb.address == address;
    });
    if (found == in_flight_.end()) return EINVAL;
    return device_.cancel(found->first, now) ? 0 : EINVAL;
}

int UsbfsPort::reap(OpenFile file, FinishedUrb& finished) {
    const auto found = files_.find(file);
    if (found == files_.end()) return ENODEV;
    auto& queue = found->second.finished;
    if (queue.empty()) return connected(file) == 0 ? EAGAIN : ENODEV;
    finished = std::move(queue.front());
    queue.pop_front();
    return 0;
}

int UsbfsPort::clear_halt(OpenFile file, unsigned endpoint) {
    if (const int error = connected(file)) return error;
    if (const int error = may_use(file, static_cast<std::uint8_t>(endpoint))) return error;
    device_.clear_halt(static_cast<std::uint8_t>(endpoint));
    return 0;
}

int UsbfsPort::reset(OpenFile file, Clock now) {
    if (const int error = connected(file)) return error;
    // The kernel unbinds usbfs from every interface for the reset; libusb releases and claims again around it.
    cancel_if([](const InFlight&) { return true; }, now);
    for (auto& [id, other] : files_) other.claims.clear();
    device_.reset(now);
    return 0;
}

int UsbfsPort::set_configuration(OpenFile file, int value, Clock now) {
    if (const int error = connected(file)) return error;
    if (value > 0 && value != configuration_value_) return EINVAL;
    const bool claimed = std::any_of(files_.begin(), files_.end(), [](const auto& entry) {
        return entry.second.connected && !entry.second.claims.empty();
    });
    if (claimed) return EBUSY;
    send({0, set_configuration_request, static_cast<std::uint16_t>(std::max(value, 0)), 0, 0}, now);
    return 0;
}

int UsbfsPort::set_interface(OpenFile file, unsigned interface, unsigned alternate, Clock now) {
    if (const int error = connected(file)) return error;
    if (!interfaces_.contains(interface)) return ENOENT;
    if (claimed_by_another(file, interface)) return EBUSY;
    send({1, set_interface_request, static_cast<std::uint16_t>(alternate), static_cast<std::uint16_t>(interface), 0},
         now);
    return 0;
}

void UsbfsPort::send(Setup setup, Clock now) {
    device_.submit_control(next_id_++, setup, {}, now);
}

bool UsbfsPort::anything_to_reap() const {
    return std::any_of(files_.begin(), files_.end(),
                       [](const auto& entry) { return entry.second.connected && !entry.second.finished.empty(); });
}

}  // namespace singel::firmware_bridge::carriers
