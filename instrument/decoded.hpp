#pragma once

#include <utility>

#include "firmware-bridge/wire/decoded.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument {

// The one place where bytes that could not be understood become a Failure.
template <class T>
T require(firmware_bridge::wire::Decoded<T> decoded, const char* operation) {
    if (!decoded)
        throw spectra::core::Failure(spectra::core::Fault::protocol, std::move(decoded.error().what), operation);
    return std::move(*decoded);
}

}  // namespace singel::instrument
