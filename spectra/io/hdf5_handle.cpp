#include "spectra/io/hdf5_handle.hpp"

#include <array>
#include <fmt/format.h>

#include "spectra/core/result.hpp"

namespace singel::spectra::io {

Hdf5 made(hid_t id, Hdf5::Close close, std::string_view operation) {
    if (id < 0) throw core::Failure(core::Fault::input_output, fmt::format("HDF5 could not {}", operation));
    return {id, close};
}

void must(herr_t status, std::string_view operation) {
    if (status < 0) throw core::Failure(core::Fault::input_output, fmt::format("HDF5 could not {}", operation));
}

void quiet_hdf5() {
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    H5PLset_loading_state(0);
}

// HDF5 file format specification 3.0, section II.A: the field "end of file address" of each superblock version, with
// offsets of eight bytes.
std::optional<std::uint64_t> stated_length(std::span<const std::byte> file) {
    struct Place {
        std::size_t offset_size, end;
    };
    constexpr std::array<Place, 4> places{{{13, 40}, {13, 44}, {9, 28}, {9, 28}}};
    constexpr std::size_t version_at = 8, longest = 52;
    if (file.size() < longest) return std::nullopt;
    const auto version = std::to_integer<std::size_t>(file[version_at]);
    if (version >= places.size() || std::to_integer<int>(file[places[version].offset_size]) != 8) return std::nullopt;
    std::uint64_t length = 0;
    for (std::size_t i = 8; i-- > 0;)
        length = length << 8U | std::to_integer<std::uint64_t>(file[places[version].end + i]);
    return length;
}

}  // namespace singel::spectra::io
