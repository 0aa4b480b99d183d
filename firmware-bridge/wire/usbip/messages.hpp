#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "firmware-bridge/wire/decoded.hpp"

// USB/IP, version 0x0111, as the exporting side speaks it: requests are decoded, replies encoded (the other side is
// Linux's own vhci-hcd). Big-endian but for the eight setup bytes. Source: notes on virtual USB, section 3.2.
namespace singel::firmware_bridge::wire::usbip {

inline constexpr std::uint16_t protocol_version = 0x0111;
inline constexpr std::uint16_t usual_port = 3240;

// ---- before a device is imported ----------------------------------------------------------------------------

enum class Request : std::uint16_t { device_list = 0x8005, import = 0x8003 };

inline constexpr std::size_t request_header_bytes = 8;
inline constexpr std::size_t bus_id_bytes = 32;  // follow the header of an import

// Malformed: another version, or no request that an exporter answers.
Decoded<Request> decode_request(ByteView header);
// Malformed where no NUL ends it.
Decoded<std::string> decode_bus_id(ByteView bytes);

enum class DeviceSpeed : std::uint32_t { full = 2, high = 3 };

struct InterfaceClass {
    std::uint8_t device_class = 0, subclass = 0, protocol = 0;
};

struct ExportedDevice {
    std::string path;    // at most 255 bytes
    std::string bus_id;  // at most 31 bytes: "1-1"
    std::uint32_t bus = 0, device = 0;
    DeviceSpeed speed = DeviceSpeed::high;
    std::uint16_t vendor_id = 0, product_id = 0, release = 0;
    InterfaceClass device_class;
    std::uint8_t configuration_value = 0, configurations = 0;
    std::vector<InterfaceClass> interfaces;
};

Bytes encode_device_list(std::span<const ExportedDevice> devices);
Bytes encode_import(const ExportedDevice& device);
Bytes encode_import_refused();  // status 1

// ---- afterwards ---------------------------------------------------------------------------------------------

inline constexpr std::size_t command_bytes = 48;
inline constexpr std::size_t setup_bytes = 8;

struct Submit {
    std::uint32_t sequence = 0, device = 0;  // device: bus << 16 | device
    bool in = false;
    std::uint8_t endpoint = 0;                      // number alone, 0 to 15
    std::uint32_t flags = 0;                        // of Linux's URB, see flag
    std::uint32_t length = 0;                       // of the data: to follow (out) or that there is room for (in)
    std::uint32_t iso_packets = 0;                  // of an isochronous transfer; 0 otherwise
    std::array<std::uint8_t, setup_bytes> setup{};  // endpoint 0
};

namespace flag {
inline constexpr std::uint32_t short_not_ok = 1;  // fewer bytes than asked for are an error
}

struct Unlink {
    std::uint32_t sequence = 0, device = 0;
    std::uint32_t victim = 0;  // sequence of the Submit
};

using Command = std::variant<Submit, Unlink>;

// Malformed: unknown command, an endpoint or a direction that cannot be.
Decoded<Command> decode_command(ByteView bytes);

// Statuses as Linux numbers them.
namespace status {
inline constexpr std::int32_t ok = 0, pipe = -32, overflow = -75, connection_reset = -104, shutdown = -108,
                              remote_io = -121;
}

// in: what the device sent; empty for an OUT transfer, of which actual says how much was taken.
Bytes encode_submitted(std::uint32_t sequence, std::int32_t status, std::uint32_t actual, ByteView in);
// status: connection_reset when the victim was cancelled and will not be answered; 0 when it had been answered.
Bytes encode_unlinked(std::uint32_t sequence, std::int32_t status);

}  // namespace singel::firmware_bridge::wire::usbip
