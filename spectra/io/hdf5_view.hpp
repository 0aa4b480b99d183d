#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "spectra/core/result.hpp"
#include "spectra/io/hdf5_handle.hpp"
#include "spectra/io/mapped_file.hpp"

namespace singel::spectra::io {

// Somebody else's HDF5 file, believed in nothing. HDF5 itself only says where a table lies; its bytes are taken from
// the mapped file after their bounds were checked, so that nothing is allocated on a file's word. Tables must be
// hard-linked, contiguous, unfiltered and inside the file: no external, virtual, chunked or compressed storage.
class Hdf5View {
public:
    static core::Result<Hdf5View> open(const std::filesystem::path& file);

    struct Table {
        std::vector<std::size_t> shape;
        std::size_t width = 0;             // bytes of one element
        std::span<const std::byte> bytes;  // inside the mapped file
    };

    // `path` from the root ("references/name"). The element must be exactly `type`.
    core::Result<Table> table(const std::string& path, hid_t type, std::size_t dimensions) const;
    // Fixed-length texts, one a row.
    core::Result<Table> text_table(const std::string& path) const;

    // Scalar attributes of the root; nothing when missing or of another type.
    std::optional<std::string> text_attribute(const std::string& name) const;
    std::optional<std::int64_t> integer_attribute(const std::string& name) const;

    std::shared_ptr<const MappedFile> bytes() const { return mapped_; }
    const std::filesystem::path& path() const { return path_; }
    core::Error refusal(std::string what) const;  // wrong_format, naming the file

private:
    Hdf5View(std::filesystem::path path, std::shared_ptr<const MappedFile> mapped, Hdf5 file)
        : path_(std::move(path)), mapped_(std::move(mapped)), file_(std::move(file)) {}
    core::Result<Hdf5> open_table(const std::string& path) const;
    core::Result<Table> located(const std::string& path, const Hdf5& table, std::size_t width,
                                std::size_t dimensions) const;

    std::filesystem::path path_;
    std::shared_ptr<const MappedFile> mapped_;
    Hdf5 file_;
};

}  // namespace singel::spectra::io
