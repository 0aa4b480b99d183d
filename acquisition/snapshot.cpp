#include "acquisition/snapshot.hpp"

namespace singel::acquisition {

std::string_view name(Stage stage) {
    switch (stage) {
        case Stage::no_instrument: return "no_instrument";
        case Stage::connecting: return "connecting";
        case Stage::ready: return "ready";
        case Stage::dark: return "dark";
        case Stage::measuring: return "measuring";
        case Stage::identifying: return "identifying";
        case Stage::recording: return "recording";
        case Stage::done: return "done";
        case Stage::failed: return "failed";
        case Stage::cancelled: return "cancelled";
    }
    return "unknown";
}

std::string_view name(Light light) {
    switch (light) {
        case Light::no_laser: return "no_laser";
        case Light::off: return "off";
        case Light::on: return "on";
        case Light::may_be_on: return "may_be_on";
    }
    return "unknown";
}

}  // namespace singel::acquisition
