#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "firmware-bridge/virtual/device.hpp"
#include "firmware-bridge/virtual/faults.hpp"
#include "firmware-bridge/virtual/scene.hpp"

namespace singel::firmware_bridge::virtual_instrument {

struct OceanModel;
std::span<const OceanModel> ocean_models();

std::unique_ptr<UsbDevice> make_ocean(const OceanModel& model, Scene scene, Faults faults, std::string serial);

}  // namespace singel::firmware_bridge::virtual_instrument
