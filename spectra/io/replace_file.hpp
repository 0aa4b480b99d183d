#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>

#include "spectra/core/result.hpp"

namespace singel::spectra::io {

// Looks at the finished temporary file before it takes the old one's place.
using FileCheck = std::function<core::Result<void>(const std::filesystem::path&)>;

// Writes a new file beside `file`, syncs it, reads it back and compares, asks `check`, renames it over `file` and
// syncs the folder. On any error the old file is whole and nothing is left beside it; a full disk is
// Fault::disk_full.
core::Result<void> replace_file(const std::filesystem::path& file, std::span<const std::byte> content,
                                const FileCheck& check);

}  // namespace singel::spectra::io
