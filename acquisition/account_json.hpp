#pragma once

#include <nlohmann/json.hpp>

#include "spectra/identify/account.hpp"

// The key "evidence" of a component. Only for those who write and read JSON themselves.
namespace singel::acquisition {

// {unit, bands [{at_cm1, predicted, seen, deviation, says, also}], rivals [{name, worse_by, fit, inseparable}],
// worse_without, left_with, left_without}: heights and what is left in the unit. No curve.
nlohmann::ordered_json account_json(const spectra::identify::Account& account);

// Throws core::Failure for an unknown word, nlohmann::json::exception for a missing key.
spectra::identify::Account account_from_json(const nlohmann::json& json);

}  // namespace singel::acquisition
