#pragma once

#include <boost/asio/awaitable.hpp>
#include <span>

#include "instrument/families.hpp"

// Wasatch Photonics' "FID" protocol, FX2 and ARM boards. See README.md.
namespace singel::instrument::wasatch {

std::span<const KnownModel> known_models();
boost::asio::awaitable<SpectrometerPtr> open(TransportPtr transport, KnownModel model);

}  // namespace singel::instrument::wasatch
