#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "spectra/core/provenance.hpp"
#include "spectra/core/result.hpp"

// What instruments failed with lately: a short text beside the records, for whoever mends them. It names instruments
// and days, never a sample.
namespace singel::acquisition {

// Keeps the latest twenty. Never throws: a failure that cannot be noted is still shown.
void note_device_error(const std::filesystem::path& folder, const spectra::core::InstrumentIdentity& instrument,
                       const spectra::core::Error& error) noexcept;

// "2026-11-24 USB2000+ USB2+F00001: no answer in time …", oldest first.
std::vector<std::string> device_errors(const std::filesystem::path& folder);

}  // namespace singel::acquisition
