#include "spectra/io/library_file.hpp"

#include <algorithm>
#include <csignal>
#include <gtest/gtest.h>
#include <limits>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "example_library.hpp"
#include "temporary_folder.hpp"

namespace singel::spectra::io {
namespace {

using core::Fault;
using LibraryFile = TemporaryFolder;

void expect_equal(const core::ReferenceSet& a, const core::ReferenceSet& b) {
    EXPECT_EQ(a.id, b.id);
    EXPECT_EQ(a.technique, b.technique);
    EXPECT_EQ(a.axis, b.axis);
    EXPECT_EQ(a.references, b.references);
    EXPECT_TRUE(std::ranges::equal(a.values, b.values));
}

TEST_F(LibraryFile, GivesBackWhatWasWritten) {
    const auto set = example_library();
    ASSERT_TRUE(write_library(path("lib.h5"), set));
    const auto opened = open_library(path("lib.h5"));
    ASSERT_TRUE(opened) << opened.error().sentence();
    expect_equal(*opened, set);
    EXPECT_TRUE(verify_library(path("lib.h5")));
    EXPECT_EQ(files(), 1U);
}

TEST_F(LibraryFile, HoldsTheStarterLibrary) {
    ASSERT_TRUE(write_library(path("starter.h5"), starter_library()));
    const auto opened = open_library(path("starter.h5"));
    ASSERT_TRUE(opened) << opened.error().sentence();
    expect_equal(*opened, starter_library());
}

TEST_F(LibraryFile, IsTheSameBytesForTheSameContent) {
    ASSERT_TRUE(write_library(path("a.h5"), example_library()));
    ASSERT_TRUE(write_library(path("b.h5"), example_library()));
    EXPECT_EQ(read_bytes(path("a.h5")), read_bytes(path("b.h5")));
}

TEST_F(LibraryFile, StaysUsableAfterItWasReplaced) {
    ASSERT_TRUE(write_library(path("lib.h5"), example_library()));
    const auto opened = open_library(path("lib.h5"));
    ASSERT_TRUE(opened);
    ASSERT_TRUE(write_library(path("lib.h5"), starter_library()));
    expect_equal(*opened, example_library());
    expect_equal(*open_library(path("lib.h5")), starter_library());
}

TEST_F(LibraryFile, KeepsThePermissionsOfTheFileItReplaces) {
    ASSERT_TRUE(write_library(path("lib.h5"), example_library()));
    ASSERT_EQ(::chmod(path("lib.h5").c_str(), 0640), 0);
    ASSERT_TRUE(write_library(path("lib.h5"), example_library()));
    EXPECT_EQ(std::filesystem::status(path("lib.h5")).permissions(), std::filesystem::perms{0640});
}

TEST_F(LibraryFile, RefusesToWriteWhatItWouldNotRead) {
    auto set = example_library();
    set.references[0].last = set.axis.size() + 1;
    EXPECT_EQ(write_library(path("lib.h5"), set).error().fault, Fault::wrong_format);
    set = example_library();
    set.references.pop_back();
    EXPECT_FALSE(write_library(path("lib.h5"), set));
    set = example_library();
    set.references[0].source = "two\nlines";
    EXPECT_FALSE(write_library(path("lib.h5"), set));
    EXPECT_EQ(files(), 0U);
}

TEST_F(LibraryFile, SaysThatThereIsNoSuchFolder) {
    EXPECT_EQ(write_library(path("nowhere/lib.h5"), example_library()).error().fault, Fault::not_found);
    EXPECT_EQ(open_library(path("nowhere.h5")).error().fault, Fault::not_found);
}

// Each test is a process of its own under ctest; the limit is put back all the same.
TEST_F(LibraryFile, KeepsTheOldFileWhenTheDiskIsFull) {
    ASSERT_TRUE(write_library(path("lib.h5"), example_library()));
    const auto before = read_bytes(path("lib.h5"));
    rlimit old = {};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &old), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit tight{10'000, old.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
    const auto written = write_library(path("lib.h5"), starter_library());
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &old), 0);
    std::signal(SIGXFSZ, handler);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().fault, Fault::disk_full);
    EXPECT_EQ(read_bytes(path("lib.h5")), before);
    EXPECT_EQ(files(), 1U);
}

TEST_F(LibraryFile, KeepsTheOldFileOnAFullFileSystem) {
    std::filesystem::create_directory(path("disk"));
    if (::mount("tmpfs", path("disk").c_str(), "tmpfs", 0, "size=64k") != 0)
        GTEST_SKIP() << "a small file system can be mounted by root only";
    const auto file = path("disk/lib.h5");
    const auto first = write_library(file, example_library());
    const auto before = read_bytes(file);
    const auto second = write_library(file, starter_library());
    const auto after = read_bytes(file);
    EXPECT_EQ(::umount(path("disk").c_str()), 0);
    ASSERT_TRUE(first) << first.error().sentence();
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().fault, Fault::disk_full);
    EXPECT_EQ(before, after);
}

TEST_F(LibraryFile, VerifyFindsAChangedValue) {
    const auto set = example_library();
    ASSERT_TRUE(write_library(path("lib.h5"), set));
    auto bytes = read_bytes(path("lib.h5"));
    const auto* values = reinterpret_cast<const char*>(set.values.data());
    const auto found = std::search(bytes.begin(), bytes.end(), values, values + set.values.size_bytes());
    ASSERT_NE(found, bytes.end());
    EXPECT_EQ((found - bytes.begin()) % 64, 0);  // rows can be used where they lie
    found[40] = static_cast<char>(found[40] ^ 1);
    write_bytes(path("changed.h5"), bytes);
    EXPECT_TRUE(open_library(path("changed.h5")));
    const auto verified = verify_library(path("changed.h5"));
    ASSERT_FALSE(verified);
    EXPECT_EQ(verified.error().fault, Fault::wrong_format);
}

TEST_F(LibraryFile, RefusesToWriteAValueThatIsNoNumber) {
    auto set = example_library();
    auto values = std::make_shared<std::vector<float>>(set.values.begin(), set.values.end());
    (*values)[7] = std::numeric_limits<float>::quiet_NaN();
    set.values = *values;
    set.owner = values;
    ASSERT_FALSE(write_library(path("lib.h5"), set));
}

}  // namespace
}  // namespace singel::spectra::io
