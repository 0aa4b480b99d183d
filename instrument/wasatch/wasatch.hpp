#pragma once

#include <boost/asio/awaitable.hpp>
#include <span>

#include "instrument/families.hpp"

// Wasatch Photonics' "FID" protocol, FX2 and ARM boards. See README.md.
namespace singel::instrument::wasatch {

std::span<const KnownModel> known_models();
boost::asio::awaitable<SpectrometerPtr> open(TransportPtr transport, KnownModel model);
boost::asio::awaitable<void> laser_off_blind(TransportPtr transport, KnownModel model);  // see Family

}  // namespace singel::instrument::wasatch
