#include "firmware-bridge/wire/ooi/commands.hpp"
#include "tests/fuzz-wire/must.hpp"

// The device's side: whatever a host sends is refused, or means the same after it is encoded again. The first byte
// chooses the integration field.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace singel::firmware_bridge::wire;
    if (size == 0) return 0;
    const auto field = static_cast<ooi::IntegrationField>(data[0] % 3);
    const Decoded<ooi::Command> command = ooi::decode_command({data + 1, size - 1}, field);
    if (!command) return 0;
    const Bytes encoded = ooi::encode(*command, field);
    singel::test::must(encoded.size() < size && *ooi::decode_command(encoded, field) == *command);
    return 0;
}
