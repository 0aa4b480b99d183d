#pragma once

#include <boost/asio/awaitable.hpp>
#include <span>

#include "instrument/families.hpp"

// Ocean's binary protocol (OBP): STS, QE-PRO, Spark, Flame-X, HDX, Ventana; and ST, SR, HR with its second version.
// See README.md.
namespace singel::instrument::ocean_obp {

std::span<const KnownModel> known_models();
boost::asio::awaitable<SpectrometerPtr> open(TransportPtr transport, KnownModel model);
// See Family. The transport must have claimed the interface: OBP has nothing but bulk endpoints.
boost::asio::awaitable<void> laser_off_blind(TransportPtr transport, KnownModel model);

}  // namespace singel::instrument::ocean_obp
