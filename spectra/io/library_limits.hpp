#pragma once

#include <cstddef>
#include <string_view>

#include "spectra/core/reference.hpp"
#include "spectra/core/result.hpp"

// What a library may be: far above any real one, far below what would hurt the machine.
namespace singel::spectra::io {

inline constexpr std::size_t max_references = 1'000'000;
inline constexpr std::size_t max_grid_points = 65'536;
inline constexpr std::size_t max_matrix_values = std::size_t{1} << 32;  // 16 GiB as float32
inline constexpr std::size_t max_text_bytes = 4'096;                    // of one name, source …

// UTF-8 without control characters and within max_text_bytes.
bool is_printable_text(std::string_view text);

// Names, texts, coverage and sizes of a set; the first thing that is wrong, naming the reference.
core::Result<void> check_references(const core::ReferenceSet& references);

// That every value of the matrix is finite: reads all of it.
core::Result<void> check_values(const core::ReferenceSet& references);

}  // namespace singel::spectra::io
