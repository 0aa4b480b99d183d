#include "firmware-bridge/carriers/usbip_shelf.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "firmware-bridge/carriers/bus_address.hpp"

namespace singel::firmware_bridge::carriers {

using virtual_instrument::Completion;
using wire::usbip::ExportedDevice;
using wire::usbip::InterfaceClass;

namespace {

constexpr std::size_t device_descriptor_size = 18, configuration_descriptor_size = 9;
constexpr std::uint8_t interface_descriptor = 4;

std::vector<InterfaceClass> interfaces_of(std::span<const std::uint8_t> configuration) {
    constexpr std::size_t class_at = 5;
    std::vector<InterfaceClass> interfaces;
    for (std::size_t at = 0; at + 8 < configuration.size() && configuration[at] >= 2; at += configuration[at]) {
        const auto bytes = configuration.subspan(at);
        const bool first_setting = bytes[1] == interface_descriptor && bytes[3] == 0;
        if (first_setting) interfaces.push_back({bytes[class_at], bytes[class_at + 1], bytes[class_at + 2]});
    }
    return interfaces;
}

}  // namespace

UsbipShelf::UsbipShelf(std::vector<std::unique_ptr<UsbDevice>> devices, Rules rules) : rules_(std::move(rules)) {
    places_.resize(devices.size());
    for (std::size_t i = 0; i < devices.size(); ++i) {
        Place& place = places_[i];
        place.device = std::move(devices[i]);
        place.port = static_cast<unsigned>(i + 1);
        place.device->on_complete = [&place](Completion completion) {
            if (place.importer) place.importer->completed(std::move(completion));
        };
        plug(place, {});
    }
}

UsbipShelf::~UsbipShelf() {
    for (Place& place : places_) place.device->on_complete = nullptr;
}

ExportedDevice UsbipShelf::describe(const Place& place) const {
    const auto& descriptors = place.device->descriptors();
    ExportedDevice out;
    out.bus_id = fmt::format("1-{}", place.port);
    out.path = fmt::format("/sys/devices/virtual/singel/usb1/{}", out.bus_id);
    out.bus = 1;
    out.device = place.address;
    out.speed = descriptors.speed == virtual_instrument::Speed::high ? wire::usbip::DeviceSpeed::high
                                                                     : wire::usbip::DeviceSpeed::full;
    out.vendor_id = descriptors.vendor_id;
    out.product_id = descriptors.product_id;
    const auto& device = descriptors.device;
    if (device.size() >= device_descriptor_size) {
        out.device_class = {device[4], device[5], device[6]};
        out.release = static_cast<std::uint16_t>(device[12] | device[13] << 8);
        out.configurations = device[17];
    }
    if (descriptors.configuration.size() >= configuration_descriptor_size)
        out.configuration_value = descriptors.configuration[5];
    out.interfaces = interfaces_of(descriptors.configuration);
    return out;
}

std::vector<ExportedDevice> UsbipShelf::list() const {
    std::vector<ExportedDevice> list;
    for (const Place& place : places_) {
        if (place.plugged) list.push_back(describe(place));
    }
    return list;
}

std::optional<UsbipShelf::Loan> UsbipShelf::take(std::string_view bus_id, UsbipImporter& importer) {
    for (Place& place : places_) {
        ExportedDevice description = describe(place);
        if (description.bus_id != bus_id) continue;
        if (!place.plugged || place.importer) return std::nullopt;
        place.importer = &importer;
        return Loan{place.device.get(), std::move(description)};
    }
    return std::nullopt;
}

void UsbipShelf::give_back(const UsbipImporter& importer, Clock now) {
    for (Place& place : places_) {
        if (place.importer != &importer) continue;
        place.importer = nullptr;
        place.device->reset(now);
    }
}

void UsbipShelf::plug(Place& place, Clock now) {
    place.replug_at.reset();
    place.device->plug(now);
    place.plugged = true;
    place.address = last_given_ = next_address(last_given_, [this](unsigned address) {
        return std::any_of(places_.begin(), places_.end(),
                           [address](const Place& other) { return other.plugged && other.address == address; });
    });
}

void UsbipShelf::notice_unplug(Place& place, Clock now) {
    place.plugged = false;
    if (rules_.replug_after) place.replug_at = now + *rules_.replug_after;
    if (UsbipImporter* const importer = std::exchange(place.importer, nullptr)) importer->unplugged();
}

std::optional<UsbipShelf::Clock> UsbipShelf::next_event() const {
    std::optional<Clock> next = plugs_.next();
    const auto consider = [&next](std::optional<Clock> when) {
        if (when && (!next || *when < *next)) next = when;
    };
    for (const Place& place : places_) {
        consider(place.device->next_event());
        consider(place.replug_at);
    }
    return next;
}

void UsbipShelf::advance(Clock now) {
    if (!std::exchange(started_, true)) plugs_.start(rules_.plugs, now);
    for (Place& place : places_) place.device->advance(now);
    while (const auto change = plugs_.take_due(now)) {
        Place& place = places_.at(change->device);
        if (!change->plugged) place.device->unplug(now);
        if (change->plugged && !place.plugged) place.replug_at = now;
    }
    for (Place& place : places_) {
        const bool present = place.device->present();
        if (place.plugged && !present) notice_unplug(place, now);
        // A device comes back by the rules, or by itself where a fault took it away for a while.
        if (!place.plugged && (present || (place.replug_at && *place.replug_at <= now))) plug(place, now);
    }
}

void UsbipShelf::inspect(const std::function<void(std::size_t, const UsbDevice&)>& look) const {
    for (std::size_t i = 0; i < places_.size(); ++i) look(i, *places_[i].device);
}

}  // namespace singel::firmware_bridge::carriers
