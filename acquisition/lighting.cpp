#include "acquisition/lighting.hpp"

namespace singel::acquisition {

std::string_view name(SampleLook look) {
    switch (look) {
        case SampleLook::unknown: return "unknown";
        case SampleLook::light: return "light";
        case SampleLook::dark: return "dark";
    }
    return "unknown";
}

}  // namespace singel::acquisition
