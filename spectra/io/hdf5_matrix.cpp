#include "spectra/io/hdf5_matrix.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace singel::spectra::io {
namespace {

constexpr std::size_t rows_a_chunk = 64;

// The rows [first, first + count) of a table, selected in the file and as they lie in memory.
struct Block {
    std::size_t first = 0, count = 0;
    Hdf5 in_file, in_memory;
};

Block select(hid_t table, const Matrix& matrix, std::size_t first) {
    Block block{first, std::min(rows_a_chunk, matrix.rows - first), {}, {}};
    const std::array<hsize_t, 2> start{first, 0}, count{block.count, matrix.columns};
    block.in_file = made(H5Dget_space(table), H5Sclose, "find a table's rows");
    must(H5Sselect_hyperslab(block.in_file.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr),
         "choose a table's rows");
    block.in_memory = made(H5Screate_simple(2, count.data(), nullptr), H5Sclose, "shape a table's rows");
    return block;
}

std::vector<std::byte> filled(const Matrix& matrix, const Block& block) {
    const std::size_t row_bytes = matrix.columns * H5Tget_size(matrix.type);
    std::vector<std::byte> bytes(block.count * row_bytes);
    for (std::size_t i = 0; i < block.count; ++i) matrix.fill(block.first + i, bytes.data() + i * row_bytes);
    return bytes;
}

Hdf5 compressed(const Matrix& matrix) {
    const std::array<hsize_t, 2> chunk{std::clamp<std::size_t>(matrix.rows, 1, rows_a_chunk), matrix.columns};
    Hdf5 creation = made(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "prepare a table");
    must(H5Pset_obj_track_times(creation.get(), false), "leave times out");
    must(H5Pset_chunk(creation.get(), 2, chunk.data()), "lay a table out");
    must(H5Pset_shuffle(creation.get()), "shuffle a table");
    must(H5Pset_deflate(creation.get(), 1), "compress a table");
    must(H5Pset_fletcher32(creation.get()), "add checksums to a table");
    return creation;
}

}  // namespace

Hdf5 write_matrix(hid_t parent, const Matrix& matrix) {
    const std::array<hsize_t, 2> shape{matrix.rows, matrix.columns};
    const Hdf5 creation = compressed(matrix);
    const Hdf5 space = made(H5Screate_simple(2, shape.data(), nullptr), H5Sclose, "shape a table");
    Hdf5 table = made(
        H5Dcreate2(parent, matrix.name.c_str(), matrix.type, space.get(), H5P_DEFAULT, creation.get(), H5P_DEFAULT),
        H5Dclose, "make a table");
    for (std::size_t first = 0; first < matrix.rows; first += rows_a_chunk) {
        const Block block = select(table.get(), matrix, first);
        must(H5Dwrite(table.get(), matrix.type, block.in_memory.get(), block.in_file.get(), H5P_DEFAULT,
                      filled(matrix, block).data()),
             "write a table");
    }
    return table;
}

bool reads_back(hid_t parent, const Matrix& matrix) {
    const Hdf5 table = made(H5Dopen2(parent, matrix.name.c_str(), H5P_DEFAULT), H5Dclose, "find a table again");
    for (std::size_t first = 0; first < matrix.rows; first += rows_a_chunk) {
        const Block block = select(table.get(), matrix, first);
        const auto expected = filled(matrix, block);
        std::vector<std::byte> stored(expected.size());
        must(
            H5Dread(table.get(), matrix.type, block.in_memory.get(), block.in_file.get(), H5P_DEFAULT, stored.data()),
            "read a table back");
        if (stored != expected) return false;
    }
    return true;
}

}  // namespace singel::spectra::io
