#pragma once

#include <boost/asio/awaitable.hpp>

#include "instrument/description.hpp"
#include "instrument/ocean_ooi/device.hpp"
#include "instrument/ocean_ooi/models.hpp"

namespace singel::instrument::ocean_ooi {

// Reads version and calibration memory. What cannot be used becomes a warning that names the slot and its text, and
// an empty field, never a guess. `facts` becomes those of the newer model where the version says so.
boost::asio::awaitable<Description> describe(Unit& unit, const Model& model, const ooi::ModelFacts*& facts);

// What external triggers the codes of a model allow.
std::vector<core::Trigger> external_triggers(const ooi::ModelFacts& facts);
// The code that makes frames wait for this trigger. Asserts that the model has it.
ooi::TriggerCode trigger_code(const ooi::ModelFacts& facts, core::Trigger trigger);

}  // namespace singel::instrument::ocean_ooi
