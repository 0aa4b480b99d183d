#pragma once

#include <boost/asio/awaitable.hpp>
#include <span>

#include "instrument/families.hpp"

// TI's DLP NIRscan Nano over its HID interface. See README.md.
namespace singel::instrument::nirscan {

std::span<const KnownModel> known_models();
boost::asio::awaitable<SpectrometerPtr> open(TransportPtr transport, KnownModel model);

}  // namespace singel::instrument::nirscan
