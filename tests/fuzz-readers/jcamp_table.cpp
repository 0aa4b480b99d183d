#include "spectra/io/jcamp_table.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

// Any table text is decoded or refused, within the limit of points, whichever way commas are read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace singel::spectra::io;
    if (size == 0) return 0;
    const std::vector<char> bytes(data + 1, data + size);
    std::vector<Line> lines;
    LineReader reader({bytes.data(), bytes.size()});
    while (const auto line = reader.next()) lines.push_back(*line);
    constexpr std::size_t limit = 10000;
    const TableStyle style{(data[0] & 1) != 0, limit, "fuzz"};
    const auto ordinates = decode_ordinates(lines, style);
    if (ordinates && ordinates->values.size() > limit) std::abort();
    const auto pairs = decode_pairs(lines, style);
    if (pairs && (pairs->x.size() > limit || pairs->x.size() != pairs->y.size())) std::abort();
    return 0;
}
