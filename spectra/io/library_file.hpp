#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "spectra/core/reference.hpp"
#include "spectra/core/result.hpp"
#include "spectra/core/spectrum.hpp"

namespace singel::spectra::io {

inline constexpr int library_format_version = 1;

// A reference on its own axis, before it is put on the library's grid.
struct NewReference {
    core::Reference reference;  // first and last are set by make_reference_set
    core::Spectrum spectrum;
};

// Puts references on one grid (uniform, covering all of them, at the given step in the axis unit) and digests them.
core::Result<core::ReferenceSet> make_reference_set(std::vector<NewReference> references, core::Technique technique,
                                                    double step = 1.0);

// Writes to a temporary file beside it, syncs, reads it back, renames. An existing file stays whole on any error.
core::Result<void> write_library(const std::filesystem::path& file, const core::ReferenceSet& references);

// Maps the matrix instead of reading it: the cost does not grow with the number of references' points.
// Checks sizes, bounds, texts and the digest of all but the matrix. Refuses: no HDF5 file, cut short, no library, a
// newer format, anything that does not fit. The result keeps the file mapped: replace it by renaming, as
// write_library does, never by writing into it.
core::Result<core::ReferenceSet> open_library(const std::filesystem::path& file);

// Opens it and checks the matrix too, against its digest and for finite values: reads the whole file.
core::Result<void> verify_library(const std::filesystem::path& file);

// The library that the project ships: drawn from published band tables (names, at most "probable").
core::ReferenceSet starter_library();

}  // namespace singel::spectra::io
