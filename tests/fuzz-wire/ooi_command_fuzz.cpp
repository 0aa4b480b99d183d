#include "firmware-bridge/wire/ooi/commands.hpp"
#include "tests/fuzz-wire/must.hpp"

// The device's side: whatever a host sends is refused, or means the same after it is encoded again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace singel::firmware_bridge::wire;
    const Decoded<ooi::Command> command = ooi::decode_command({data, size});
    if (!command) return 0;
    const Bytes encoded = ooi::encode(*command);
    singel::test::must(encoded.size() <= size && *ooi::decode_command(encoded) == *command);
    return 0;
}
