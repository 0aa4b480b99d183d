#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>
#include <unistd.h>

#include "tests/usb/spawned.hpp"

namespace singel::tests {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr int done = 0, answered_no = 1, wrong_usage = 2, device_failed = 3;
const std::string bridge = std::string(SINGEL_BIN_DIR) + "/singel-bridge";

struct Answer {
    std::optional<int> code;
    std::string text;
};

// A family's model, and a piece of its serial number in hex that a test may change.
class ServiceWork : public testing::TestWithParam<const char*> {
protected:
    ServiceWork() { fs::create_directory(folder_); }
    ~ServiceWork() override { fs::remove_all(folder_); }

    // A script on a bus with the virtual instrument: $E is `singel-bridge eeprom`, $F the folder.
    Answer on_bus(const std::string& script, const std::string& faults = "") {
        std::vector<std::string> command{bridge, "run", "--model", GetParam(), "--expect-laser-off"};
        if (!faults.empty()) command.insert(command.end(), {"--faults", faults, "--replug"});
        const std::string head = "E='" + bridge + " eeprom'; F='" + folder_.string() + "'; ";
        command.insert(command.end(), {"--", "bash", "-c", head + script});
        Spawned program(std::move(command));
        Answer answer;
        answer.text = program.read_rest();
        answer.code = program.exit_code();
        return answer;
    }
    std::string read(const char* name) {
        std::ifstream file(folder_ / name);
        std::ostringstream text;
        text << file.rdbuf();
        return text.str();
    }

