#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "firmware-bridge/virtual/device.hpp"
#include "firmware-bridge/virtual/faults.hpp"
#include "firmware-bridge/virtual/scene.hpp"

// TI's DLP NIRscan Nano, from wire/nirscan/README.md.
namespace singel::firmware_bridge::virtual_instrument {

std::vector<std::string_view> nirscan_model_names();

// See VirtualFamily. It knows full speed only.
std::unique_ptr<UsbDevice> make_nirscan(std::string_view model, Scene scene, Faults faults, std::string serial,
                                        Speed speed);

}  // namespace singel::firmware_bridge::virtual_instrument
