#include "acquisition/records/blob.hpp"

#include <bit>
#include <cstddef>
#include <string>

namespace singel::acquisition::records {

namespace core = spectra::core;

namespace {

template <class Word>
void append(std::vector<std::uint8_t>& bytes, Word word) {
    for (std::size_t i = 0; i < sizeof(Word); ++i) bytes.push_back(static_cast<std::uint8_t>(word >> (8 * i)));
}

template <class Word>
core::Result<std::vector<Word>> words(std::span<const std::uint8_t> bytes) {
    if (bytes.size() % sizeof(Word) != 0)
        return core::failure(core::Fault::wrong_format,
                             "a stored array of " + std::to_string(bytes.size()) + " bytes is cut short");
    std::vector<Word> result(bytes.size() / sizeof(Word));
    for (std::size_t i = 0; i < bytes.size(); ++i)
        result[i / sizeof(Word)] |= Word{bytes[i]} << (8 * (i % sizeof(Word)));
    return result;
}

}  // namespace

std::vector<std::uint8_t> to_blob(std::span<const std::uint32_t> counts) {
    std::vector<std::uint8_t> bytes;
    bytes.reserve(4 * counts.size());
    for (const std::uint32_t count : counts) append(bytes, count);
    return bytes;
}

std::vector<std::uint8_t> to_blob(std::span<const double> values) {
    std::vector<std::uint8_t> bytes;
    bytes.reserve(8 * values.size());
    for (const double value : values) append(bytes, std::bit_cast<std::uint64_t>(value));
    return bytes;
}

core::Result<std::vector<std::uint32_t>> counts_from_blob(std::span<const std::uint8_t> bytes) {
    return words<std::uint32_t>(bytes);
}

core::Result<std::vector<double>> reals_from_blob(std::span<const std::uint8_t> bytes) {
    const auto raw = words<std::uint64_t>(bytes);
    if (!raw) return tl::unexpected(raw.error());
    std::vector<double> values;
    values.reserve(raw->size());
    for (const std::uint64_t word : *raw) values.push_back(std::bit_cast<double>(word));
    return values;
}

}  // namespace singel::acquisition::records
