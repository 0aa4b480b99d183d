#include "spectra/identify/dot_int8.hpp"

#include <array>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace singel::spectra::identify {
namespace {

std::int32_t plain_dot(const std::int8_t* codes, const std::int16_t* query, std::size_t length) {
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < length; ++i) sum += codes[i] * query[i];
    return sum;
}

std::int64_t plain_squares(const std::int8_t* codes, const std::int16_t* weights, std::size_t length) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < length; i += 2)
        sum += (codes[i] * codes[i] * weights[i] + codes[i + 1] * codes[i + 1] * weights[i + 1]) >> weight_shift;
    return sum;
}

#if defined(__x86_64__)

// Sixteen codes, widened: the sign fills the upper byte.
struct Wide {
    __m128i low, high;
};

Wide widened(const std::int8_t* codes) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(codes));
    return {_mm_srai_epi16(_mm_unpacklo_epi8(bytes, bytes), 8), _mm_srai_epi16(_mm_unpackhi_epi8(bytes, bytes), 8)};
}

__m128i eight(const std::int16_t* values) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(values));
}

std::int64_t total(__m128i lanes) {
    alignas(16) std::array<std::int32_t, 4> parts{};
    _mm_store_si128(reinterpret_cast<__m128i*>(parts.data()), lanes);
    std::int64_t sum = 0;
    for (const std::int32_t part : parts) sum += part;
    return sum;
}

std::int32_t sse2_dot(const std::int8_t* codes, const std::int16_t* query, std::size_t length) {
    __m128i low = _mm_setzero_si128(), high = low;
    for (std::size_t i = 0; i < length; i += 16) {
        const Wide wide = widened(codes + i);
        low = _mm_add_epi32(low, _mm_madd_epi16(wide.low, eight(query + i)));
        high = _mm_add_epi32(high, _mm_madd_epi16(wide.high, eight(query + i + 8)));
    }
    return static_cast<std::int32_t>(total(_mm_add_epi32(low, high)));
}

std::int64_t sse2_squares(const std::int8_t* codes, const std::int16_t* weights, std::size_t length) {
    const auto term = [](__m128i wide, const std::int16_t* weight) {
        return _mm_srai_epi32(_mm_madd_epi16(_mm_mullo_epi16(wide, wide), eight(weight)), weight_shift);
    };
    __m128i low = _mm_setzero_si128(), high = low;
    for (std::size_t i = 0; i < length; i += 16) {
        const Wide wide = widened(codes + i);
        low = _mm_add_epi32(low, term(wide.low, weights + i));
        high = _mm_add_epi32(high, term(wide.high, weights + i + 8));
    }
    return total(low) + total(high);
}

#define SINGEL_AVX2 __attribute__((target("avx2")))

SINGEL_AVX2 inline __m256i widened_avx2(const std::int8_t* codes) {
    return _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(codes)));
}

SINGEL_AVX2 inline __m256i sixteen(const std::int16_t* values) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(values));
}

SINGEL_AVX2 inline std::int64_t total_avx2(__m256i lanes) {
    return total(_mm256_castsi256_si128(lanes)) + total(_mm256_extracti128_si256(lanes, 1));
}

SINGEL_AVX2 std::int32_t avx2_dot(const std::int8_t* codes, const std::int16_t* query, std::size_t length) {
    __m256i even = _mm256_setzero_si256(), odd = even;
    for (std::size_t i = 0; i < length; i += 32) {
        even = _mm256_add_epi32(even, _mm256_madd_epi16(widened_avx2(codes + i), sixteen(query + i)));
        odd = _mm256_add_epi32(odd, _mm256_madd_epi16(widened_avx2(codes + i + 16), sixteen(query + i + 16)));
    }
    return static_cast<std::int32_t>(total_avx2(_mm256_add_epi32(even, odd)));
}

SINGEL_AVX2 inline __m256i term_avx2(const std::int8_t* codes, const std::int16_t* weights) {
    const __m256i wide = widened_avx2(codes);
    return _mm256_srai_epi32(_mm256_madd_epi16(_mm256_mullo_epi16(wide, wide), sixteen(weights)), weight_shift);
}

SINGEL_AVX2 std::int64_t avx2_squares(const std::int8_t* codes, const std::int16_t* weights, std::size_t length) {
    __m256i even = _mm256_setzero_si256(), odd = even;
    for (std::size_t i = 0; i < length; i += 32) {
        even = _mm256_add_epi32(even, term_avx2(codes + i, weights + i));
        odd = _mm256_add_epi32(odd, term_avx2(codes + i + 16, weights + i + 16));
    }
    return total_avx2(even) + total_avx2(odd);
}

constexpr std::array<CodeKernels, 3> kernels{
    {{plain_dot, plain_squares}, {sse2_dot, sse2_squares}, {avx2_dot, avx2_squares}}};

#else

constexpr std::array<CodeKernels, 1> kernels{{{plain_dot, plain_squares}}};

#endif

}  // namespace

const std::vector<Instructions>& available_instructions() {
    static const std::vector<Instructions> available = [] {
        std::vector<Instructions> list{Instructions::plain};
#if defined(__x86_64__)
        list.push_back(Instructions::sse2);
        if (__builtin_cpu_supports("avx2")) list.push_back(Instructions::avx2);
#endif
        return list;
    }();
    return available;
}

const CodeKernels& kernels_of(Instructions instructions) {
    return kernels[static_cast<std::size_t>(instructions)];
}

const CodeKernels& code_kernels() {
    return kernels_of(available_instructions().back());
}

}  // namespace singel::spectra::identify
