#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "spectra/io/read_spectra.hpp"

// Any bytes are read or refused with a sentence; what is read is whole.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace singel::spectra;
    const std::vector<char> bytes(data, data + size);
    const auto read = io::parse_spectra(bytes, "fuzz", {.max_bytes = std::size_t{1} << 20, .max_points = 100000});
    if (!read) {
        if (read.error().what.empty()) std::abort();
        return 0;
    }
    for (const io::Measurement& m : *read) {
        const core::Spectrum scan = m.scan();
        if (scan.size() < 2 || scan.axis.size() != scan.size()) std::abort();
    }
    return 0;
}
