#include "spectra/learn/pairs_file.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// Any text is read or refused; a line that was read names a query and a reference.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace singel::spectra::learn;
    const std::string text(data, data + size);
    const auto lines = parse_pairs(text);
    if (!lines) return 0;
    for (const PairLine& line : *lines)
        if (line.query.empty() || line.references.empty()) std::abort();
    return 0;
}
