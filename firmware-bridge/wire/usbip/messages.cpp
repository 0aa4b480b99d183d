#include "firmware-bridge/wire/usbip/messages.hpp"

#include <algorithm>

#include "firmware-bridge/wire/bytes.hpp"

namespace singel::firmware_bridge::wire::usbip {

namespace {

constexpr std::size_t path_bytes = 256;
constexpr std::uint16_t device_list_reply = 0x0005, import_reply = 0x0003;
constexpr std::uint32_t command_submit = 1, command_unlink = 2, return_submit = 3, return_unlink = 4;
constexpr std::uint32_t no_iso_packets = 0xFFFFFFFF;  // what the kernel writes for a transfer of another type
constexpr std::uint32_t last_endpoint = 15;

std::uint32_t u32(Reader& reader) {
    return static_cast<std::uint32_t>(reader.big(4));
}

Writer reply_header(std::uint16_t code, std::uint32_t status) {
    Writer writer;
    writer.u16be(protocol_version).u16be(code).big(status, 4);
    return writer;
}

void put(Writer& writer, const InterfaceClass& kind) {
    writer.u8(kind.device_class).u8(kind.subclass).u8(kind.protocol);
}

void put(Writer& writer, const ExportedDevice& device) {
    writer.text(device.path, path_bytes).text(device.bus_id, bus_id_bytes);
    writer.big(device.bus, 4).big(device.device, 4).big(static_cast<std::uint32_t>(device.speed), 4);
    writer.u16be(device.vendor_id).u16be(device.product_id).u16be(device.release);
    put(writer, device.device_class);
    writer.u8(device.configuration_value).u8(device.configurations);
    writer.u8(static_cast<std::uint8_t>(device.interfaces.size()));
}

Writer return_header(std::uint32_t command, std::uint32_t sequence, std::int32_t status) {
    constexpr std::size_t device_direction_endpoint = 12;
    Writer writer;
    writer.big(command, 4).big(sequence, 4).big(0, 8).big(0, device_direction_endpoint - 8);
    writer.big(static_cast<std::uint32_t>(status), 4);
    return writer;
}

}  // namespace

Decoded<Request> decode_request(ByteView header) {
    if (header.size() < request_header_bytes) return wrong_length("request", header.size(), request_header_bytes);
    Reader reader(header);
    const std::uint16_t version = reader.u16be(), code = reader.u16be();
    if (version != protocol_version) return malformed("protocol version " + std::to_string(version));
    for (const Request known : {Request::device_list, Request::import}) {
        if (code == static_cast<std::uint16_t>(known)) return known;
    }
    return malformed("request " + std::to_string(code) + " is none");
}

Decoded<std::string> decode_bus_id(ByteView bytes) {
    if (bytes.size() < bus_id_bytes) return wrong_length("bus id", bytes.size(), bus_id_bytes);
    const ByteView field = bytes.first(bus_id_bytes);
    const auto end = std::find(field.begin(), field.end(), std::uint8_t{0});
    if (end == field.end()) return malformed("bus id has no end");
    return std::string(field.begin(), end);
}

Bytes encode_device_list(std::span<const ExportedDevice> devices) {
    Writer writer = reply_header(device_list_reply, 0);
    writer.big(devices.size(), 4);
    for (const ExportedDevice& device : devices) {
        put(writer, device);
        for (const InterfaceClass& interface : device.interfaces) {
            put(writer, interface);
            writer.u8(0);
        }
    }
    return writer.bytes();
}

Bytes encode_import(const ExportedDevice& device) {
    Writer writer = reply_header(import_reply, 0);
    put(writer, device);
    return writer.bytes();
}

Bytes encode_import_refused() {
    return reply_header(import_reply, 1).bytes();
}

Decoded<Command> decode_command(ByteView bytes) {
    if (bytes.size() < command_bytes) return wrong_length("command", bytes.size(), command_bytes);
    Reader reader(bytes);
    const std::uint32_t command = u32(reader), sequence = u32(reader), device = u32(reader), direction = u32(reader),
                        endpoint = u32(reader);
    if (command == command_unlink) return Unlink{sequence, device, u32(reader)};
    if (command != command_submit) return malformed("command " + std::to_string(command) + " is none");
    if (direction > 1) return malformed("direction " + std::to_string(direction));
    if (endpoint > last_endpoint) return malformed("endpoint " + std::to_string(endpoint));
    Submit submit{sequence, device, direction == 1, static_cast<std::uint8_t>(endpoint), u32(reader), u32(reader),
                  0,        {}};
    reader.skip(4);  // start frame
    const std::uint32_t packets = u32(reader);
    submit.iso_packets = packets == no_iso_packets ? 0 : packets;
    reader.skip(4);  // interval
    const ByteView setup = reader.take(setup_bytes);
    std::copy(setup.begin(), setup.end(), submit.setup.begin());
    return submit;
}

Bytes encode_submitted(std::uint32_t sequence, std::int32_t status, std::uint32_t actual, ByteView in) {
    Writer writer = return_header(return_submit, sequence, status);
    // Then start frame, packets, errors and eight bytes of nothing.
    writer.big(actual, 4).big(0, 4).big(0, 4).big(0, 4).big(0, 8).raw(in);
    return writer.bytes();
}

Bytes encode_unlinked(std::uint32_t sequence, std::int32_t status) {
    Writer writer = return_header(return_unlink, sequence, status);
    writer.big(0, 8).big(0, 8).big(0, 8);
    return writer.bytes();
}

}  // namespace singel::firmware_bridge::wire::usbip
