#include "spectra/io/hdf5_write.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <utility>

#include "spectra/core/result.hpp"

namespace singel::spectra::io {
namespace {

Hdf5 file_access(Bounds bounds) {
    constexpr hsize_t alignment = 64, aligned_from = 64;
    Hdf5 access = made(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "prepare a file");
    if (bounds == Bounds::checksummed) {
        must(H5Pset_libver_bounds(access.get(), H5F_LIBVER_V18, H5F_LIBVER_V18), "set the format's bounds");
        must(H5Pset_alignment(access.get(), aligned_from, alignment), "align its parts");
    } else {
        must(H5Pset_libver_bounds(access.get(), H5F_LIBVER_EARLIEST, H5F_LIBVER_V18), "set the format's bounds");
    }
    return access;
}

// Where the core driver keeps the file. H5Fget_file_image would do, but in HDF5 1.10 it changes a byte of the
// superblock without its checksum; the buffer that is given back on closing is whole.
struct Image {
    void* memory = nullptr;
    ~Image() { std::free(memory); }
};

void* grow(void* memory, std::size_t size, H5FD_file_image_op_t, void*) {
    return std::realloc(memory, size);
}

herr_t give_back(void* memory, H5FD_file_image_op_t operation, void* image) {
    if (operation == H5FD_FILE_IMAGE_OP_FILE_CLOSE)
        std::free(std::exchange(static_cast<Image*>(image)->memory, memory));
    else
        std::free(memory);
    return 0;
}

void keep_in(Image& image, const Hdf5& access) {
    constexpr std::size_t growth = std::size_t{4} << 20;
    H5FD_file_image_callbacks_t callbacks = {};
    callbacks.image_malloc = [](std::size_t size, H5FD_file_image_op_t, void*) { return std::malloc(size); };
    callbacks.image_memcpy = [](void* to, const void* from, std::size_t size, H5FD_file_image_op_t, void*) {
        return std::memcpy(to, from, size);
    };
    callbacks.image_realloc = grow;
    callbacks.image_free = give_back;
    callbacks.udata_copy = [](void* shared) { return shared; };
    callbacks.udata_free = [](void*) -> herr_t { return 0; };
    callbacks.udata = &image;
    must(H5Pset_fapl_core(access.get(), growth, false), "keep a file in memory");
    must(H5Pset_file_image_callbacks(access.get(), &callbacks), "keep a file in memory");
}

hid_t stored_type(double) {
    return H5T_IEEE_F64LE;
}
hid_t stored_type(std::int32_t) {
    return H5T_STD_I32LE;
}
hid_t stored_type(std::int64_t) {
    return H5T_STD_I64LE;
}
hid_t stored_type(std::uint8_t) {
    return H5T_STD_U8LE;
}
hid_t stored_type(std::uint32_t) {
    return H5T_STD_U32LE;
}
hid_t stored_type(std::uint64_t) {
    return H5T_STD_U64LE;
}

}  // namespace

std::vector<std::byte> hdf5_image(Bounds bounds, const std::function<void(hid_t)>& fill) {
    quiet_hdf5();
    const Hdf5 creation = made(H5Pcreate(H5P_FILE_CREATE), H5Pclose, "prepare a file");
    must(H5Pset_obj_track_times(creation.get(), false), "leave times out");
    Image image;
    const Hdf5 access = file_access(bounds);
    keep_in(image, access);
    std::size_t held = 0;
    {
        const Hdf5 file = made(H5Fcreate("in memory", H5F_ACC_TRUNC, creation.get(), access.get()), H5Fclose,
                               "make a file in memory");
        fill(file.get());
        must(H5Fflush(file.get(), H5F_SCOPE_GLOBAL), "finish a file");
        held = static_cast<std::size_t>(std::max<ssize_t>(0, H5Fget_file_image(file.get(), nullptr, 0)));
    }
    // Closing gives up the room that was kept for more.
    const auto* first = static_cast<const std::byte*>(image.memory);
    const auto length = first == nullptr ? std::nullopt : stated_length({first, held});
    if (!length || *length > held)
        throw core::Failure(core::Fault::input_output, "HDF5 did not give back the file it made");
    return {first, first + *length};
}

Hdf5 make_group(hid_t parent, const std::string& name) {
    const Hdf5 creation = made(H5Pcreate(H5P_GROUP_CREATE), H5Pclose, "prepare a group");
    must(H5Pset_obj_track_times(creation.get(), false), "leave times out");
    return made(H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, creation.get(), H5P_DEFAULT), H5Gclose, "make a group");
}

Hdf5 write_plain(hid_t parent, const std::string& name, hid_t type, std::span<const hsize_t> shape,
                 const void* data) {
    const Hdf5 creation = made(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "prepare a table");
    must(H5Pset_obj_track_times(creation.get(), false), "leave times out");
    must(H5Pset_layout(creation.get(), H5D_CONTIGUOUS), "lay a table out");
    must(H5Pset_alloc_time(creation.get(), H5D_ALLOC_TIME_EARLY), "lay a table out");
    must(H5Pset_fill_time(creation.get(), H5D_FILL_TIME_NEVER), "lay a table out");
    const Hdf5 space =
        made(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), H5Sclose, "shape a table");
    Hdf5 table = made(H5Dcreate2(parent, name.c_str(), type, space.get(), H5P_DEFAULT, creation.get(), H5P_DEFAULT),
                      H5Dclose, "make a table");
    must(H5Dwrite(table.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data), "write a table");
    return table;
}

