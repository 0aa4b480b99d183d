#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "spectra/core/result.hpp"

namespace singel::spectra::io {

// The error behind errno, in the words of Fault: "could not write: No space left on device".
tl::unexpected<core::Error> system_failure(int error, std::string_view action, const std::filesystem::path& file);

// A regular file as bytes, read when they are looked at. Whoever replaces such a file must rename a new one over it
// (as replace_file does): cutting it short in place takes the bytes away from under the reader.
class MappedFile {
public:
    static core::Result<std::shared_ptr<const MappedFile>> open(const std::filesystem::path& file);
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();

    std::span<const std::byte> bytes() const { return {data_, size_}; }

private:
    MappedFile(const std::byte* data, std::size_t size) : data_(data), size_(size) {}
    const std::byte* data_;
    std::size_t size_;
};

}  // namespace singel::spectra::io
