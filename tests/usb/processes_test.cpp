#include <csignal>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/usb/spawned.hpp"

namespace singel::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const std::string loopback_carrier = SINGEL_LOOPBACK_CARRIER;

std::vector<std::string> carried(const std::string& script) {
    return {loopback_carrier, "--", "sh", "-c", script};
}

// A shell that says who it is, who keeps it and whom it started, and waits.
const std::string family = "sleep 1000 & echo $$; echo $PPID; echo $!; wait";

struct Family {
    explicit Family(Spawned& carrier)
        : program(std::stoi(carrier.read_line())),
          keeper(std::stoi(carrier.read_line())),
          grandchild(std::stoi(carrier.read_line())) {}
    pid_t program, keeper, grandchild;
};

TEST(CarriedProgram, HandsItsExitCodeOn) {
    EXPECT_EQ(Spawned(carried("exit 0")).exit_code(), 0);
    EXPECT_EQ(Spawned(carried("exit 7")).exit_code(), 7);
    EXPECT_EQ(Spawned(carried("kill -SEGV $$")).exit_code(), 128 + SIGSEGV);
}

TEST(CarriedProgram, GetsItsArgumentsUnchanged) {
    Spawned carrier({loopback_carrier, "--", "printf", "%s|", "--", "[a,b]", "", "c d"});
    EXPECT_EQ(carrier.read_rest(), "--|[a,b]||c d|");
    EXPECT_EQ(carrier.exit_code(), 0);
}

TEST(CarriedProgram, SeesTheBusItsOwnWay) {
    Spawned carrier(
        carried("test -n \"$UMOCKDEV_DIR\" && test -z \"$SINGEL_USBFS_ENTERED\" && "
                "cat /sys/bus/usb/devices/1-1/serial"));
    EXPECT_EQ(carrier.read_line(), "LOOP1");
    EXPECT_EQ(carrier.exit_code(), 0);
}

TEST(CarriedProgram, IsNamedWhenItCannotBeStarted) {
    Spawned missing({loopback_carrier, "--", "no-such-program-at-all"});
    EXPECT_THAT(missing.read_rest(), HasSubstr("no-such-program-at-all"));
    EXPECT_EQ(missing.exit_code(), 99);
    // Executable, and no program: the system refuses it only after the fork.
    const fs::path file = fs::temp_directory_path() / ("singel-no-program-" + std::to_string(getpid()));
    { Spawned({"sh", "-c", "printf 'nonsense' > " + file.string() + " && chmod +x " + file.string()}).exit_code(); }
    Spawned nonsense({loopback_carrier, "--", file.string()});
    EXPECT_THAT(nonsense.read_rest(), HasSubstr(file.string()));
    EXPECT_EQ(nonsense.exit_code(), 99);
    fs::remove(file);
}

TEST(CarriedProgram, ReceivesTheSignalsOfItsCarrier) {
    Spawned carrier(carried("trap 'exit 5' TERM; echo ready; while :; do sleep 0.05; done"));
    ASSERT_EQ(carrier.read_line(), "ready");
    carrier.send(SIGTERM);
    EXPECT_EQ(carrier.exit_code(), 5);
}

TEST(CarriedProgram, KilledLeavesNothingRunning) {
    Spawned carrier(carried(family));
    const Family processes(carrier);
    kill(processes.program, SIGKILL);
    ASSERT_TRUE(ends(processes.program));
    carrier.send(SIGTERM);  // does not wait for what is left
    EXPECT_EQ(carrier.exit_code(), 128 + SIGKILL);
    EXPECT_TRUE(ends(processes.grandchild));
    EXPECT_TRUE(ends(processes.keeper));
}

TEST(CarriedProgram, MayLeaveAProcessThatEndsByItself) {
    Spawned carrier(carried("(sleep 0.3; cat /sys/bus/usb/devices/1-1/serial) & exit 3"));
    EXPECT_EQ(carrier.read_line(), "LOOP1") << "the bus stays while somebody is there";
    EXPECT_EQ(carrier.exit_code(), 3);
}

TEST(Carrier, KilledLeavesNothingRunning) {
    Spawned carrier(carried(family));
    const Family processes(carrier);
    carrier.send(SIGKILL);
    EXPECT_EQ(carrier.exit_code(), 128 + SIGKILL);
    EXPECT_TRUE(ends(processes.program));
    EXPECT_TRUE(ends(processes.grandchild));
    EXPECT_TRUE(ends(processes.keeper));
}

TEST(Keeper, KilledLeavesNothingRunningAndIsReported) {
    Spawned carrier(carried(family));
    const Family processes(carrier);
    kill(processes.keeper, SIGKILL);
    EXPECT_EQ(carrier.exit_code(), 99);
    EXPECT_TRUE(ends(processes.program));
    EXPECT_TRUE(ends(processes.grandchild));
}

TEST(Carrier, LeavesNoFileBehind) {
    const fs::path folder = fs::temp_directory_path() / ("singel-carrier-" + std::to_string(getpid()));
    fs::create_directory(folder);
    EXPECT_EQ(Spawned(carried("ls \"$UMOCKDEV_DIR\""), {"TMPDIR=" + folder.string()}).exit_code(), 0);
    EXPECT_TRUE(fs::is_empty(folder));
    fs::remove_all(folder);
}

TEST(Carrier, NamesAFolderForTemporaryFilesThatItCannotUse) {
    Spawned carrier(carried("true"), {"TMPDIR=/no/such/folder"});
    EXPECT_THAT(carrier.read_rest(), HasSubstr("/no/such/folder"));
    EXPECT_EQ(carrier.exit_code(), 99);
}

TEST(Carrier, SaysWhatIsMissingWhenItCannotEnterTheBus) {
    // As where the library cannot be loaded: already started again, and still without it.
    Spawned carrier(carried("true"), {"SINGEL_USBFS_ENTERED=1"});
    EXPECT_THAT(carrier.read_rest(), HasSubstr("install umockdev"));
    EXPECT_EQ(carrier.exit_code(), 99);
}

}  // namespace
}  // namespace singel::tests
