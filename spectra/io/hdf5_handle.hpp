#pragma once

#include <cstddef>
#include <cstdint>
#include <hdf5.h>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

// HDF5 identifiers that close themselves. This and hdf5_write are seen by the sources of this folder only.
namespace singel::spectra::io {

class Hdf5 {
public:
    using Close = herr_t (*)(hid_t);

    Hdf5() = default;
    Hdf5(hid_t id, Close close) : id_(id), close_(close) {}
    Hdf5(Hdf5&& other) noexcept : id_(std::exchange(other.id_, H5I_INVALID_HID)), close_(other.close_) {}
    Hdf5& operator=(Hdf5&& other) noexcept {
        std::swap(id_, other.id_);
        std::swap(close_, other.close_);
        return *this;
    }
    ~Hdf5() {
        if (id_ >= 0) close_(id_);
    }

    explicit operator bool() const { return id_ >= 0; }
    hid_t get() const { return id_; }

private:
    hid_t id_ = H5I_INVALID_HID;
    Close close_ = nullptr;
};

// The identifier, or core::Failure that names the operation. For files that we make ourselves in memory, where only
// a lack of memory or a mistake of ours can be the cause.
Hdf5 made(hid_t id, Hdf5::Close close, std::string_view operation);
void must(herr_t status, std::string_view operation);

// Silences HDF5's own printing on this thread and forbids plugins: what a file asks for is never loaded.
void quiet_hdf5();

// The length that an HDF5 file states in its superblock; nothing where that cannot be read.
std::optional<std::uint64_t> stated_length(std::span<const std::byte> file);

}  // namespace singel::spectra::io
