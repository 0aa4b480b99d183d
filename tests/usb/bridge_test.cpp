#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/usb/spawned.hpp"

namespace singel::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// singel-bridge as a person calls it.
struct Answer {
    std::optional<int> code;
    std::string text;
};

Answer bridge(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), std::string(SINGEL_BIN_DIR) + "/singel-bridge");
    Spawned program(std::move(arguments));
    Answer answer;
    answer.text = program.read_rest();
    answer.code = program.exit_code();
    return answer;
}

constexpr int wrong_usage = 2;

const std::vector<std::string> list_serials = {"sh", "-c", "cat /sys/bus/usb/devices/*/serial"};

Answer run(std::vector<std::string> options, std::vector<std::string> command) {
    options.insert(options.begin(), "run");
    options.emplace_back("--");
    options.insert(options.end(), command.begin(), command.end());
    return bridge(std::move(options));
}

TEST(SingelBridge, ListsItsModels) {
    const Answer answer = bridge({"models"});
    EXPECT_EQ(answer.code, 0);
    EXPECT_THAT(answer.text, HasSubstr("USB2000+\n"));
    EXPECT_THAT(answer.text, HasSubstr("WP-785\n"));
}

TEST(SingelBridge, ExplainsItself) {
    const Answer answer = bridge({"run", "--help"});
    EXPECT_EQ(answer.code, 0);
    EXPECT_THAT(answer.text, HasSubstr("--replug"));
}

TEST(SingelBridge, RunsAProgramWithSeveralInstruments) {
    const Answer answer = run({"--model", "WP-785,USB2000+"}, {"sh", "-c", "cat /sys/bus/usb/devices/*/idVendor"});
    EXPECT_EQ(answer.code, 0);
    EXPECT_EQ(answer.text, "24aa\n2457\n");
}

TEST(SingelBridge, GivesEqualModelsSerialsOfTheirOwn) {
    const Answer answer = run({"--model", "WP-785,WP-785"}, list_serials);
    EXPECT_EQ(answer.code, 0);
    EXPECT_THAT(answer.text, HasSubstr("VIRTUAL2\n"));
}

TEST(SingelBridge, PutsAMixtureOfTheStarterLibraryOrALampOnTheStage) {
    EXPECT_EQ(run({"--model", "WP-785", "--scene", "caffeine"}, {"true"}).code, 0);
    EXPECT_EQ(run({"--model", "USB2000+", "--scene", "lamp:ne", "--seed", "5"}, {"true"}).code, 0);
}

TEST(SingelBridge, NamesWhatItDoesNotKnow) {
    const Answer model = run({"--model", "XYZ-1"}, {"true"});
    EXPECT_EQ(model.code, wrong_usage);
    EXPECT_THAT(model.text, testing::AllOf(HasSubstr("XYZ-1"), HasSubstr("USB2000+"), HasSubstr("WP-785")));
    const Answer fault = run({"--model", "WP-785", "--faults", "explode@3"}, {"true"});
    EXPECT_EQ(fault.code, wrong_usage);
    EXPECT_THAT(fault.text, HasSubstr("explode"));
    const Answer scene = run({"--model", "WP-785", "--scene", "unobtainium:1"}, {"true"});
    EXPECT_EQ(scene.code, wrong_usage);
    EXPECT_THAT(scene.text, HasSubstr("unobtainium"));
    const Answer library = run({"--model", "WP-785", "--library", "/no/such/library.h5"}, {"true"});
    EXPECT_EQ(library.code, wrong_usage);
    EXPECT_THAT(library.text, HasSubstr("/no/such/library.h5"));
    const Answer program = run({"--model", "WP-785"}, {"no-such-program-at-all"});
    EXPECT_EQ(program.code, wrong_usage);
    EXPECT_THAT(program.text, HasSubstr("no-such-program-at-all"));
}

TEST(SingelBridge, RefusesWrongUsage) {
    EXPECT_EQ(bridge({}).code, wrong_usage);
    EXPECT_EQ(bridge({"fly"}).code, wrong_usage);
    EXPECT_EQ(run({}, {"true"}).code, wrong_usage) << "no model";
    EXPECT_EQ(run({"--model", "WP-785", "--seed", "x"}, {"true"}).code, wrong_usage);
    EXPECT_EQ(run({"--model", "WP-785", "--unplug-after", "-3"}, {"true"}).code, wrong_usage);
    EXPECT_EQ(run({"--model", "WP-785,"}, {"true"}).code, wrong_usage) << "an empty model name";
    EXPECT_EQ(run({"--model", "WP-785"}, {}).code, wrong_usage) << "no program";
    EXPECT_EQ(bridge({"run", "--model", "WP-785", "true"}).code, wrong_usage) << "no --";
}

TEST(SingelBridge, HandsTheProgramsExitCodeOn) {
    EXPECT_EQ(run({"--model", "WP-785"}, {"sh", "-c", "exit 9"}).code, 9);
}

TEST(SingelBridge, ShowsAnInstrumentAtTheSpeedOfTheBus) {
    const std::vector<std::string> show = {"sh", "-c", "cat /sys/bus/usb/devices/1-1/speed"};
    EXPECT_EQ(run({"--model", "USB2000+"}, show).text, "480\n");
    EXPECT_EQ(run({"--model", "USB2000+", "--speed", "full"}, show).text, "12\n");
    EXPECT_EQ(run({"--model", "USB2000+", "--speed", "warp"}, show).code, wrong_usage);
}

TEST(SingelBridge, ChangesThePlugOfAnyInstrument) {
    const Answer answer = run({"--model", "WP-785,WP-785", "--unplug-at", "2@500", "--replug-at", "2@900"},
                              {"sh", "-c",
                               "d=/sys/bus/usb/devices/1-2; cat $d/devnum; while test -e $d; do sleep 0.01; done; "
                               "cat /sys/bus/usb/devices/1-1/devnum; "
                               "until test -e $d/devnum; do sleep 0.01; done; cat $d/devnum"});
    EXPECT_EQ(answer.code, 0);
    EXPECT_EQ(answer.text, "3\n2\n4\n");
}

TEST(SingelBridge, NamesAPlugThatIsNotThere) {
    const Answer third = run({"--model", "WP-785,USB2000+", "--unplug-at", "3@100"}, {"true"});
    EXPECT_EQ(third.code, wrong_usage);
    EXPECT_THAT(third.text, HasSubstr("no instrument 3 among 2"));
    for (const char* text : {"1", "@5", "1@", "1@x", "0@5", "1@5ms", "-1@5"}) {
        EXPECT_EQ(run({"--model", "WP-785", "--replug-at", text}, {"true"}).code, wrong_usage) << text;
    }
}

TEST(SingelBridge, UnplugsAndReplugsOnTime) {
    const Answer answer = run({"--model", "WP-785", "--unplug-after", "1000", "--replug-after", "200"},
                              {"sh", "-c",
                               "d=/sys/bus/usb/devices/1-1; cat $d/devnum; while test -e $d; do sleep 0.01; done; "
                               "until test -e $d/devnum; do sleep 0.01; done; cat $d/devnum"});
    EXPECT_EQ(answer.code, 0);
    EXPECT_EQ(answer.text, "2\n3\n");
}

}  // namespace
}  // namespace singel::tests
