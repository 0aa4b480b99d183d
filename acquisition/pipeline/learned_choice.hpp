#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "spectra/identify/learned_file.hpp"

namespace singel::acquisition::pipeline {

// Where a service keeps what it learned from its own instruments: learned-raman.json beside the records. Empty when
// there is no home folder.
std::filesystem::path own_learned_file(spectra::core::Technique technique);

// The learned figures of a file. Refuses those of another technique. Throws core::Failure.
spectra::identify::Learned open_learned(const std::filesystem::path& file, spectra::core::Technique technique);

// The chosen file's; when none is chosen the service's own, where it has one. None: what ships is used.
std::optional<spectra::identify::Learned> chosen_learned(const std::string& chosen,
                                                         spectra::core::Technique technique);

}  // namespace singel::acquisition::pipeline
