#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

// Products of small integers, exact and therefore the same on every processor; which instructions compute them is
// chosen once, when the program runs.
namespace singel::spectra::identify {

inline constexpr std::size_t code_block = 32;  // every length is a multiple of it
inline constexpr int weight_shift = 10;        // of a sum of two weighted squares, so that 32 bits hold them all
inline constexpr std::int16_t unit_weight = 1 << weight_shift;

struct CodeKernels {
    // Sum of code times query. The caller keeps length * 127 * greatest |query| below 2^31.
    std::int32_t (*dot)(const std::int8_t* codes, const std::int16_t* query, std::size_t length);
    // Sum over neighbouring pairs of (code² weight + code² weight) >> weight_shift; codes within ±127, weights >= 0.
    std::int64_t (*squares)(const std::int8_t* codes, const std::int16_t* weights, std::size_t length);
};

enum class Instructions { plain, sse2, avx2 };

// What this processor can do, plain first, the fastest last.
const std::vector<Instructions>& available_instructions();

const CodeKernels& kernels_of(Instructions instructions);

// Those of the fastest.
const CodeKernels& code_kernels();

}  // namespace singel::spectra::identify
