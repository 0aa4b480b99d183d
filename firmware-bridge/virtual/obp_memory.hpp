#pragma once

#include <string>
#include <vector>

#include "firmware-bridge/virtual/obp_handlers.hpp"
#include "firmware-bridge/virtual/obp_models.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// What a unit knows of itself: names, calibration, bench. Kept without power; what a host may write stays written.
class ObpMemory {
public:
    static constexpr std::size_t serial_bytes = 16, alias_bytes = 32, user_string_bytes = 64, user_strings = 4;

    ObpMemory(const ObpModel& model, std::string serial, const std::vector<std::size_t>& hot_pixels);

    const std::string& serial() const { return serial_; }

    // erased is asked with each answer: whether the calibration memory reads all ones.
    void add_to(ObpHandlers& handlers, const std::function<bool()>& erased);

private:
    void add_names(ObpHandlers& handlers);
    void add_calibration(ObpHandlers& handlers, const std::function<bool()>& erased);
    void add_detector(ObpHandlers& handlers);
    void add_bench(ObpHandlers& handlers);
    void add_obp2(ObpHandlers& handlers, const std::function<bool()>& erased);

    const ObpModel& model_;
    std::string serial_, alias_;
    std::vector<std::string> user_strings_;
    std::vector<float> wavelengths_, nonlinearity_, stray_light_;
    std::vector<std::uint16_t> hot_pixels_;
};

}  // namespace singel::firmware_bridge::virtual_instrument
