#include "spectra/io/dataset.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <gtest/gtest.h>
#include <hdf5.h>

#include "example_dataset.hpp"
#include "temporary_folder.hpp"

namespace singel::spectra::io {
namespace {

using core::Fault;
using Dataset = TemporaryFolder;

struct Answer {
    int status = -1;
    std::string text;
};

Answer run(const std::string& command) {
    Answer answer;
    FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    std::array<char, 4096> buffer{};
    while (const auto got = std::fread(buffer.data(), 1, buffer.size(), pipe)) answer.text.append(buffer.data(), got);
    answer.status = ::pclose(pipe);
    return answer;
}

std::vector<double> numbers(const std::filesystem::path& file, const char* name) {
    const hid_t opened = H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    const hid_t table = H5Dopen2(opened, name, H5P_DEFAULT), space = H5Dget_space(table);
    std::vector<double> values(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)));
    EXPECT_GE(H5Dread(table, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), 0) << name;
    H5Sclose(space);
    H5Dclose(table);
    H5Fclose(opened);
    return values;
}

TEST_F(Dataset, OpensInH5pyAndItsScansFollowFromItsFrames) {
    if (run("/usr/bin/python3 -c 'import h5py'").status != 0) GTEST_SKIP() << "python3-h5py is not installed";
    ASSERT_TRUE(write_dataset(path("d.h5"), example_rows(), {"CC BY 4.0", "A service, 2026"}));
    const auto answer =
        run("/usr/bin/python3 " SINGEL_TEST_DIR "/unit/spectra-io-hdf5/read_dataset.py " + path("d.h5").string());
    EXPECT_EQ(answer.status, 0) << answer.text;
    EXPECT_EQ(answer.text,
              "a1 cocaine measured 2026-03-09\n"
              "b2 cocaine measured 2026-03-09\n"
              "c3 mdma simulated 2026-03-09\n"
              "0 caffeine 0.6\n0 lactose nan\n1 caffeine 0.6\n1 lactose nan\n");
}

TEST_F(Dataset, IsTheSameBytesInWhateverOrderTheRowsCome) {
    auto rows = example_rows();
    ASSERT_TRUE(write_dataset(path("a.h5"), rows));
    std::rotate(rows.begin(), rows.begin() + 1, rows.end());
    ASSERT_TRUE(write_dataset(path("b.h5"), rows));
    EXPECT_EQ(read_bytes(path("a.h5")), read_bytes(path("b.h5")));
    EXPECT_EQ(files(), 2U);
}

