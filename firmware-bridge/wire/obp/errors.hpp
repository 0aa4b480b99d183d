#pragma once

#include <cstdint>
#include <string>

namespace singel::firmware_bridge::wire::obp {

// Source: notes on the OBP protocol, section 8.1.
enum class Error : std::uint16_t {
    none = 0,
    unsupported_protocol = 1,
    unknown_message = 2,
    bad_checksum = 3,
    message_too_large = 4,
    wrong_payload_length = 5,
    invalid_payload = 6,
    not_ready = 7,
    unknown_checksum_type = 8,
    unexpected_reset = 9,
    too_many_buses = 10,
    out_of_memory = 11,
    no_such_information = 12,
    internal = 13,
    not_ended = 14,
    scan_interrupted = 15,
    decryption_failed = 100,
    invalid_firmware_layout = 101,
    wrong_packet_size = 102,
    wrong_hardware_revision = 103,
    wrong_flash_map = 104,
    deferred = 255  // neither yes nor no: the answer comes later, keep waiting
};

// What the device said, without a full stop: "the value is invalid"; for a number without a name "error 77".
std::string sentence(std::uint16_t error);

}  // namespace singel::firmware_bridge::wire::obp
