#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "instrument/survey.hpp"

// Instruments as `devices` and `doctor` show them.
namespace singel::acquisition::cli {

// What is attached. Opening::free sends each free instrument its first settings and switches its laser off.
std::vector<instrument::Surveyed> look_at_the_bus(instrument::Opening opening);

nlohmann::ordered_json json_of(const instrument::Surveyed& instrument);

// One line and, under it, whatever is not as usual.
std::string text_of(const instrument::Surveyed& instrument);

}  // namespace singel::acquisition::cli
