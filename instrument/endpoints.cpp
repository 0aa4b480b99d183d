#include "instrument/endpoints.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace singel::instrument {

using spectra::core::failure;
using spectra::core::Fault;
using spectra::core::Result;

namespace {

// USB 2.0, table 9-5 and the tables of each descriptor.
constexpr std::uint8_t configuration_type = 2, interface_type = 4, endpoint_type = 5;
constexpr std::size_t configuration_size = 9, interface_size = 9, endpoint_size = 7;
constexpr std::uint16_t packet_size_bits = 0x07FF;
constexpr std::uint8_t kind_bits = 3;

constexpr const char* where = "USB descriptors";
constexpr const char* remedy = "Try another cable or port; if it stays, the instrument's firmware is damaged.";

std::uint16_t word(std::span<const std::uint8_t> bytes, std::size_t at) {
    return static_cast<std::uint16_t>(bytes[at] | bytes[at + 1] << 8);
}

tl::unexpected<spectra::core::Error> refuse(std::string what) {
    return failure(Fault::protocol, std::move(what), where, remedy);
}

std::size_t least_size(std::uint8_t type) {
    switch (type) {
        case interface_type: return interface_size;
        case endpoint_type: return endpoint_size;
        default: return 2;
    }
}

std::uint16_t largest_packet(TransferKind kind, BusSpeed speed) {
    if (speed == BusSpeed::full) return 64;
    if (kind == TransferKind::interrupt || speed != BusSpeed::high) return 1024;
    return 512;
}

}  // namespace

Result<std::vector<Endpoint>> read_endpoints(std::span<const std::uint8_t> bytes) {
    if (bytes.size() < configuration_size || bytes[1] != configuration_type)
        return refuse(fmt::format("the configuration descriptor has {} bytes", bytes.size()));
    if (word(bytes, 2) != bytes.size())
        return refuse(
            fmt::format("wTotalLength is {}, the configuration has {} bytes", word(bytes, 2), bytes.size()));
    std::vector<Endpoint> endpoints;
    bool ours = false;
    for (std::size_t at = bytes[0]; at < bytes.size(); at += bytes[at]) {
        const std::size_t left = bytes.size() - at;
        if (left < 2 || bytes[at] > left || bytes[at] < least_size(bytes[at + 1]))
            return refuse(fmt::format("bLength at byte {} is {}, {} bytes are left", at, bytes[at], left));
        const auto descriptor = bytes.subspan(at, bytes[at]);
        if (descriptor[1] == interface_type) ours = descriptor[2] == 0 && descriptor[3] == 0;
        if (descriptor[1] != endpoint_type || !ours) continue;
        endpoints.push_back({descriptor[2], static_cast<TransferKind>(descriptor[3] & kind_bits),
                             static_cast<std::uint16_t>(word(descriptor, 4) & packet_size_bits)});
    }
    return endpoints;
}

Result<void> check_endpoints(std::span<const Endpoint> endpoints, BusSpeed speed) {
    if (endpoints.empty()) return refuse("bNumEndpoints of interface 0 is 0");
    for (std::size_t i = 0; i < endpoints.size(); ++i) {
        const Endpoint& one = endpoints[i];
        if ((one.address & 0x0F) == 0 || find_endpoint(endpoints.first(i), one.address) != nullptr)
            return refuse(
                fmt::format("bEndpointAddress 0x{:02x} is there twice or is the control endpoint's", one.address));
        const std::uint16_t largest = largest_packet(one.kind, speed);
        if (one.packet_size == 0 || one.packet_size > largest)
            return refuse(fmt::format("wMaxPacketSize of endpoint 0x{:02x} is {}, at this speed it is 1 to {}",
                                      one.address, one.packet_size, largest));
    }
    return {};
}

const Endpoint* find_endpoint(std::span<const Endpoint> endpoints, std::uint8_t address) {
    const auto found = std::ranges::find(endpoints, address, &Endpoint::address);
    return found == endpoints.end() ? nullptr : &*found;
}

}  // namespace singel::instrument