TEST_F(Dataset, KeepsRowsOfDifferentInstrumentsApart) {
    ASSERT_TRUE(write_dataset(path("d.h5"), example_rows()));
    EXPECT_EQ(numbers(path("d.h5"), "table/axis"), (std::vector<double>{0, 0, 1}));
    EXPECT_EQ(numbers(path("d.h5"), "table/scan"), (std::vector<double>{0, 1, 0}));
    EXPECT_EQ(numbers(path("d.h5"), "table/raw_first"), (std::vector<double>{0, 3, 0}));
    EXPECT_EQ(numbers(path("d.h5"), "table/simulated"), (std::vector<double>{0, 0, 1}));
    EXPECT_EQ(numbers(path("d.h5"), "spectra/axis_1/axis").size(), 24U);
    EXPECT_EQ(numbers(path("d.h5"), "spectra/axis_0/raw").size(), 6U * 40U);
    EXPECT_EQ(numbers(path("d.h5"), "spectra/axis_0/raw_frames/row"), (std::vector<double>{0, 0, 0, 1, 1, 1}));
    EXPECT_EQ(numbers(path("d.h5"), "spectra/axis_1/dark_frames/laser_on"), (std::vector<double>{0, 0}));
    EXPECT_EQ(numbers(path("d.h5"), "spectra/axis_0/raw_frames/integration_time_us").front(), 250'000.0);
}

TEST_F(Dataset, MarksWhatWasNeverMeasured) {
    auto rows = example_rows();
    rows[2].scan.values[3] = std::numeric_limits<double>::quiet_NaN();  // a1, the first in the file
    ASSERT_TRUE(write_dataset(path("d.h5"), rows));
    const auto valid = numbers(path("d.h5"), "spectra/axis_0/scan_valid");
    EXPECT_EQ(valid[3], 0.0);
    EXPECT_EQ(std::ranges::count(valid, 0.0), 1);
    EXPECT_TRUE(std::isnan(numbers(path("d.h5"), "spectra/axis_0/scan")[3]));
    EXPECT_EQ(numbers(path("d.h5"), "spectra/axis_0/scan_sigma")[0], 1.5);
    EXPECT_TRUE(std::isnan(numbers(path("d.h5"), "spectra/axis_0/scan_sigma")[40]));
    EXPECT_EQ(numbers(path("d.h5"), "components/share_valid"), (std::vector<double>{1, 0, 1, 0}));
}

TEST_F(Dataset, TakesMoreRowsThanOneChunk) {
    std::vector<DatasetRow> rows;
    for (int i = 0; i < 130; ++i) rows.push_back(example_row("s" + std::to_string(1000 + i), 32, 500U + i));
    ASSERT_TRUE(write_dataset(path("d.h5"), rows));
    const auto scans = numbers(path("d.h5"), "spectra/axis_0/scan");
    ASSERT_EQ(scans.size(), 130U * 32U);
    for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(scans[i * 32 + 5], rows[i].scan.values[5]);
}

TEST_F(Dataset, TakesRowsWithoutFramesAndFramesLongerThanTheScan) {
    auto rows = example_rows();
    rows[0].frames.clear();
    rows[0].dark.clear();
    for (auto* frames : {&rows[1].frames, &rows[1].dark})
        for (core::Frame& frame : *frames) frame.counts.resize(30, 5);
    ASSERT_TRUE(write_dataset(path("d.h5"), rows));
    EXPECT_EQ(numbers(path("d.h5"), "spectra/axis_2/raw").size(), 3U * 30U);
    EXPECT_EQ(numbers(path("d.h5"), "table/raw_count"), (std::vector<double>{3, 0, 3}));
}

TEST_F(Dataset, RefusesRowsThatCannotBeStoredTruthfully) {
    const auto fault_of = [&](auto spoil) {
        auto rows = example_rows();
        spoil(rows);
        const auto written = write_dataset(path("d.h5"), rows);
        return written ? Fault::cancelled : written.error().fault;
    };
    EXPECT_EQ(fault_of([](auto& rows) { rows.clear(); }), Fault::not_found);
    EXPECT_EQ(fault_of([](auto& rows) { rows[0].id.clear(); }), Fault::invalid_argument);
    EXPECT_EQ(fault_of([](auto& rows) { rows[0].id = rows[1].id; }), Fault::invalid_argument);
    EXPECT_EQ(fault_of([](auto& rows) { rows[0].day = {}; }), Fault::invalid_argument);
    EXPECT_EQ(fault_of([](auto& rows) { rows[0].scan.values.pop_back(); }), Fault::invalid_argument);
    EXPECT_EQ(fault_of([](auto& rows) { rows[0].frames[1].counts.pop_back(); }), Fault::invalid_argument);
    EXPECT_EQ(fault_of([](auto& rows) { rows[0].sold_as = "\xFF"; }), Fault::invalid_argument);
    EXPECT_EQ(files(), 0U);
}

TEST_F(Dataset, KeepsTheOldFileWhenItCannotWrite) {
    ASSERT_TRUE(write_dataset(path("d.h5"), example_rows()));
    const auto before = read_bytes(path("d.h5"));
    EXPECT_FALSE(write_dataset(path("d.h5"), {}));
    EXPECT_EQ(read_bytes(path("d.h5")), before);
    EXPECT_EQ(write_dataset(path("nowhere/d.h5"), example_rows()).error().fault, Fault::not_found);
}

}  // namespace
}  // namespace singel::spectra::io
