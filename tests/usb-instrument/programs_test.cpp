#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "instrument/known_models.hpp"
#include "instrument/udev/rules.hpp"
#include "tests/usb/spawned.hpp"

// singel as a person calls it, on the bus that singel-bridge makes.
namespace singel::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using Words = std::vector<std::string>;
using nlohmann::json;

struct Answer {
    std::optional<int> code;
    std::string text;  // of standard output and standard error
};

class Programs : public testing::Test {
protected:
    Programs() { std::filesystem::create_directories(store_); }
    ~Programs() override { std::filesystem::remove_all(store_); }

    Answer singel(Words bridge, Words command) const {
        Words words{SINGEL_BIN_DIR "/singel-bridge", "run"};
        words.insert(words.end(), bridge.begin(), bridge.end());
        words.insert(words.end(), {"--", SINGEL_BIN_DIR "/singel"});
        words.insert(words.end(), command.begin(), command.end());
        Spawned program(words, {"XDG_DATA_HOME=" + store_.string(), "HOME=" + store_.string()});
        Answer answer;
        answer.text = program.read_rest();
        answer.code = program.exit_code();
        return answer;
    }

    const std::filesystem::path store_ =
        std::filesystem::temp_directory_path() / ("singel-programs-" + std::to_string(getpid()));
};

TEST_F(Programs, DoctorSaysWhatIsKnownOfAnInstrumentAndSwitchesNothing) {
    const Answer answer = singel({"--model", "WP-785", "--expect-laser-off"}, {"doctor", "--json"});
    const json report = json::parse(answer.text);
    EXPECT_THAT(report["checks"].dump(), HasSubstr("emulated"));
    ASSERT_EQ(report["instruments"].size(), 1u);
    const json& one = report["instruments"][0];
    EXPECT_EQ(one["family"], "wasatch");
    EXPECT_EQ(one["state"], "free");
    EXPECT_EQ(one["speed"], "high");
    EXPECT_EQ(one["port"], "1-1");
    EXPECT_EQ(one["serial"], "") << "nothing was opened";
    EXPECT_TRUE(one["simulated"]);
    EXPECT_NE(one["verified"], "hardware");
    EXPECT_FALSE(one["advice"].get<std::string>().empty());
    const Answer text = singel({"--model", "WP-785"}, {"doctor"});
    EXPECT_THAT(text.text, AllOf(HasSubstr("not yet proven on this model"), HasSubstr("Nothing to do.")));
}

TEST_F(Programs, DevicesTellsSerialAndFirmwareWhenItMayOpen) {
    const Answer answer = singel({"--model", "USB2000+,USB2000+"}, {"devices", "--open", "--json"});
    ASSERT_EQ(answer.code, 0) << answer.text;
    const json devices = json::parse(answer.text)["devices"];
    ASSERT_GE(devices.size(), 2u);
    EXPECT_FALSE(devices[0]["serial"].get<std::string>().empty());
    EXPECT_NE(devices[0]["serial"], devices[1]["serial"]);
    EXPECT_FALSE(devices[0]["firmware"].get<std::string>().empty());
    EXPECT_TRUE(devices[0]["error"].is_null());
}

TEST_F(Programs, PrintTheirTables) {
    EXPECT_EQ(singel({"--model", "USB2000+"}, {"devices", "--known"}).text, instrument::models_table());
    EXPECT_EQ(singel({"--model", "USB2000+"}, {"doctor", "--udev-rules"}).text, instrument::udev_rules());
}

TEST_F(Programs, CaptureGoesOnAfterAReplug) {
    const std::string file = (store_ / "frames.csv").string();
    const Answer answer = singel({"--model", "USB2000+", "--unplug-after", "2000", "--replug-after", "500"},
                                 {"capture", "--frames", "60", "--integration-ms", "100", "-o", file});
    EXPECT_EQ(answer.code, 0) << answer.text;
    EXPECT_THAT(answer.text, AllOf(HasSubstr("was unplugged"), HasSubstr("is back; its settings were sent again")));
}

// Six seconds of dark frames; the cable is out in the midst of them.
TEST_F(Programs, CheckSurvivesAReplugWhileItsLaserIsOff) {
    const Answer answer = singel({"--model", "WP-785", "--scene", "caffeine", "--unplug-after", "4000",
                                  "--replug-after", "700", "--expect-laser-off"},
                                 {"check", "--json-lines", "--sample", "light", "--frames", "2", "--dark-frames",
                                  "60", "--integration-ms", "100"});
    EXPECT_EQ(answer.code, 0) << answer.text;
    EXPECT_THAT(answer.text, HasSubstr("is back; its settings were sent again"));
    EXPECT_THAT(answer.text, HasSubstr("\"verified\""));
}

// Twenty seconds of light; the cable is out in the midst of them.
TEST_F(Programs, CheckEndsWithAFailureWhenTheCableComesOutUnderLight) {
    const Answer answer = singel({"--model", "WP-785", "--scene", "caffeine", "--unplug-after", "8000",
                                  "--replug-after", "700", "--expect-laser-off"},
                                 {"check", "--json-lines", "--sample", "light", "--frames", "100", "--dark-frames",
                                  "1", "--integration-ms", "200"});
    EXPECT_EQ(answer.code, 3) << answer.text;
    EXPECT_THAT(answer.text, HasSubstr("the instrument was unplugged"));
    const Answer doctor = singel({"--model", "WP-785"}, {"doctor", "--json"});
    EXPECT_THAT(json::parse(doctor.text)["last_errors"].dump(), HasSubstr("the instrument was unplugged"));
}

}  // namespace
}  // namespace singel::tests
