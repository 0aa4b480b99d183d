#pragma once

#include <chrono>

namespace singel::instrument::laser_guard {

// One letter each, over a pair of sockets; the line closing is the strongest word of all.
enum class Word : char {
    ready = 'r',      // guard: I have the instrument open
    beat = 'b',       // owner: I am alive
    switching = 's',  // owner: I am switching off; this may take a while
    dismissed = 'd'   // owner: the laser was verified off, go; guard: going
};

// Longer than this without a word, and the guard switches the laser off.
inline constexpr std::chrono::milliseconds longest_silence{1000};
// As long as an owner that is switching off by itself may take before one that must be ended first is ended.
inline constexpr std::chrono::milliseconds longest_switching{3000};

// How long the guard goes on trying: an instrument may have to come back from a reset first.
inline constexpr std::chrono::seconds tries_for{20};

}  // namespace singel::instrument::laser_guard
