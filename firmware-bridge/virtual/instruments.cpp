#include "firmware-bridge/virtual/instruments.hpp"

#include "firmware-bridge/virtual/ocean.hpp"
#include "firmware-bridge/virtual/ocean_models.hpp"
#include "firmware-bridge/virtual/wasatch.hpp"
#include "firmware-bridge/virtual/wasatch_models.hpp"

namespace singel::firmware_bridge::virtual_instrument {

std::vector<std::string> models() {
    std::vector<std::string> names;
    for (const OceanModel& model : ocean_models()) names.emplace_back(model.name);
    for (const WasatchModel& model : wasatch_models()) names.emplace_back(model.name);
    return names;
}

std::unique_ptr<UsbDevice> make_instrument(std::string_view model, Scene scene, Faults faults, std::string serial) {
    for (const OceanModel& row : ocean_models()) {
        if (row.name == model) return make_ocean(row, std::move(scene), std::move(faults), std::move(serial));
    }
    for (const WasatchModel& row : wasatch_models()) {
        if (row.name == model) return make_wasatch(row, std::move(scene), std::move(faults), std::move(serial));
    }
    return nullptr;
}

}  // namespace singel::firmware_bridge::virtual_instrument
