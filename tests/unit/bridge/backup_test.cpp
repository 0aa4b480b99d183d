#include "firmware-bridge/bridge/backup.hpp"

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace singel::firmware_bridge::bridge {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

Backup example() {
    return {"ocean_ooi", "USB2000+", "USB2+F01234", "slot", true, {{0, {'U', 'S', 'B'}}, {1, {0x31, 0x00, 0xFF}}}};
}

std::string changed(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

TEST(Backup, IsReadBackAsItWasWritten) {
    const auto read = parse_backup(backup_text(example()), "x");
    ASSERT_TRUE(read) << read.error().sentence();
    EXPECT_EQ(read->family, "ocean_ooi");
    EXPECT_EQ(read->model, "USB2000+");
    EXPECT_EQ(read->serial, "USB2+F01234");
    EXPECT_EQ(read->page_word, "slot");
    EXPECT_TRUE(read->simulated);
    EXPECT_EQ(read->pages, example().pages);
}

// Written by version 1; every later version must read it. The sum was made by another program (md5sum).
TEST(Backup, OfTheFirstVersionIsStillRead) {
    const auto read = read_backup(std::string(SINGEL_TEST_DIR) + "/unit/bridge/version-1.json");
    ASSERT_TRUE(read) << read.error().sentence();
    EXPECT_EQ(read->serial, "S1");
    ASSERT_EQ(read->pages.size(), 2u);
    EXPECT_EQ(read->pages[1].bytes, (std::vector<std::uint8_t>{0x41, 0x00}));
}

TEST(Backup, IsRefusedWhenAnythingInItWasChanged) {
    const std::string text = backup_text(example());
    const struct {
        const char *from, *to, *complaint;
    } changes[] = {{"3100ff", "3200ff", "checksum"},
                   {"\"number\": 1", "\"number\": 2", "checksum"},
                   {"\"number\": 0", "\"number\": 1", "entry 1"},
                   {"3100ff", "3100f", "entry 1"},
                   {"3100ff", "31zzff", "entry 1"},
                   {"\"version\": 1", "\"version\": 2", "another version"},
                   {"singel-memory-backup", "something", "no backup"},
                   {"\"serial\"", "\"Serial\"", "serial"}};
    for (const auto& change : changes) {
        const auto read = parse_backup(changed(text, change.from, change.to), "FILE");
        ASSERT_FALSE(read) << change.to;
        EXPECT_THAT(read.error().sentence(), testing::AllOf(HasSubstr(change.complaint), HasSubstr("FILE")));
    }
    for (const char* nonsense : {"", "[]", "{", "{}", "null", "{\"format\": 5}"})
        EXPECT_FALSE(parse_backup(nonsense, "x")) << nonsense;
}

TEST(Backup, NeverOverwritesAFile) {
    const fs::path path = fs::temp_directory_path() / ("singel-backup-" + std::to_string(getpid()));
    fs::remove(path);
    ASSERT_TRUE(write_backup(example(), path));
    Backup other = example();
    other.serial = "OTHER";
    const auto again = write_backup(other, path);
    ASSERT_FALSE(again);
    EXPECT_THAT(again.error().sentence(), HasSubstr(path.string()));
    EXPECT_EQ(read_backup(path)->serial, "USB2+F01234");
    fs::remove(path);
    EXPECT_FALSE(write_backup(example(), "/no/such/folder/x"));
    EXPECT_FALSE(read_backup("/no/such/file"));
}

TEST(Difference, NamesEachPageThatIsNotTheSame) {
    const std::vector<instrument::MemoryPage> before{{0, {1, 2}}, {1, {3, 4}}, {2, {5}}},
        after{{0, {1, 2}}, {1, {3, 9}}, {3, {6}}};
    const auto changes = difference(before, after);
    ASSERT_EQ(changes.size(), 3u);
    EXPECT_EQ(changes[0].number, 1u);
    EXPECT_TRUE(changes[1].after.empty());
    EXPECT_TRUE(changes[2].before.empty());
    EXPECT_TRUE(difference(before, before).empty());
}

TEST(Difference, IsShownInHexAndText) {
    std::vector<std::uint8_t> before(32, 'a'), after(32, 'a');
    after[17] = 'b';
    const std::string text = diff_text({{4, before, after}}, "page");
    EXPECT_THAT(text, HasSubstr("page 4\n"));
    EXPECT_THAT(text, HasSubstr("-   16 61 61"));
    EXPECT_THAT(text, HasSubstr("+   16 61 62"));
    EXPECT_THAT(text, HasSubstr("abaaaaaaaaaaaaaa"));
    EXPECT_THAT(text, testing::Not(HasSubstr("-    0"))) << "lines that are the same are left out";
}

}  // namespace
}  // namespace singel::firmware_bridge::bridge
