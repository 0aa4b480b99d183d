#pragma once

#include <string>
#include <string_view>

#include "firmware-bridge/trace/trace.hpp"
#include "spectra/core/result.hpp"

// A trace as text, version 1. Pure: whoever calls reads and writes the file.
namespace singel::firmware_bridge::trace {

inline constexpr unsigned format_version = 1;

std::string format(const Header& header);      // all lines up to the first entry
std::string format(const Transfer& transfer);  // one line
std::string format(const Event& event);        // one line

// Refuses (wrong_format) what it does not understand and a newer version; name is put before the number of the line.
spectra::core::Result<Trace> parse(std::string_view text, std::string_view name);

}  // namespace singel::firmware_bridge::trace
