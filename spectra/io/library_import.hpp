#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "spectra/core/reference.hpp"
#include "spectra/core/result.hpp"

namespace singel::spectra::io {

struct ImportOptions {
    std::optional<core::Technique> technique;  // none: that of the first file that states one, else Raman
    double step = 1.0;                         // of the grid, in the axis unit
    std::string licence;                       // of all references
    std::vector<std::string> watched;          // names or synonyms
    bool watch_all = false;
};

struct Import {
    core::ReferenceSet references;
    std::vector<core::Error> refused;   // one for each file or spectrum left out: which, where in it, why
    std::vector<std::string> warnings;  // taken all the same: clipped spectra, watched names that nothing bears …
};

// Reads spectrum files and folders of them (with what lies below, in order of path; hidden files aside) into one
// set: one reference for each spectrum, raw - dark where the file has both. JCAMP-DX names a reference by its TITLE,
// a file with several spectra by theirs, any other file by its own name. Several references of one name stay separate
// references of one substance. Classes, roles and synonyms are added where the starter tables know the name. A bad
// file is reported and passed over; an error is returned when nothing at all could be taken.
core::Result<Import> import_library(std::span<const std::filesystem::path> sources,
                                    const ImportOptions& options = {});

}  // namespace singel::spectra::io
