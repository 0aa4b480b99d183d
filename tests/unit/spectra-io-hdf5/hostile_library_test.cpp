#include <algorithm>
#include <cstring>
#include <functional>
#include <gtest/gtest.h>
#include <hdf5.h>
#include <sys/stat.h>
#include <unistd.h>

#include "example_library.hpp"
#include "spectra/io/library_file.hpp"
#include "temporary_folder.hpp"

// HDF5 1.10 forgets some of its own memory when it refuses a damaged file. That ours is closed is checked below.
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libhdf5\n";
}

namespace singel::spectra::io {
namespace {

using core::Fault;

class HostileLibrary : public TemporaryFolder {
protected:
    HostileLibrary() {
        H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
        EXPECT_TRUE(write_library(path("good.h5"), example_library()));
    }

    void TearDown() override {
        EXPECT_EQ(H5Fget_obj_count(static_cast<hid_t>(H5F_OBJ_ALL), H5F_OBJ_ALL), 0) << "an HDF5 object is left open";
    }

    // A copy of the good file, changed through HDF5 itself.
    core::Result<core::ReferenceSet> changed(const std::function<void(hid_t)>& change) {
        std::filesystem::copy_file(path("good.h5"), path("bad.h5"),
                                   std::filesystem::copy_options::overwrite_existing);
        const hid_t file = H5Fopen(path("bad.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
        EXPECT_GE(file, 0);
        change(file);
        H5Fclose(file);
        return open_library(path("bad.h5"));
    }

    core::Result<core::ReferenceSet> with_bytes(const std::vector<char>& bytes) {
        write_bytes(path("bytes.h5"), bytes);
        return open_library(path("bytes.h5"));
    }
};

void set_integer(hid_t file, const char* name, std::int64_t value) {
    const hid_t attribute = H5Aopen(file, name, H5P_DEFAULT);
    EXPECT_GE(H5Awrite(attribute, H5T_STD_I64LE, &value), 0);
    H5Aclose(attribute);
}

// A table of the given shape in place of the one that is there.
void replace_table(hid_t file, const char* name, hid_t type, std::vector<hsize_t> shape, hid_t creation) {
    EXPECT_GE(H5Ldelete(file, name, H5P_DEFAULT), 0);
    const hid_t space = H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr);
    const hid_t table = H5Dcreate2(file, name, type, space, H5P_DEFAULT, creation, H5P_DEFAULT);
    EXPECT_GE(table, 0);
    H5Dclose(table);
    H5Sclose(space);
}

TEST_F(HostileLibrary, CutShortAnywhereIsRefused) {
    const auto bytes = read_bytes(path("good.h5"));
    ASSERT_GT(bytes.size(), 2000U);
    for (std::size_t length = 0; length < bytes.size(); length += 97) {
        const auto opened = with_bytes({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length)});
        ASSERT_FALSE(opened) << length;
        EXPECT_EQ(opened.error().fault, Fault::wrong_format);
        EXPECT_FALSE(opened.error().where.empty());
    }
    const auto half = with_bytes({bytes.begin(), bytes.begin() + 1000});
    EXPECT_NE(half.error().what.find("1000 of " + std::to_string(bytes.size())), std::string::npos);
}

// The tables are under the digest, so a changed byte is either refused or lies in the matrix (or between the parts),
// where verify finds it.
TEST_F(HostileLibrary, AChangedByteNeverPassesForAnotherLibrary) {
    const auto set = example_library();
    const auto bytes = read_bytes(path("good.h5"));
    std::size_t opened_anyway = 0;
    for (std::size_t at = 0; at < bytes.size(); at += 17) {
        auto changed = bytes;
        changed[at] = static_cast<char>(changed[at] ^ (1 << (at % 8)));
        const auto opened = with_bytes(changed);
        if (!opened) continue;
        ++opened_anyway;
        EXPECT_EQ(opened->references, set.references) << at;
        EXPECT_EQ(opened->axis, set.axis) << at;
        const bool same = std::memcmp(opened->values.data(), set.values.data(), set.values.size_bytes()) == 0;
        EXPECT_EQ(verify_library(path("bytes.h5")).has_value(), same) << at;
    }
    EXPECT_LT(opened_anyway, bytes.size() / 17);
}

TEST_F(HostileLibrary, OtherFilesAreToldApart) {
    EXPECT_NE(with_bytes({}).error().what.find("empty"), std::string::npos);
    const std::string text = "300,1\n301,2\n";
    EXPECT_NE(with_bytes({text.begin(), text.end()}).error().what.find("no HDF5"), std::string::npos);
    EXPECT_EQ(open_library(path("")).error().fault, Fault::wrong_format);  // a folder
    ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
    EXPECT_EQ(open_library(path("pipe")).error().fault, Fault::wrong_format);

    const hid_t other = H5Fcreate(path("other.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    H5Fclose(other);
    const auto opened = open_library(path("other.h5"));
    ASSERT_FALSE(opened);
    EXPECT_NE(opened.error().what.find("not a library"), std::string::npos);
}

TEST_F(HostileLibrary, WithoutPermissionIsToldSo) {
    ASSERT_EQ(::chmod(path("good.h5").c_str(), 0), 0);
    const uid_t user = ::geteuid(), nobody = 65534;
    ASSERT_EQ(::seteuid(user == 0 ? nobody : user), 0);  // root may read everything
    const auto opened = open_library(path("good.h5"));
    ASSERT_EQ(::seteuid(user), 0);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().fault, Fault::permission_denied);
}

TEST_F(HostileLibrary, OfANewerFormatIsRefusedPolitely) {
    const auto opened = changed([](hid_t file) { set_integer(file, "format_version", library_format_version + 1); });
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().fault, Fault::unsupported);
    EXPECT_NE(opened.error().remedy.find("newer version"), std::string::npos);
    EXPECT_FALSE(changed([](hid_t file) { set_integer(file, "format_version", -1); }));
}

TEST_F(HostileLibrary, UnknownAdditionsAreIgnored) {
    const auto opened = changed([](hid_t file) {
        const hid_t group = H5Gcreate2(file, "later", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
        H5Gclose(group);
    });
    ASSERT_TRUE(opened) << opened.error().sentence();
    EXPECT_EQ(opened->id, example_library().id);
}

TEST_F(HostileLibrary, AMissingTableIsNamed) {
    for (const auto* name :
         {"axis", "values", "references/name", "references/synonyms", "references/last", "references"}) {
        const auto opened = changed([&](hid_t file) { H5Ldelete(file, name, H5P_DEFAULT); });
        ASSERT_FALSE(opened) << name;
        EXPECT_NE(opened.error().what.find(name), std::string::npos) << opened.error().what;
    }
}

TEST_F(HostileLibrary, LinksThatLeadElsewhereAreNotFollowed) {
    EXPECT_FALSE(changed([](hid_t file) {
        H5Lmove(file, "values", file, "hidden", H5P_DEFAULT, H5P_DEFAULT);
        H5Lcreate_soft("/hidden", file, "values", H5P_DEFAULT, H5P_DEFAULT);
    }));
    EXPECT_FALSE(changed([](hid_t file) {
        H5Ldelete(file, "references", H5P_DEFAULT);
        H5Lcreate_external("good.h5", "/references", file, "references", H5P_DEFAULT, H5P_DEFAULT);
    }));
}

TEST_F(HostileLibrary, OnlyPlainStorageIsRead) {
    const auto refused = [&](const std::function<void(hid_t)>& prepare, std::vector<hsize_t> shape) {
        const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
        prepare(creation);
        const auto opened =
            changed([&](hid_t file) { replace_table(file, "values", H5T_IEEE_F32LE, shape, creation); });
        H5Pclose(creation);
        return !opened;
    };
    const std::vector<hsize_t> shape{3, 101};
    EXPECT_TRUE(refused(
        [&](hid_t creation) {
            H5Pset_chunk(creation, 2, shape.data());
            H5Pset_deflate(creation, 1);
        },
        shape));
    EXPECT_TRUE(refused([](hid_t creation) { H5Pset_external(creation, "/etc/passwd", 0, 1212); }, shape));
    EXPECT_TRUE(refused(
        [&](hid_t creation) {
            const hid_t space = H5Screate_simple(2, shape.data(), nullptr);
            H5Pset_virtual(creation, space, "good.h5", "/values", space);
            H5Sclose(space);
        },
        shape));
    // Contiguous, but never written: there are no bytes in the file.
    EXPECT_TRUE(refused([](hid_t) {}, shape));
    EXPECT_TRUE(refused([](hid_t) {}, {std::uint64_t{1} << 40, 101}));
}

TEST_F(HostileLibrary, TablesOfAnotherTypeOrShapeAreRefused) {
    const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_alloc_time(creation, H5D_ALLOC_TIME_EARLY);
    H5Pset_fill_time(creation, H5D_FILL_TIME_ALLOC);
    const auto opened_with = [&](const char* name, hid_t type, std::vector<hsize_t> shape) {
        return changed([&](hid_t file) { replace_table(file, name, type, shape, creation); });
    };
    const hid_t variable = H5Tcopy(H5T_C_S1);
    H5Tset_size(variable, H5T_VARIABLE);
    EXPECT_FALSE(opened_with("values", H5T_IEEE_F64LE, {3, 101}));
    EXPECT_FALSE(opened_with("values", H5T_IEEE_F32BE, {3, 101}));
    EXPECT_FALSE(opened_with("values", H5T_IEEE_F32LE, {303}));
    EXPECT_FALSE(opened_with("values", H5T_IEEE_F32LE, {3, 100}));
    EXPECT_FALSE(opened_with("values", H5T_IEEE_F32LE, {2, 101}));
    EXPECT_FALSE(opened_with("axis", H5T_IEEE_F64LE, {101}));  // all zero: no axis
    EXPECT_FALSE(opened_with("references/name", variable, {3}));
    EXPECT_FALSE(opened_with("references/name", H5T_C_S1, {3}));  // empty names
    EXPECT_FALSE(opened_with("references/last", H5T_STD_U32LE, {3}));
    EXPECT_FALSE(opened_with("references/last", H5T_STD_I32LE, {3}));
    EXPECT_FALSE(opened_with("references/origin", H5T_C_S1, {3}));
    H5Tclose(variable);
    H5Pclose(creation);
}

}  // namespace
}  // namespace singel::spectra::io
