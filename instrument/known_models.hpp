#pragma once

#include <string>
#include <string_view>

#include "instrument/families.hpp"

// How far each driver was shown to work, in words for documents and programs.
namespace singel::instrument {

// "virtual instrument only", …; what a program says of a model until hardware has answered.
std::string_view phrase(Verified verified);

// The rows of the table in DEVICES.md: every model of families().
std::string models_table();

}  // namespace singel::instrument
