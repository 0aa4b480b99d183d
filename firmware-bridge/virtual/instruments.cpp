#include "firmware-bridge/virtual/instruments.hpp"

#include <array>

#include "firmware-bridge/virtual/nirscan.hpp"
#include "firmware-bridge/virtual/obp.hpp"
#include "firmware-bridge/virtual/ocean.hpp"
#include "firmware-bridge/virtual/wasatch.hpp"

namespace singel::firmware_bridge::virtual_instrument {

namespace {

constexpr std::array families{
    VirtualFamily{&ocean_model_names, &make_ocean},
    VirtualFamily{&obp_model_names, &make_obp},
    VirtualFamily{&wasatch_model_names, &make_wasatch},
    VirtualFamily{&nirscan_model_names, &make_nirscan},
};

}  // namespace

std::vector<std::string> models() {
    std::vector<std::string> names;
    for (const VirtualFamily& family : families)
        for (const std::string_view name : family.models()) names.emplace_back(name);
    return names;
}

std::unique_ptr<UsbDevice> make_instrument(std::string_view model, Scene scene, Faults faults, std::string serial,
                                           Speed speed) {
    for (const VirtualFamily& family : families) {
        auto device = family.make(model, scene, faults, serial, speed);
        if (device) return device;
    }
    return nullptr;
}

}  // namespace singel::firmware_bridge::virtual_instrument
