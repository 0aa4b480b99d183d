#pragma once

#include <cstdint>
#include <string_view>

namespace singel::firmware_bridge::virtual_instrument {

// Pattern and hot pixels belong to the unit, not to the scene: FNV-1a over model and serial.
constexpr std::uint64_t unit_seed(std::string_view model, std::string_view serial) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const std::string_view text : {model, serial}) {
        for (const char c : text) hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001B3ULL;
    }
    return hash;
}

}  // namespace singel::firmware_bridge::virtual_instrument
