#include "instrument/usb/system.hpp"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "instrument/survey.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using usb::RuleState;

// A system of files in a folder of its own.
class SystemFiles : public testing::Test {
protected:
    SystemFiles() {
        roots_.sysfs = folder_ / "sys";
        roots_.udev_data = folder_ / "data";
        roots_.proc = folder_ / "proc";
        roots_.rules = {folder_ / "etc", folder_ / "lib"};
        for (const char* name : {"sys/bus/usb/devices/1-4.2:1.0", "sys/bus/usb/drivers/usbhid", "data", "proc/12/fd",
                                 "proc/self/fd", "etc", "lib"})
            fs::create_directories(folder_ / name);
    }
    ~SystemFiles() override { fs::remove_all(folder_); }
    void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }

    const fs::path folder_ = fs::temp_directory_path() / ("singel-system-" + std::to_string(getpid()));
    usb::SystemRoots roots_;
    const usb::Attached device_{{2, 7}, 0x2457, 0x101E, BusSpeed::high, "1-4.2"};
};

TEST_F(SystemFiles, SayWhichKernelDriverIsBound) {
    EXPECT_EQ(usb::facts_of(device_, roots_).kernel_driver, "");
    fs::create_directory_symlink(folder_ / "sys/bus/usb/drivers/usbhid",
                                 folder_ / "sys/bus/usb/devices/1-4.2:1.0/driver");
    EXPECT_EQ(usb::facts_of(device_, roots_).kernel_driver, "usbhid");
}

TEST_F(SystemFiles, SayWhetherUdevTaggedTheDevice) {
    write("data/c189:134", "I:1\nE:ID_BUS=usb\nG:seat\n");
    EXPECT_FALSE(usb::facts_of(device_, roots_).tagged);
    write("data/c189:134", "I:1\nG:uaccess\nG:seat\n");
    EXPECT_TRUE(usb::facts_of(device_, roots_).tagged) << "bus 2, device 7: minor 128 + 6";
}

TEST_F(SystemFiles, NameTheProgramsThatHoldTheDevice) {
    write("proc/12/comm", "OceanView\n");
    fs::create_symlink("/dev/bus/usb/002/008", folder_ / "proc/12/fd/3");
    EXPECT_TRUE(usb::facts_of(device_, roots_).holders.empty());
    fs::create_symlink("/dev/bus/usb/002/007", folder_ / "proc/12/fd/4");
    EXPECT_THAT(usb::facts_of(device_, roots_).holders, ElementsAre("OceanView (12)"));
}

TEST_F(SystemFiles, SayWhetherTheRuleIsThereAndOurs) {
    EXPECT_EQ(usb::rule_state("60-singel.rules", "new", roots_), RuleState::missing);
    write("lib/60-singel.rules", "new");
    EXPECT_EQ(usb::rule_state("60-singel.rules", "new", roots_), RuleState::installed);
    write("etc/60-singel.rules", "old");
    EXPECT_EQ(usb::rule_state("60-singel.rules", "new", roots_), RuleState::outdated) << "the first folder wins";
}

Surveyed seen(Access access) {
    Surveyed one;
    one.found.access = access;
    one.found.speed = BusSpeed::high;
    return one;
}

TEST(Advice, SaysWhatToDoAboutEachThingThatIsWrong) {
    EXPECT_EQ(advice(seen(Access::usable), RuleState::installed), "Nothing to do.");
    EXPECT_THAT(advice(seen(Access::no_permission), RuleState::missing), HasSubstr("--udev-rules"));
    EXPECT_THAT(advice(seen(Access::no_permission), RuleState::outdated), HasSubstr("--udev-rules"));
    EXPECT_THAT(advice(seen(Access::no_permission), RuleState::installed), HasSubstr("plug it in again"));
    Surveyed remote = seen(Access::no_permission);
    remote.system.tagged = true;
    EXPECT_THAT(advice(remote, RuleState::installed), HasSubstr("Sit at this machine"));
    Surveyed busy = seen(Access::busy);
    EXPECT_THAT(advice(busy, RuleState::installed), HasSubstr("other program"));
    busy.system.holders = {"OceanView (12)"};
    EXPECT_THAT(advice(busy, RuleState::installed), HasSubstr("OceanView (12)"));
    EXPECT_THAT(advice(seen(Access::no_firmware), RuleState::installed), HasSubstr("lost its firmware"));
    Surveyed slow = seen(Access::usable);
    slow.found.speed = BusSpeed::full;
    EXPECT_THAT(advice(slow, RuleState::installed), HasSubstr("full speed"));
    Surveyed broken = seen(Access::usable);
    broken.problem = core::Error{core::Fault::timed_out, "no answer", "", "Switch it on."};
    EXPECT_EQ(advice(broken, RuleState::installed), "Switch it on.");
}

}  // namespace
}  // namespace singel::instrument
