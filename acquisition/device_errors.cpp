#include "acquisition/device_errors.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <fmt/format.h>
#include <fstream>
#include <span>

#include "acquisition/record_json.hpp"
#include "spectra/io/replace_file.hpp"

namespace singel::acquisition {

namespace core = spectra::core;

namespace {

constexpr std::size_t kept = 20;
constexpr const char* file_name = "device-errors.txt";

std::string today() {
    return day_text(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
}

void add_line(const std::filesystem::path& folder, std::string line) {
    std::ranges::replace(line, '\n', ' ');
    auto lines = device_errors(folder);
    lines.push_back(std::move(line));
    std::string text;
    for (const std::string& one : std::span(lines).last(std::min(kept, lines.size()))) text += one + "\n";
    const auto accept = [](const std::filesystem::path&) -> core::Result<void> { return {}; };
    std::filesystem::create_directories(folder);
    core::value_or_throw(spectra::io::replace_file(folder / file_name, std::as_bytes(std::span(text)), accept));
}

}  // namespace

void note_device_error(const std::filesystem::path& folder, const core::InstrumentIdentity& instrument,
                       const core::Error& error) noexcept {
    try {
        add_line(folder, fmt::format("{} {} {}{}: {}", today(), instrument.model, instrument.serial,
                                     instrument.simulated ? " (simulated)" : "", error.sentence()));
    } catch (const std::exception&) {
        // A full disk must not hide what the instrument said.
    }
}

std::vector<std::string> device_errors(const std::filesystem::path& folder) {
    std::vector<std::string> lines;
    std::ifstream file(folder / file_name);
    for (std::string line; std::getline(file, line);)
        if (!line.empty()) lines.push_back(line);
    return lines;
}

}  // namespace singel::acquisition
