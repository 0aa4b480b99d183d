#include "acquisition/pipeline/library_cache.hpp"

#include <system_error>

#include "spectra/core/result.hpp"
#include "spectra/io/library_file.hpp"

namespace singel::acquisition::pipeline {

spectra::identify::LibraryPtr LibraryCache::get(const std::string& path, const spectra::core::ParallelFor& parallel) {
    const std::lock_guard lock(mutex_);
    std::error_code ignored;
    const auto changed =
        path.empty() ? std::filesystem::file_time_type{} : std::filesystem::last_write_time(path, ignored);
    if (library_ && path == path_ && changed == changed_) return library_;
    auto references = path.empty() ? spectra::io::starter_library()
                                   : spectra::core::value_or_throw(spectra::io::open_library(path));
    library_ = spectra::core::value_or_throw(spectra::identify::prepare(std::move(references), parallel));
    path_ = path;
    changed_ = changed;
    return library_;
}

}  // namespace singel::acquisition::pipeline
