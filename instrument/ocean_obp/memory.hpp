#pragma once

#include <boost/asio/awaitable.hpp>

#include "instrument/description.hpp"
#include "instrument/ocean_obp/known.hpp"
#include "instrument/ocean_obp/models.hpp"

namespace singel::instrument::ocean_obp {

// Asks the device what it is. An answer that cannot be becomes a warning with its field and value, and what the
// model's row says stands in for it; coefficients that cannot be used leave the field empty. Throws when the device
// has another number of pixels than its model.
boost::asio::awaitable<Description> describe(Pipe& pipe, const KnownMessages& known, const Model& model);

// The laser of a Raman unit, which it does not name: the line that its wavelengths belong to. None when there is
// none.
std::optional<core::DeviceNm> excitation_of(const core::Axis& wavelengths);

}  // namespace singel::instrument::ocean_obp
