#pragma once

#include <array>
#include <cstdint>

namespace singel::firmware_bridge::virtual_instrument::optics {

// xoshiro256** (Blackman and Vigna 2018) seeded through splitmix64. Written out because the distributions of the
// standard library give other numbers on other machines, and the same seed must give the same frame everywhere.
class Random {
public:
    explicit Random(std::uint64_t seed);

    std::uint64_t bits();
    double uniform();                    // [0, 1)
    double normal();                     // mean 0, variance 1
    std::uint64_t poisson(double mean);  // exact below 30, normal approximation above

private:
    std::array<std::uint64_t, 4> state_{};
    double spare_ = 0;
    bool has_spare_ = false;
};

// One seed out of two, so that streams of neighbouring numbers have nothing in common.
std::uint64_t mix(std::uint64_t a, std::uint64_t b);

}  // namespace singel::firmware_bridge::virtual_instrument::optics
