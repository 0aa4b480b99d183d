#include "spectra/io/hdf5_view.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <fmt/format.h>

namespace singel::spectra::io {
namespace {

using core::Fault;
using core::Result;

constexpr std::array<unsigned char, 8> signature{0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};
constexpr std::size_t longest_attribute = 4096;

Hdf5 read_access() {
    Hdf5 access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    if (!access) return access;
    // Files are replaced by renaming, never changed in place: no lock is needed, and a read-only disk has none.
    H5Pset_file_locking(access.get(), false, true);
    H5Pset_fapl_sec2(access.get());
    return access;
}

// Every step of the path must be a hard link: soft and external links lead anywhere.
bool is_hard_linked(hid_t file, const std::string& path) {
    for (std::size_t end = path.find('/');; end = path.find('/', end + 1)) {
        H5L_info_t info = {};
        if (H5Lget_info(file, path.substr(0, end).c_str(), &info, H5P_DEFAULT) < 0 || info.type != H5L_TYPE_HARD)
            return false;
        if (end == std::string::npos) return true;
    }
}

bool is_plainly_stored(hid_t table) {
    const Hdf5 creation(H5Dget_create_plist(table), H5Pclose);
    return creation && H5Pget_layout(creation.get()) == H5D_CONTIGUOUS &&
           H5Pget_external_count(creation.get()) == 0 && H5Pget_nfilters(creation.get()) == 0;
}

}  // namespace

core::Error Hdf5View::refusal(std::string what) const {
    return {Fault::wrong_format, std::move(what), path_.string(), ""};
}

Result<Hdf5View> Hdf5View::open(const std::filesystem::path& file) {
    auto mapped = MappedFile::open(file);
    if (!mapped) return tl::unexpected(mapped.error());
    const auto bytes = (*mapped)->bytes();
    if (bytes.size() < signature.size() || std::memcmp(bytes.data(), signature.data(), signature.size()) != 0)
        return core::failure(Fault::wrong_format, "this is no HDF5 file", file.string());
    const auto stated = stated_length(bytes);
    if (stated && *stated > bytes.size())
        return core::failure(Fault::wrong_format,
                             fmt::format("the file is cut short: {} of {} bytes", bytes.size(), *stated),
                             file.string());
    quiet_hdf5();
    const Hdf5 access = read_access();
    Hdf5 opened(H5Fopen(file.c_str(), H5F_ACC_RDONLY, access.get()), H5Fclose);
    if (!opened) return core::failure(Fault::wrong_format, "the HDF5 file is damaged", file.string());
    return Hdf5View(file, std::move(*mapped), std::move(opened));
}

Result<Hdf5> Hdf5View::open_table(const std::string& path) const {
    if (!is_hard_linked(file_.get(), path)) return tl::unexpected(refusal(fmt::format("it has no table {}", path)));
    Hdf5 table(H5Dopen2(file_.get(), path.c_str(), H5P_DEFAULT), H5Dclose);
    if (!table) return tl::unexpected(refusal(fmt::format("its table {} is damaged", path)));
    if (!is_plainly_stored(table.get()))
        return tl::unexpected(refusal(fmt::format("its table {} is not stored in one plain piece", path)));
    return table;
}

Result<Hdf5View::Table> Hdf5View::located(const std::string& path, const Hdf5& table, std::size_t width,
                                          std::size_t dimensions) const {
    const Hdf5 space(H5Dget_space(table.get()), H5Sclose);
    if (!space || H5Sget_simple_extent_ndims(space.get()) != static_cast<int>(dimensions))
        return tl::unexpected(refusal(fmt::format("its table {} has not {} dimensions", path, dimensions)));
    std::vector<hsize_t> extent(dimensions);
    if (H5Sget_simple_extent_dims(space.get(), extent.data(), nullptr) < 0)
        return tl::unexpected(refusal(fmt::format("its table {} has no size", path)));

    const std::size_t whole = mapped_->bytes().size();
    Table found{{extent.begin(), extent.end()}, width, {}};
    std::size_t length = width;
    for (std::size_t rows : found.shape) {
        if (rows == 0 || length > whole / rows)
            return tl::unexpected(refusal(fmt::format("its table {} is empty or larger than the file", path)));
        length *= rows;
    }
    const haddr_t offset = H5Dget_offset(table.get());
    if (offset == HADDR_UNDEF || offset > whole - length)
        return tl::unexpected(refusal(fmt::format("its table {} reaches beyond the file's {} bytes", path, whole)));
    found.bytes = mapped_->bytes().subspan(offset, length);
    return found;
}

Result<Hdf5View::Table> Hdf5View::table(const std::string& path, hid_t type, std::size_t dimensions) const {
    const auto opened = open_table(path);
    if (!opened) return tl::unexpected(opened.error());
    const Hdf5 stored(H5Dget_type(opened->get()), H5Tclose);
    if (!stored || H5Tequal(stored.get(), type) <= 0)
        return tl::unexpected(refusal(fmt::format("its table {} holds numbers of another type", path)));
    return located(path, *opened, H5Tget_size(type), dimensions);
}

Result<Hdf5View::Table> Hdf5View::text_table(const std::string& path) const {
    const auto opened = open_table(path);
    if (!opened) return tl::unexpected(opened.error());
    const Hdf5 stored(H5Dget_type(opened->get()), H5Tclose);
    if (!stored || H5Tget_class(stored.get()) != H5T_STRING || H5Tis_variable_str(stored.get()) != 0)
        return tl::unexpected(refusal(fmt::format("its table {} holds no texts of fixed length", path)));
    return located(path, *opened, H5Tget_size(stored.get()), 1);
}

std::optional<std::string> Hdf5View::text_attribute(const std::string& name) const {
    const Hdf5 attribute(H5Aopen(file_.get(), name.c_str(), H5P_DEFAULT), H5Aclose);
    if (!attribute) return std::nullopt;
    const Hdf5 type(H5Aget_type(attribute.get()), H5Tclose), space(H5Aget_space(attribute.get()), H5Sclose);
    if (!type || !space || H5Tget_class(type.get()) != H5T_STRING || H5Tis_variable_str(type.get()) != 0 ||
        H5Sget_simple_extent_npoints(space.get()) != 1 || H5Tget_size(type.get()) > longest_attribute)
        return std::nullopt;
    std::string text(H5Tget_size(type.get()), '\0');
    if (H5Aread(attribute.get(), type.get(), text.data()) < 0) return std::nullopt;
    text.resize(std::min(text.find('\0'), text.size()));
    return text;
}

std::optional<std::int64_t> Hdf5View::integer_attribute(const std::string& name) const {
    const Hdf5 attribute(H5Aopen(file_.get(), name.c_str(), H5P_DEFAULT), H5Aclose);
    if (!attribute) return std::nullopt;
    const Hdf5 type(H5Aget_type(attribute.get()), H5Tclose), space(H5Aget_space(attribute.get()), H5Sclose);
    if (!type || !space || H5Tequal(type.get(), H5T_STD_I64LE) <= 0 || H5Sget_simple_extent_npoints(space.get()) != 1)
        return std::nullopt;
    std::int64_t value = 0;
    if (H5Aread(attribute.get(), type.get(), &value) < 0) return std::nullopt;
    return value;
}

}  // namespace singel::spectra::io
