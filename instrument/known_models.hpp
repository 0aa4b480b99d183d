#pragma once

#include <string>
#include <string_view>

#include "instrument/families.hpp"

// How far each driver was shown to work, in words for documents and programs.
namespace singel::instrument {

// "virtual instrument only", …; what a program says of a model until hardware has answered.
std::string_view phrase(Verified verified);

// Of an opened instrument: its model's row; the least proven of its family when only its memory knows the model.
Verified verified_of(const Description& description);

// The rows of the table in DEVICES.md: every model of families().
std::string models_table();

}  // namespace singel::instrument
