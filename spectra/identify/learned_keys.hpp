#pragma once

#include <array>
#include <string_view>

#include "spectra/identify/learned_file.hpp"

// The words that reader and writer of a learned file share.
namespace singel::spectra::identify {

inline constexpr std::string_view learned_schema = "singel learned figures";
inline constexpr int learned_version = 1;

struct CountKey {
    std::string_view key;
    std::size_t LearnedFrom::*member;
};
inline constexpr std::array<CountKey, 5> count_keys{{{"pairs", &LearnedFrom::pairs},
                                                     {"sums", &LearnedFrom::sums},
                                                     {"names_in_sums", &LearnedFrom::names},
                                                     {"complete_sums", &LearnedFrom::complete},
                                                     {"spikes", &LearnedFrom::spikes}}};

}  // namespace singel::spectra::identify
