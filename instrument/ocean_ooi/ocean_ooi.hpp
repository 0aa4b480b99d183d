#pragma once

#include <boost/asio/awaitable.hpp>
#include <span>

#include "instrument/families.hpp"

// Ocean's "OOI" protocol, family B (Cypress FX2 with FPGA, microsecond integration). See README.md.
namespace singel::instrument::ocean_ooi {

std::span<const KnownModel> known_models();
boost::asio::awaitable<SpectrometerPtr> open(TransportPtr transport, KnownModel model);

}  // namespace singel::instrument::ocean_ooi
