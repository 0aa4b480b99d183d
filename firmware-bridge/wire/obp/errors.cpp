#include "firmware-bridge/wire/obp/errors.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace singel::firmware_bridge::wire::obp {

namespace {

struct Named {
    Error error;
    std::string_view sentence;
};

constexpr std::array known{Named{Error::none, "no error"},
                           Named{Error::unsupported_protocol, "the device does not speak this protocol version"},
                           Named{Error::unknown_message, "the device does not know this message"},
                           Named{Error::bad_checksum, "the device found a wrong checksum"},
                           Named{Error::message_too_large, "the message is too large for the device"},
                           Named{Error::wrong_payload_length, "the argument has the wrong length for this message"},
                           Named{Error::invalid_payload, "the value is invalid"},
                           Named{Error::not_ready, "the device is not ready"},
                           Named{Error::unknown_checksum_type, "the device does not know this checksum type"},
                           Named{Error::unexpected_reset, "the device was reset unexpectedly"},
                           Named{Error::too_many_buses, "commands came from too many buses"},
                           Named{Error::out_of_memory, "the device is out of memory"},
                           Named{Error::no_such_information, "the device does not hold this information"},
                           Named{Error::internal, "an internal error of the device, which may be fatal"},
                           Named{Error::not_ended, "the message did not end properly"},
                           Named{Error::scan_interrupted, "the running scan was interrupted"},
                           Named{Error::decryption_failed, "the device could not decrypt the message"},
                           Named{Error::invalid_firmware_layout, "the layout of the firmware is invalid"},
                           Named{Error::wrong_packet_size, "the data packet has the wrong size"},
                           Named{Error::wrong_hardware_revision, "the firmware is for another hardware revision"},
                           Named{Error::wrong_flash_map, "the firmware is for another flash map"},
                           Named{Error::deferred, "the answer is deferred"}};

}  // namespace

std::string sentence(std::uint16_t error) {
    const auto found = std::find_if(known.begin(), known.end(), [error](const Named& row) {
        return static_cast<std::uint16_t>(row.error) == error;
    });
    return found == known.end() ? "error " + std::to_string(error) : std::string(found->sentence);
}

}  // namespace singel::firmware_bridge::wire::obp
