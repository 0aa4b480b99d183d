#pragma once

#include <boost/asio/awaitable.hpp>

#include "instrument/description.hpp"
#include "instrument/ocean_ooi/models.hpp"
#include "instrument/transport.hpp"

namespace singel::instrument::ocean_ooi {

// Reads the calibration memory. What cannot be used becomes a warning and an empty field, never a guess.
boost::asio::awaitable<Description> describe(Transport& link, Model model);

}  // namespace singel::instrument::ocean_ooi
