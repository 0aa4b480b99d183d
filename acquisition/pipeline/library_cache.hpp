#pragma once

#include <filesystem>
#include <mutex>
#include <string>

#include "spectra/core/parallel.hpp"
#include "spectra/identify/identify.hpp"

namespace singel::acquisition::pipeline {

void require_technique(spectra::core::Technique library,
                       spectra::core::Technique scan);  // the same, or wrong_technique

// The prepared library of the last check, so that a shift with one library prepares it once. May be used from
// several threads. Throws core::Failure.
class LibraryCache {
public:
    // Empty path: the starter library that the project ships. A file that changed is opened again. A library of
    // another technique than the wanted one is refused before it is prepared; unknown wants any. learned: a file of
    // learned figures; empty: the service's own where it has one, else what ships. It is read once for a library.
    spectra::identify::LibraryPtr get(const std::string& path, const spectra::core::ParallelFor& parallel,
                                      spectra::core::Technique wanted = spectra::core::Technique::unknown,
                                      const std::string& learned = {});

private:
    std::mutex mutex_;
    std::string path_, learned_;
    std::filesystem::file_time_type changed_{};
    spectra::identify::LibraryPtr library_;
};

}  // namespace singel::acquisition::pipeline
