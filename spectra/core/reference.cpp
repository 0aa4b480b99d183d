#include "spectra/core/reference.hpp"

namespace singel::spectra::core {

std::string_view name(ReferenceOrigin origin) {
    return origin == ReferenceOrigin::measured ? "measured" : "band_table";
}

}  // namespace singel::spectra::core
