#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "firmware-bridge/wire/ooi/models.hpp"
#include "firmware-bridge/wire/ooi/replies.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// What a model of Ocean's families A and B is beyond what crosses the wire. Detector figures are the makers'
// published ones where there are any (Sony ILX511B: 62,500 electrons, signal to noise 250 at full signal, dark noise
// 50 counts); offset, dark current, coolers and patterns are typical values of our own.
struct OceanDetector {
    std::array<wire::ooi::PixelSpan, 2> masked{};  // pixels without light
    double counts_per_electron = 1, read_noise_counts = 0, offset_counts = 0, dark_counts_per_s = 0;
};

struct OceanCalibration {
    std::array<double, 4> wavelength_nm{};
    double line_width_nm = 0;
    std::array<double, 8> nonlinearity{1};
    unsigned nonlinearity_order = 0;
    std::uint32_t autonull_saturation = 0;  // counts at which the converter is full; 0: the memory says nothing
};

// When a frame begins that nobody triggers (section 6.3).
struct OceanClockwork {
    std::size_t frames_prepared = 0;     // after a request, then idle; 0: the detector runs free
    std::uint32_t shutter_below_us = 0;  // shorter ones use the electronic shutter …
    std::uint32_t shutter_cycle_us = 0;  // … and take this long
};

struct FpgaRegister {
    std::uint8_t address = 0;
    std::uint16_t value = 0;  // at power-up
    bool writable = false;    // by a host; the clocks belong to the firmware
};

struct OceanCooler {  // section 3, opcodes 70 to 73; slot 17 of the QE65000 holds the state at power-up
    std::int16_t setpoint_tenths = 0, least_tenths = 0, most_tenths = 0;
    double time_constant_s = 20;
};

struct OceanModel {
    wire::ooi::ModelFacts facts{};
    std::string_view default_serial{};
    OceanDetector detector{};
    OceanCalibration calibration{};
    OceanClockwork clockwork{};
    wire::ooi::FpgaVersion fpga{};
    std::span<const FpgaRegister> registers{};
    bool flame_echo = false;
    OceanCooler cooler{};
};

// In the order in which they are listed to a person.
std::span<const OceanModel> ocean_rows();

}  // namespace singel::firmware_bridge::virtual_instrument
