#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "firmware-bridge/virtual/device.hpp"
#include "firmware-bridge/virtual/faults.hpp"
#include "firmware-bridge/virtual/scene.hpp"

namespace singel::firmware_bridge::virtual_instrument {

struct WasatchModel;
std::span<const WasatchModel> wasatch_models();

std::unique_ptr<UsbDevice> make_wasatch(const WasatchModel& model, Scene scene, Faults faults, std::string serial);

}  // namespace singel::firmware_bridge::virtual_instrument
