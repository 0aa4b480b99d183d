#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "spectra/io/hdf5_handle.hpp"

// HDF5 files made in memory: the same content gives the same bytes, and whether a disk is full shows in our own
// write, not in the middle of HDF5. All functions throw core::Failure.
namespace singel::spectra::io {

enum class Bounds {
    checksummed,  // 1.8 object headers: every structure carries a checksum
    widest        // as old as possible, for other people's readers
};

// Calls fill with the root group of a new file and returns the finished file.
std::vector<std::byte> hdf5_image(Bounds bounds, const std::function<void(hid_t)>& fill);

Hdf5 make_group(hid_t parent, const std::string& name);

// Plain, contiguous, one piece.
Hdf5 write_plain(hid_t parent, const std::string& name, hid_t type, std::span<const hsize_t> shape, const void* data);

// One text a row, UTF-8, padded with zeros to the longest of them (at least one byte).
void write_fixed_texts(hid_t parent, const std::string& name, std::span<const std::string> texts);

// A column of numbers, stored little-endian as they are.
template <class Number>
Hdf5 write_numbers(hid_t parent, const std::string& name, std::span<const Number> numbers);

// Bytes of any length, compressed.
void write_bytes(hid_t parent, const std::string& name, std::span<const std::byte> bytes);

// Scalar text of variable length, UTF-8: what h5py gives back as str.
void write_text_attribute(hid_t object, const std::string& name, const std::string& text);

void write_fixed_attribute(hid_t object, const std::string& name, const std::string& text);
void write_integer_attribute(hid_t object, const std::string& name, std::int64_t value);

// A fixed-length UTF-8 type padded with zeros.
Hdf5 fixed_text_type(std::size_t bytes);

}  // namespace singel::spectra::io