Hdf5 fixed_text_type(std::size_t bytes) {
    Hdf5 type = made(H5Tcopy(H5T_C_S1), H5Tclose, "make a text type");
    must(H5Tset_size(type.get(), bytes), "size a text type");
    must(H5Tset_cset(type.get(), H5T_CSET_UTF8), "name a text type's letters");
    must(H5Tset_strpad(type.get(), H5T_STR_NULLPAD), "pad a text type");
    return type;
}

void write_fixed_texts(hid_t parent, const std::string& name, std::span<const std::string> texts) {
    std::size_t width = 1;
    for (const std::string& text : texts) width = std::max(width, text.size());
    std::vector<char> cells(width * texts.size(), '\0');
    for (std::size_t i = 0; i < texts.size(); ++i)
        std::ranges::copy(texts[i], cells.begin() + static_cast<std::ptrdiff_t>(i * width));
    const Hdf5 type = fixed_text_type(width);
    const hsize_t rows = texts.size();
    write_plain(parent, name, type.get(), {&rows, 1}, cells.data());
}

void write_fixed_attribute(hid_t object, const std::string& name, const std::string& text) {
    const Hdf5 type = fixed_text_type(std::max<std::size_t>(1, text.size()));
    const Hdf5 space = made(H5Screate(H5S_SCALAR), H5Sclose, "shape an attribute");
    const Hdf5 attribute = made(H5Acreate2(object, name.c_str(), type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT),
                                H5Aclose, "make an attribute");
    must(H5Awrite(attribute.get(), type.get(), text.c_str()), "write an attribute");
}

void write_integer_attribute(hid_t object, const std::string& name, std::int64_t value) {
    const Hdf5 space = made(H5Screate(H5S_SCALAR), H5Sclose, "shape an attribute");
    const Hdf5 attribute =
        made(H5Acreate2(object, name.c_str(), H5T_STD_I64LE, space.get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
             "make an attribute");
    must(H5Awrite(attribute.get(), H5T_STD_I64LE, &value), "write an attribute");
}

template <class Number>
Hdf5 write_numbers(hid_t parent, const std::string& name, std::span<const Number> numbers) {
    const hsize_t rows = numbers.size();
    return write_plain(parent, name, stored_type(Number{}), {&rows, 1}, numbers.data());
}

template Hdf5 write_numbers(hid_t, const std::string&, std::span<const double>);
template Hdf5 write_numbers(hid_t, const std::string&, std::span<const std::int32_t>);
template Hdf5 write_numbers(hid_t, const std::string&, std::span<const std::int64_t>);
template Hdf5 write_numbers(hid_t, const std::string&, std::span<const std::uint8_t>);
template Hdf5 write_numbers(hid_t, const std::string&, std::span<const std::uint32_t>);
template Hdf5 write_numbers(hid_t, const std::string&, std::span<const std::uint64_t>);

void write_bytes(hid_t parent, const std::string& name, std::span<const std::byte> bytes) {
    constexpr hsize_t longest_chunk = 1U << 18U;
    const hsize_t length = bytes.size(), chunk = std::clamp<hsize_t>(length, 1, longest_chunk);
    const Hdf5 creation = made(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "prepare a table");
    must(H5Pset_obj_track_times(creation.get(), false), "leave times out");
    must(H5Pset_chunk(creation.get(), 1, &chunk), "lay a table out");
    must(H5Pset_deflate(creation.get(), 1), "compress a table");
    must(H5Pset_fletcher32(creation.get()), "add checksums to a table");
    const Hdf5 space = made(H5Screate_simple(1, &length, nullptr), H5Sclose, "shape a table");
    const Hdf5 table =
        made(H5Dcreate2(parent, name.c_str(), H5T_STD_U8LE, space.get(), H5P_DEFAULT, creation.get(), H5P_DEFAULT),
             H5Dclose, "make a table");
    must(H5Dwrite(table.get(), H5T_STD_U8LE, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()), "write a table");
}

void write_text_attribute(hid_t object, const std::string& name, const std::string& text) {
    const Hdf5 type = fixed_text_type(H5T_VARIABLE);
    must(H5Tset_strpad(type.get(), H5T_STR_NULLTERM), "end a text type");
    const Hdf5 space = made(H5Screate(H5S_SCALAR), H5Sclose, "shape an attribute");
    const Hdf5 attribute = made(H5Acreate2(object, name.c_str(), type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT),
                                H5Aclose, "make an attribute");
    const char* const value = text.c_str();
    must(H5Awrite(attribute.get(), type.get(), &value), "write an attribute");
}

}  // namespace singel::spectra::io
