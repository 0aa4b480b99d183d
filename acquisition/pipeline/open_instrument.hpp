#pragma once

#include <boost/asio/awaitable.hpp>

#include "acquisition/plan.hpp"
#include "acquisition/runtime/runtime.hpp"
#include "instrument/spectrometer.hpp"

namespace singel::acquisition::pipeline {

// Opens what was chosen: a virtual model with its scene, an id, or the one that is attached. Throws core::Failure.
boost::asio::awaitable<instrument::SpectrometerPtr> open_instrument(Runtime& runtime, InstrumentChoice choice);

}  // namespace singel::acquisition::pipeline
