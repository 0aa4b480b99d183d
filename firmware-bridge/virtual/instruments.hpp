#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "firmware-bridge/virtual/device.hpp"
#include "firmware-bridge/virtual/faults.hpp"
#include "firmware-bridge/virtual/scene.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// The models that can be made, in the order in which they are listed to a person: "USB2000+", "WP-785", …
std::vector<std::string> models();

// One row a family: its models and how one of them is made. A new family adds its row in instruments.cpp.
struct VirtualFamily {
    std::vector<std::string_view> (*models)();
    // nullptr for a model that is not of this family.
    std::unique_ptr<UsbDevice> (*make)(std::string_view model, Scene scene, Faults faults, std::string serial,
                                       Speed speed);
};

// nullptr for a model that is not listed. The serial defaults to one that says it is virtual. speed is the bus's: a
// model that knows full speed only stays at it.
std::unique_ptr<UsbDevice> make_instrument(std::string_view model, Scene scene, Faults faults = {},
                                           std::string serial = {}, Speed speed = Speed::high);

}  // namespace singel::firmware_bridge::virtual_instrument
