#pragma once

#include <filesystem>
#include <string>

#include "acquisition/records/record.hpp"

namespace singel::acquisition::cli {

std::filesystem::path program_folder();  // where this program lies; its sisters lie beside it

// Has singel-card print the result card. Throws core::Failure with what singel-card said.
void print_card(const records::Record& record, const std::string& language, const std::string& file);

}  // namespace singel::acquisition::cli
