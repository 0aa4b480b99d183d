#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>

#include "acquisition/plan.hpp"
#include "acquisition/runtime/runtime.hpp"
#include "instrument/lasting.hpp"

namespace singel::acquisition::pipeline {

// Told on the runtime's loop when an instrument on a bus is unplugged and when it is back.
using PresenceWitness = std::function<void(const instrument::Presence&)>;

// Opens what was chosen: a virtual model with its scene, an id, or the one that is attached. An instrument on a bus
// outlives its cable (instrument/lasting.hpp). Throws core::Failure.
boost::asio::awaitable<instrument::SpectrometerPtr> open_instrument(Runtime& runtime, InstrumentChoice choice,
                                                                    PresenceWitness witness = {});

}  // namespace singel::acquisition::pipeline
