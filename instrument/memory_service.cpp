#include "instrument/memory_service.hpp"

#include <algorithm>
#include <array>

#include "instrument/ocean_ooi/slot_service.hpp"
#include "instrument/wasatch/eeprom_service.hpp"

namespace singel::instrument {

std::span<const MemoryService> memory_services() {
    static const std::array list{
        MemoryService{"ocean_ooi", "slot", &ocean_ooi::read_slots, &ocean_ooi::read_slot_page,
                      &ocean_ooi::write_slot_page, &ocean_ooi::identify_slots, &ocean_ooi::read_versions},
        MemoryService{"wasatch", "page", &wasatch::read_eeprom, &wasatch::read_eeprom_page,
                      &wasatch::write_eeprom_page, &wasatch::identify_eeprom, &wasatch::read_versions},
    };
    return list;
}

const MemoryService* memory_service_of(std::string_view family) {
    const auto services = memory_services();
    const auto found = std::find_if(services.begin(), services.end(),
                                    [family](const MemoryService& service) { return service.family == family; });
    return found == services.end() ? nullptr : &*found;
}

}  // namespace singel::instrument
