#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "instrument/transport.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument {

enum class TransferKind : std::uint8_t {
    control = 0,
    isochronous = 1,
    bulk = 2,
    interrupt = 3
};  // USB 2.0, table 9-13

// What a device's descriptors say of one endpoint of the interface that we drive.
struct Endpoint {
    std::uint8_t address = 0;  // bit 7 set: device to host
    TransferKind kind = TransferKind::bulk;
    std::uint16_t packet_size = 0;  // bytes
};

// The endpoints of interface 0, setting 0, from the bytes of a configuration descriptor. Refuses lengths that do not
// add up, naming the field and its value.
spectra::core::Result<std::vector<Endpoint>> read_endpoints(std::span<const std::uint8_t> configuration);

// Refuses what no device may say at this speed (USB 2.0, sections 5.7.3 and 5.8.3): no endpoint at all, one address
// twice, packets of no byte or larger than the bus carries.
spectra::core::Result<void> check_endpoints(std::span<const Endpoint> endpoints, BusSpeed speed);

// nullptr when there is none with this address.
const Endpoint* find_endpoint(std::span<const Endpoint> endpoints, std::uint8_t address);

}  // namespace singel::instrument
