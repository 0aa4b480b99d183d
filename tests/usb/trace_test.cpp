#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>
#include <unistd.h>

#include "tests/usb/spawned.hpp"

namespace singel::tests {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr int done = 0, wrong_usage = 2;
const std::string bridge = std::string(SINGEL_BIN_DIR) + "/singel-bridge";

class RecordAndReplay : public testing::Test {
protected:
    RecordAndReplay() { fs::create_directory(folder_); }
    ~RecordAndReplay() override { fs::remove_all(folder_); }

    struct Answer {
        std::optional<int> code;
        std::string text;
    };
    static Answer run(std::vector<std::string> command) {
        command.insert(command.begin(), bridge);
        Spawned program(std::move(command));
        Answer answer;
        answer.text = program.read_rest();
        answer.code = program.exit_code();
        return answer;
    }
    std::string path(const char* name) const { return (folder_ / name).string(); }
    static std::vector<std::string> capture(const std::string& output, const char* frames = "3") {
        return {"--",      std::string(SINGEL_BIN_DIR) + "/singel",
                "capture", "--frames",
                frames,    "--dark-frames",
                "2",       "--integration-ms",
                "20",      "-o",
                output};
    }
    Answer record(const std::string& model, std::vector<std::string> options = {}) {
        std::vector<std::string> command{"record", "-o", path("trace"), "--model", model, "--scene", "lamp:ne"};
        command.insert(command.end(), options.begin(), options.end());
        const auto program = capture(path("recorded.csv"));
        command.insert(command.end(), program.begin(), program.end());
        return run(command);
    }
    Answer replay(const std::vector<std::string>& program) {
        std::vector<std::string> command{"replay", path("trace")};
        command.insert(command.end(), program.begin(), program.end());
        return run(command);
    }
    static std::string read(const std::string& name) {
        std::ifstream file(name);
        std::ostringstream text;
        text << file.rdbuf();
        return text.str();
    }

    fs::path folder_ = fs::temp_directory_path() / ("singel-trace-" + std::to_string(getpid()));
};

TEST_F(RecordAndReplay, GiveAProgramTheSameResultOnceMore) {
    for (const char* model : {"USB2000+", "WP-785"}) {
        ASSERT_EQ(record(model).code, done) << model;
        const Answer again = replay(capture(path("replayed.csv")));
        EXPECT_EQ(again.code, done) << again.text;
        EXPECT_THAT(again.text, HasSubstr("0 mismatches"));
        EXPECT_FALSE(read(path("recorded.csv")).empty());
        EXPECT_EQ(read(path("recorded.csv")), read(path("replayed.csv"))) << model;
    }
}

TEST_F(RecordAndReplay, LeaveNoSerialNumberInAnAnonymousTrace) {
    ASSERT_EQ(record("USB2000+", {"--anonymous"}).code, done);
    const std::string text = read(path("trace"));
    EXPECT_THAT(text, AllOf(HasSubstr("anonymous yes"), Not(HasSubstr("VIRTUAL-USB2P")),
                            Not(HasSubstr("5649525455414c2d5553423250"))));  // the same in hex
    EXPECT_EQ(replay(capture(path("replayed.csv"))).code, done);
}

TEST_F(RecordAndReplay, NameTheLineWhereAnotherProgramDiffers) {
    ASSERT_EQ(record("USB2000+").code, done);
    const Answer other = replay(capture(path("replayed.csv"), "9"));
    EXPECT_NE(other.code, done);
    EXPECT_THAT(other.text, AllOf(HasSubstr(path("trace")), HasSubstr("expected")));
}

TEST_F(RecordAndReplay, RefuseWhatIsNoTrace) {
    std::ofstream(path("trace")) << "singel-trace 1\nsource x\nnonsense\n";
    const Answer answer = replay({"--", "true"});
    EXPECT_EQ(answer.code, wrong_usage);
    EXPECT_THAT(answer.text, HasSubstr("line 3"));
    EXPECT_EQ(run({"replay", path("none"), "--", "true"}).code, wrong_usage);
    EXPECT_EQ(run({"replay", path("trace")}).code, wrong_usage) << "no program";
}

TEST_F(RecordAndReplay, SayWhatIsMissingForARealDevice) {
    const Answer answer = run({"record", "-o", path("trace"), "--bus", "250", "--device", "99"});
    EXPECT_EQ(answer.code, wrong_usage);
    EXPECT_THAT(answer.text, HasSubstr("bus 250 device 99"));
    EXPECT_EQ(run({"record", "-o", path("trace")}).code, wrong_usage) << "nothing named";
    EXPECT_EQ(run({"record", "-o", path("trace"), "--bus", "1"}).code, wrong_usage) << "half a place";
    EXPECT_EQ(run({"record", "-o", path("trace"), "--model", "WP-785,USB2000+", "--", "true"}).code, wrong_usage);
    EXPECT_EQ(run({"record", "-o", "/no/such/folder/x", "--model", "WP-785", "--", "true"}).code != done, true);
}

}  // namespace
}  // namespace singel::tests
