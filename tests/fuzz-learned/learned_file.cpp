#include "spectra/identify/learned_file.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// Any text is read or refused; what was read is written and read again as the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace singel::spectra::identify;
    const std::string text(data, data + size);
    const auto file = read_learned(text);
    if (!file) return 0;
    const auto again = read_learned(write_learned(*file));
    if (!again || digest(again->learned) != digest(file->learned)) std::abort();
    return 0;
}
