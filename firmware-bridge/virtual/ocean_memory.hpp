#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "firmware-bridge/virtual/firmware.hpp"
#include "firmware-bridge/virtual/ocean_models.hpp"
#include "firmware-bridge/wire/ooi/slots.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// The calibration memory of an OOI device: what is written stays when the power goes.
class OceanMemory {
public:
    OceanMemory(const OceanModel& model, std::string_view serial);

    // As the faults of the moment let it be read; erased where nothing was written.
    wire::ooi::SlotData slot(std::uint8_t number, const Conditions& conditions) const;
    std::vector<std::uint8_t> irradiance(std::uint16_t address, const Conditions& conditions) const;

    void write_slot(std::uint8_t number, const wire::ooi::SlotData& data) { slots_[number] = data; }
    void write_irradiance(std::uint16_t address, std::span<const std::uint8_t> data);

    std::string_view serial() const { return serial_; }
    void write_serial(std::string_view serial);

private:
    std::map<std::uint8_t, wire::ooi::SlotData> slots_;
    std::vector<std::uint8_t> irradiance_;
    std::string serial_;
};

}  // namespace singel::firmware_bridge::virtual_instrument
