#include "firmware-bridge/virtual/ocean_models.hpp"

namespace singel::firmware_bridge::virtual_instrument {

namespace {

namespace ooi = wire::ooi;

// ---- FPGA registers at power-up: section 3.2 ----------------------------------------------------------------

constexpr std::array usb2000_plus_registers{
    FpgaRegister{0x00, 24},      FpgaRegister{0x08, 48000, true}, FpgaRegister{0x0C, 4800, true},
    FpgaRegister{0x28, 0, true}, FpgaRegister{0x38, 1, true},     FpgaRegister{0x3C, 5, true},
    FpgaRegister{0x48, 0, true}, FpgaRegister{0x50, 0, true},     FpgaRegister{0x54, 0, true},
    FpgaRegister{0x5C, 0, true}, FpgaRegister{0x60, 0, true},     FpgaRegister{0x68, 0xFFFF, true},
    FpgaRegister{0x64, 0x5501}};
constexpr std::array usb4000_registers{
    FpgaRegister{0x00, 24},      FpgaRegister{0x08, 0, true}, FpgaRegister{0x0C, 0, true},
    FpgaRegister{0x28, 0, true}, FpgaRegister{0x38, 1, true}, FpgaRegister{0x3C, 5, true},
    FpgaRegister{0x48, 0, true}, FpgaRegister{0x50, 0, true}, FpgaRegister{0x54, 0, true},
    FpgaRegister{0x74, 0, true}, FpgaRegister{0x78, 0, true}, FpgaRegister{0x80, 0xFFFF, true},
    FpgaRegister{0x7C, 0x5501},  FpgaRegister{0xD4, 0, true}, FpgaRegister{0xD8, 0, true}};

// ---- detectors ----------------------------------------------------------------------------------------------

// DS: 0 to 17 black, 18 and 19 unusable; 20 sees little.
constexpr OceanDetector ilx511_16_bit{{{{0, 20}}}, 1.05, 50, 1500, 60};
constexpr OceanDetector ilx511_14_bit{{{{0, 23}}}, 0.26, 12, 380, 15};
constexpr OceanDetector ilx511_12_bit{{{{0, 24}}}, 0.065, 3, 110, 4};
// DS, counted from 0: 0 to 17 unusable and black, 18 to 20 a transition; what is sent beyond 3647 is padding.
constexpr OceanDetector tcd1304_16_bit{{{{0, 20}, {3648, 3839}}}, 0.6, 50, 1400, 90};
constexpr OceanDetector tcd1304_14_bit{{{{0, 20}, {3648, 3839}}}, 0.15, 12, 350, 22};
constexpr OceanDetector s7031{{{{0, 3}, {1040, 1279}}}, 0.22, 3, 1100, 240};
constexpr OceanDetector s10420{{{{0, 3}, {2064, 2303}}}, 0.32, 10, 1200, 35};
constexpr OceanDetector s9840{{{{0, 7}, {2072, 2303}}}, 0.32, 12, 1300, 50};
constexpr OceanDetector ingaas{{}, 0.05, 8, 2500, 900};

constexpr OceanClockwork keeps_two{2};
constexpr OceanClockwork runs_free{};
constexpr OceanClockwork has_shutter{0, 3800, 3 * 3800};

// ---- models: calibrations of our own, of the class that the instrument is sold in ----------------------------

constexpr std::array rows{
    OceanModel{ooi::usb2000_plus,
               "VIRTUAL-USB2P",
               ilx511_16_bit,
               {{339.738, 0.377418, -1.6183e-05, -2.416e-09}, 1.3, {0.935, 4.2e-06, -8.1e-11, 3.9e-16}, 3, 0xFFFF},
               keeps_two,
               {2, 16, 1},
               usb2000_plus_registers},
    OceanModel{ooi::flame_s,
               "VIRTUAL-FLAME-S",
               ilx511_16_bit,
               {{187.912, 0.387102, -1.4712e-05, -2.051e-09}, 1.4, {0.921, 5.1e-06, -9.4e-11, 4.4e-16}, 3, 0xFFFF},
               keeps_two,
               {3, 2, 0},
               usb2000_plus_registers,
               true},
    OceanModel{ooi::usb2000,
               "VIRTUAL-USB2K",
               ilx511_12_bit,
               {{198.56, 0.36551, -1.2043e-05, -2.103e-09}, 1.5, {0.941, 6.6e-05, -1.9e-08, 1.4e-12}, 3},
               runs_free},
    OceanModel{ooi::hr2000,
               "VIRTUAL-HR2K",
               ilx511_12_bit,
               {{450.217, 0.133104, -6.1201e-06, -1.012e-10}, 0.4, {0.95, 5.2e-05, -1.4e-08}, 2},
               runs_free},
    OceanModel{
        ooi::usb650, "VIRTUAL-USB650", ilx511_12_bit, {{341.204, 0.370213, -1.3207e-05, -1.911e-09}, 2.0}, runs_free},
    OceanModel{
        ooi::adc1000, "VIRTUAL-ADC1K", ilx511_12_bit, {{339.106, 0.377114, -1.5509e-05, -2.307e-09}, 1.6}, runs_free},
    OceanModel{ooi::hr2000_plus,
               "VIRTUAL-HR2KP",
               ilx511_14_bit,
               {{195.318, 0.468713, -2.0504e-05, -2.603e-09}, 0.9, {0.93, 1.9e-05, -1.5e-09, 2.6e-14}, 3},
               runs_free,
               {1, 20, 0},
               usb2000_plus_registers},
    OceanModel{ooi::torus,
               "VIRTUAL-TORUS",
               ilx511_16_bit,
               {{358.511, 0.241407, -3.9012e-06, -1.104e-09}, 1.6, {0.94, 3.8e-06, -6.9e-11, 3.1e-16}, 3, 0xFFFF},
               runs_free,
               {2, 17, 0},
               usb2000_plus_registers},
    OceanModel{
        ooi::usb4000,
        "VIRTUAL-USB4K",
        tcd1304_16_bit,
        {{177.604, 0.214512, -5.6031e-06, -4.207e-10}, 1.3, {0.902, 5.7e-06, -1.4e-10, 1.6e-15, -8.1e-21}, 4, 61'000},
        has_shutter,
        {3, 9, 4},
        usb4000_registers},
    OceanModel{
        ooi::flame_t,
        "VIRTUAL-FLAME-T",
        tcd1304_16_bit,
        {{345.402, 0.207911, -5.1022e-06, -3.806e-10}, 1.3, {0.911, 5.2e-06, -1.2e-10, 1.4e-15, -7.2e-21}, 4, 62'000},
        has_shutter,
        {4, 5, 6},
        usb4000_registers},
    OceanModel{ooi::hr4000,
               "VIRTUAL-HR4K",
               tcd1304_14_bit,
               {{196.107, 0.268912, -7.2045e-06, -4.503e-10}, 0.75, {0.92, 2.1e-05, -2.0e-09, 4.0e-14}, 3},
               has_shutter,
               {1, 30, 0},
               usb4000_registers},
    OceanModel{ooi::qe65000,
               "VIRTUAL-QE65K",
               s7031,
               {{198.213, 0.801205, -2.1004e-05, -1.1e-08}, 1.8},
               runs_free,
               {1, 10, 0},
               usb2000_plus_registers,
               false,
               {-100, -300, 250}},
    OceanModel{ooi::nirquest512,
               "VIRTUAL-NQ512",
               ingaas,
               {{898.506, 1.62121, -7.3012e-05, -6.104e-08}, 3.1, {1}, 0, 0xFFFF},
               runs_free,
               {},
               {},
               false,
               {-200, -250, 250, 25}},
    OceanModel{ooi::nirquest256,
               "VIRTUAL-NQ256",
               ingaas,
               {{895.203, 3.25172, -3.1003e-04, -4.402e-07}, 6.8, {1}, 0, 0xFFFF},
               runs_free,
               {},
               {},
               false,
               {-100, -250, 250, 25}},
    OceanModel{ooi::maya2000_pro,
               "VIRTUAL-MAYAPRO",
               s10420,
               {{197.312, 0.465107, -1.6021e-05, -2.904e-09}, 1.1, {0.972, 1.1e-06, -1.2e-11}, 2, 64'000},
               runs_free,
               {2, 4, 0},
               usb2000_plus_registers},
    OceanModel{ooi::maya_lsl,
               "VIRTUAL-MAYALSL",
               s10420,
               {{349.017, 0.392206, -1.3304e-05, -2.208e-09}, 1.4, {0.97, 1.2e-06, -1.3e-11}, 2, 64'000},
               runs_free,
               {2, 4, 1},
               usb2000_plus_registers},
    OceanModel{ooi::maya2000,
               "VIRTUAL-MAYA2K",
               s9840,
               {{199.015, 0.461208, -1.5508e-05, -2.801e-09}, 1.2, {0.968, 1.3e-06, -1.1e-11}, 2},
               runs_free,
               {1, 8, 0},
               usb2000_plus_registers},
    OceanModel{ooi::apex,
               "VIRTUAL-APEX",
               s10420,
               {{788.304, 0.173302, -8.2011e-06, -1.402e-10}, 0.5, {0.975, 1.0e-06, -1.1e-11}, 2, 64'000},
               runs_free,
               {2, 6, 0},
               usb2000_plus_registers},
    OceanModel{ooi::jaz,
               "VIRTUAL-JAZ",
               ilx511_16_bit,
               {{199.402, 0.371207, -1.2906e-05, -2.006e-09}, 1.5, {0.936, 4.0e-06, -7.7e-11, 3.7e-16}, 3, 0xFFFF},
               runs_free},
    OceanModel{ooi::flame_nir,
               "VIRTUAL-FLMNIR",
               ingaas,
               {{938.706, 5.94121, -2.3002e-03, -4.104e-06}, 10.0, {1}, 0, 0xFFFF},
               runs_free,
               {4, 1, 0},
               usb2000_plus_registers}};

}  // namespace

std::span<const OceanModel> ocean_rows() {
    return rows;
}

}  // namespace singel::firmware_bridge::virtual_instrument
