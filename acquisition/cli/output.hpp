#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "acquisition/records/record.hpp"

// What the commands print.
namespace singel::acquisition::cli {

enum class Style { text, json, json_lines };

struct OutputOptions {
    bool json = false;
    bool json_lines = false;
    Style style() const { return json_lines ? Style::json_lines : json ? Style::json : Style::text; }
};

// For a person at a terminal: a calm plain text, simulation first. Components that have an account are explained.
std::string text_of(const spectra::identify::Identification& identification);
std::string text_of(const records::Record& record);

// Objects as the contract wants them: one alone, several under "results", or one a line.
void print_json(const std::vector<std::string>& objects, bool several, Style style);
void print(std::string_view text);

// Whole or not at all. Throws core::Failure.
void write_file(const std::filesystem::path& file, std::string_view text);

}  // namespace singel::acquisition::cli
