#include "acquisition/pipeline/library_cache.hpp"

#include <fmt/format.h>
#include <system_error>

#include "acquisition/pipeline/learned_choice.hpp"
#include "spectra/core/result.hpp"
#include "spectra/identify/library.hpp"
#include "spectra/io/library_file.hpp"

namespace singel::acquisition::pipeline {

namespace core = spectra::core;

void require_technique(core::Technique library, core::Technique scan) {
    if (library == scan) return;
    throw core::Failure(
        core::Fault::wrong_technique,
        fmt::format("the library holds {} spectra and the scan is {}", core::name(library), core::name(scan)), {},
        "Choose a library of the scan's technique with --library.");
}

namespace {

spectra::identify::LibraryPtr prepared(core::ReferenceSet references, const core::ParallelFor& parallel,
                                       const std::string& learned) {
    const auto own = chosen_learned(learned, references.technique);
    return core::value_or_throw(own ? spectra::identify::prepare_with(std::move(references), *own, parallel)
                                    : spectra::identify::prepare(std::move(references), parallel));
}

}  // namespace

spectra::identify::LibraryPtr LibraryCache::get(const std::string& path, const core::ParallelFor& parallel,
                                                core::Technique wanted, const std::string& learned) {
    const std::lock_guard lock(mutex_);
    std::error_code ignored;
    const auto changed =
        path.empty() ? std::filesystem::file_time_type{} : std::filesystem::last_write_time(path, ignored);
    if (!library_ || path != path_ || changed != changed_ || learned != learned_) {
        auto references =
            path.empty() ? spectra::io::starter_library() : core::value_or_throw(spectra::io::open_library(path));
        if (wanted != core::Technique::unknown) require_technique(references.technique, wanted);
        library_ = prepared(std::move(references), parallel, learned);
        path_ = path;
        learned_ = learned;
        changed_ = changed;
    }
    if (wanted != core::Technique::unknown)
        require_technique(spectra::identify::references(*library_).technique, wanted);
    return library_;
}

}  // namespace singel::acquisition::pipeline