    fs::path folder_ = fs::temp_directory_path() / ("singel-eeprom-" + std::to_string(getpid()));
};

// Changes a coefficient's digit in a backup and mends its checksum, as a technician's tool would.
const std::string edit =
    "python3 - $F/a.json $F/b.json <<'END'\n"
    "import hashlib, json, sys\n"
    "d = json.load(open(sys.argv[1]))\n"
    "p = [x for x in d['pages'] if x['number'] == (4 if d['family'] == 'wasatch' else 15)][0]\n"
    "b = bytearray.fromhex(p['hex']); b[0] = ord('Z'); p['hex'] = b.hex()\n"
    "s = b''.join(bytes([x['number'] & 255, x['number'] >> 8]) + bytes.fromhex(x['hex']) for x in d['pages'])\n"
    "d['checksum'] = 'md5:' + hashlib.md5(s).hexdigest()\n"
    "json.dump(d, open(sys.argv[2], 'w'))\n"
    "END\n";

TEST_P(ServiceWork, KeepsAMemoryInANewFile) {
    const Answer answer = on_bus("$E backup $F/a.json && $E diff $F/a.json && ! $E backup $F/a.json");
    EXPECT_EQ(answer.code, done) << answer.text;
    EXPECT_THAT(answer.text, HasSubstr("the memory is as in"));
    const auto json = nlohmann::json::parse(read("a.json"));
    EXPECT_EQ(json.at("simulated"), true);
    EXPECT_FALSE(json.at("serial").get<std::string>().empty());
}

TEST_P(ServiceWork, WritesNothingWithoutYesAndShowsTheDifference) {
    const Answer answer =
        on_bus("$E backup $F/a.json; " + edit + "$E restore $F/b.json; c=$?; $E diff $F/a.json; exit $c");
    EXPECT_EQ(answer.code, answered_no) << answer.text;
    EXPECT_THAT(answer.text,
                AllOf(HasSubstr("nothing was written"), HasSubstr("+    0 5a"), HasSubstr("the memory is as in")));
}

TEST_P(ServiceWork, WritesVerifiesAndKeepsWhatWasThere) {
    const Answer answer = on_bus("$E backup $F/a.json; " + edit +
                                 "$E restore $F/b.json --yes --keep $F/kept.json && $E diff $F/b.json && "
                                 "cmp $F/a.json $F/kept.json && $E restore $F/kept.json --yes && $E diff $F/a.json");
    EXPECT_EQ(answer.code, done) << answer.text;
    EXPECT_THAT(answer.text, HasSubstr("written and verified"));
}

TEST_P(ServiceWork, WritesForGood) {
    const std::string cycle =
        "d=/sys/bus/usb/devices/1-1/devnum; until test \"$(cat $d 2>&1)\" = 3; do sleep 0.05; done; ";
    Spawned program({bridge, "run", "--model", GetParam(), "--unplug-at", "1@7000", "--replug-at", "1@7200", "--",
                     "bash", "-c",
                     "E='" + bridge + " eeprom'; F='" + folder_.string() + "'; $E backup $F/a.json; " + edit +
                         "$E restore $F/b.json --yes || exit 9; " + cycle + "$E diff $F/b.json"});
    const std::string text = program.read_rest();
    EXPECT_EQ(program.exit_code(), done) << text;
    EXPECT_THAT(text, HasSubstr("the memory is as in"));
}

TEST_P(ServiceWork, RefusesAFileThatWasSpoilt) {
    const Answer answer = on_bus(
        "$E backup $F/a.json; sed 's/\"hex\": \"../\"hex\": \"77/' $F/a.json > $F/b.json; "
        "$E restore $F/b.json --yes");
    EXPECT_EQ(answer.code, wrong_usage) << answer.text;
    EXPECT_THAT(answer.text, HasSubstr("checksum"));
}

TEST_P(ServiceWork, NamesTheVersions) {
    const Answer answer = on_bus(bridge + " firmware --json");
    EXPECT_EQ(answer.code, done) << answer.text;
    const auto json = nlohmann::json::parse(answer.text);
    ASSERT_EQ(json.at("results").size(), 1u);
    EXPECT_FALSE(json["results"][0].at("versions").at("FPGA").get<std::string>().empty());
    EXPECT_EQ(json["results"][0].at("simulated"), true);
}

// Walks an unplug through the whole restore. Whatever it hits, nothing but the wanted or the former contents may be
// left after the way back that the program names, and no run may claim success that it had not.
TEST_P(ServiceWork, SurvivesAnUnplugAnywhereWithAWayBack) {
    ASSERT_EQ(on_bus("$E backup $F/a.json; " + edit).code, done);
    bool reached_end = false;
    int half_written = 0;
    for (int at = 3; at < 400 && !reached_end; at += 9) {
        const Answer answer = on_bus(
            "rm -f $F/kept.json $F/other.json; $E restore $F/b.json --yes --keep $F/kept.json && exit 0; c=$?; "
            "sleep 0.5; $E restore $F/b.json --yes --other-unit --keep $F/other.json || exit 9; "
            "$E diff $F/b.json || exit 8; exit $c",
            "unplug@" + std::to_string(at));
        ASSERT_TRUE(answer.code == done || answer.code == device_failed || answer.code == wrong_usage)
            << at << ": " << answer.text;
        reached_end = answer.code == done;
        if (answer.text.find("may be half written") != std::string::npos) {
            ++half_written;
            EXPECT_THAT(answer.text, AllOf(HasSubstr("kept.json"), HasSubstr("--other-unit")));
        }
    }
    EXPECT_TRUE(reached_end);
    EXPECT_GT(half_written, 0);
}

INSTANTIATE_TEST_SUITE_P(Models, ServiceWork, testing::Values("USB2000+", "WP-785", "WP-785XS"),
                         [](const auto& model) {
                             std::string name = model.param;
                             std::erase_if(name, [](char letter) {
                                 return std::isalnum(static_cast<unsigned char>(letter)) == 0;
                             });
                             return name;
                         });

TEST(Service, FindsNoInstrument) {
    Spawned program({bridge, "run", "--model", "USB2000+", "--unplug-after", "1", "--", "sh", "-c",
                     "sleep 0.5; " + bridge + " firmware"});
    EXPECT_THAT(program.read_rest(), HasSubstr("no instrument is attached"));
    EXPECT_EQ(program.exit_code(), answered_no);
}

TEST(Service, AsksWhichOfSeveral) {
    Spawned program({bridge, "run", "--model", "USB2000+,WP-785", "--", bridge, "eeprom", "diff", "/no/file"});
    EXPECT_THAT(program.read_rest(), AllOf(HasSubstr("usb:2457:101e:1-2"), HasSubstr("usb:24aa:1000:1-3")));
    EXPECT_EQ(program.exit_code(), wrong_usage);
}

}  // namespace
}  // namespace singel::tests
