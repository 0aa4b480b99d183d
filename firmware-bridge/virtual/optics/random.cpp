#include "firmware-bridge/virtual/optics/random.hpp"

#include <bit>
#include <cmath>

namespace singel::firmware_bridge::virtual_instrument::optics {

namespace {

std::uint64_t splitmix(std::uint64_t& state) {
    state += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

constexpr double many = 30;  // events from which a Poisson number is drawn as a rounded normal one

}  // namespace

Random::Random(std::uint64_t seed) {
    for (std::uint64_t& word : state_) word = splitmix(seed);
}

std::uint64_t Random::bits() {
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t t = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = std::rotl(state_[3], 45);
    return result;
}

double Random::uniform() {
    return static_cast<double>(bits() >> 11) * 0x1p-53;
}

double Random::normal() {  // Marsaglia's polar method
    if (has_spare_) {
        has_spare_ = false;
        return spare_;
    }
    double u = 0, v = 0, s = 0;
    do {
        u = 2 * uniform() - 1;
        v = 2 * uniform() - 1;
        s = u * u + v * v;
    } while (s >= 1 || s == 0);
    const double scale = std::sqrt(-2 * std::log(s) / s);
    spare_ = v * scale;
    has_spare_ = true;
    return u * scale;
}

std::uint64_t Random::poisson(double mean) {
    if (!(mean > 0)) return 0;
    if (mean >= many) {
        const double value = std::round(mean + std::sqrt(mean) * normal());
        return value > 0 ? static_cast<std::uint64_t>(value) : 0;
    }
    const double floor = std::exp(-mean);
    std::uint64_t count = 0;
    for (double product = uniform(); product > floor; product *= uniform()) ++count;
    return count;
}

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    std::uint64_t state = a;
    state = splitmix(state) ^ b;
    return splitmix(state);
}

}  // namespace singel::firmware_bridge::virtual_instrument::optics
