#pragma once

#include <boost/asio/awaitable.hpp>

#include "instrument/ocean_obp/known.hpp"
#include "instrument/ocean_obp/models.hpp"

namespace singel::instrument::ocean_obp {

// Settings outlive a session (OBP notes, sections 8.3 and 9.1): averaging, boxcar, binning, buffering, trigger, lamp
// and checksum are put to what this driver counts on, and read back.
boost::asio::awaitable<void> put_defaults(Pipe& pipe, const KnownMessages& known, const obp::Model& model);

}  // namespace singel::instrument::ocean_obp
