#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "spectra/core/result.hpp"

// Numbers as bytes of the store: little-endian on every machine, IEEE 754 binary64 for reals.
namespace singel::acquisition::records {

std::vector<std::uint8_t> to_blob(std::span<const std::uint32_t> counts);
std::vector<std::uint8_t> to_blob(std::span<const double> values);

// Refuse a length that is no multiple of the number's.
spectra::core::Result<std::vector<std::uint32_t>> counts_from_blob(std::span<const std::uint8_t> bytes);
spectra::core::Result<std::vector<double>> reals_from_blob(std::span<const std::uint8_t> bytes);

}  // namespace singel::acquisition::records
