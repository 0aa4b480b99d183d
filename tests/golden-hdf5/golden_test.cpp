#include <array>
#include <cstring>
#include <filesystem>
#include <gtest/gtest.h>
#include <hdf5.h>

#include "spectra/io/dataset.hpp"
#include "spectra/io/library_file.hpp"
#include "tests/unit/spectra-io-hdf5/example_dataset.hpp"
#include "tests/unit/spectra-io-hdf5/example_library.hpp"

// One file of each format version ever released, written by the program of that day. They are never rewritten: a new
// version adds a file. `spectra-golden-hdf5 --write FOLDER` makes the files of the current versions.
namespace singel::spectra::io {
namespace {

const std::filesystem::path folder = SINGEL_TEST_DIR "/golden-hdf5";

TEST(GoldenLibrary, Version1OpensForever) {
    const auto opened = open_library(folder / "library-v1.h5");
    ASSERT_TRUE(opened) << opened.error().sentence();
    const auto expected = example_library();
    EXPECT_EQ(opened->technique, core::Technique::raman);
    EXPECT_EQ(opened->axis, expected.axis);
    EXPECT_EQ(opened->references, expected.references);
    ASSERT_EQ(opened->values.size(), expected.values.size());
    for (std::size_t i = 0; i < expected.values.size(); ++i) EXPECT_FLOAT_EQ(opened->values[i], expected.values[i]);
    EXPECT_TRUE(verify_library(folder / "library-v1.h5"));
    EXPECT_EQ(opened->id, "55b1e6a56b7082ae494be6ec751ace23a91b767f5da023351deb47ff8137993a");
}

TEST(GoldenDataset, Version1OpensForever) {
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    const hid_t file = H5Fopen((folder / "dataset-v1.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    ASSERT_GE(file, 0);
    const hid_t table = H5Dopen2(file, "spectra/axis_0/scan", H5P_DEFAULT);
    std::array<double, 80> scans{};
    ASSERT_GE(H5Dread(table, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, scans.data()), 0);
    const auto rows = example_rows();
    for (std::size_t p = 0; p < 40; ++p) {
        EXPECT_DOUBLE_EQ(scans[p], rows[2].scan.values[p]);       // "a1"
        EXPECT_DOUBLE_EQ(scans[40 + p], rows[0].scan.values[p]);  // "b2"
    }
    H5Dclose(table);
    H5Fclose(file);
}

}  // namespace
}  // namespace singel::spectra::io

int main(int argc, char** argv) {
    if (argc == 3 && std::strcmp(argv[1], "--write") == 0) {
        const std::filesystem::path target = argv[2];
        namespace io = singel::spectra::io;
        return io::write_library(target / "library-v1.h5", io::example_library()) &&
                       io::write_dataset(target / "dataset-v1.h5", io::example_rows(), {"CC0-1.0", "An example"})
                   ? 0
                   : 1;
    }
    ::testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
