#include "firmware-bridge/virtual/faults.hpp"
#include "tests/fuzz-wire/must.hpp"

// What a person typed is understood, or refused with a reason.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace singel::firmware_bridge::virtual_instrument;
    Faults faults;
    std::string message;
    const bool understood = parse_faults({reinterpret_cast<const char*>(data), size}, faults, message);
    singel::test::must(understood || (!message.empty() && faults.empty()));
    return 0;
}
