#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "instrument/usb/enumerate.hpp"

// What the operating system knows of a device. Read from files: nothing is opened, claimed or sent.
namespace singel::instrument::usb {

// Where the system keeps it; tests bring their own.
struct SystemRoots {
    std::filesystem::path sysfs = "/sys", udev_data = "/run/udev/data", proc = "/proc";
    std::vector<std::filesystem::path> rules{"/etc/udev/rules.d", "/run/udev/rules.d", "/usr/local/lib/udev/rules.d",
                                             "/usr/lib/udev/rules.d", "/lib/udev/rules.d"};
};

struct SystemFacts {
    std::string kernel_driver;         // bound to interface 0; "usbfs": a program has claimed it; empty: none
    bool tagged = false;               // udev gave the device the tag "uaccess"
    std::vector<std::string> holders;  // programs of this user that have it open: "singel (4711)"
};
SystemFacts facts_of(const Attached& device, const SystemRoots& roots = {});

std::string bound_driver(const Attached& device, const SystemRoots& roots = {});  // SystemFacts::kernel_driver alone

enum class RuleState { missing, outdated, installed };

// Whether the system's own copy of the rule file says what it should.
RuleState rule_state(std::string_view file_name, std::string_view wanted, const SystemRoots& roots = {});

}  // namespace singel::instrument::usb
