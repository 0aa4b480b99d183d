#pragma once

#include <chrono>

namespace singel::instrument::laser_guard {

// One letter each over two pipes; the pipe closing is the strongest word of all.
enum class Word : char {
    ready = 'r',     // guard: I have the instrument open
    beat = 'b',      // owner: I am alive
    dismissed = 'd'  // owner: the laser was verified off, go; guard: going
};

// Longer than this without a word, and the guard switches the laser off.
inline constexpr std::chrono::milliseconds longest_silence{1000};

}  // namespace singel::instrument::laser_guard
