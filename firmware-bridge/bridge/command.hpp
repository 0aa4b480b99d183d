#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "firmware-bridge/bridge/stage.hpp"
#include "firmware-bridge/carriers/plug_schedule.hpp"
#include "firmware-bridge/carriers/usbfs.hpp"
#include "firmware-bridge/virtual/device.hpp"
#include "spectra/core/result.hpp"

// What the commands of singel-bridge have in common. A command adds itself to the program's options; when the person
// asked for it, it leaves in Invocation::act what is to be done.
namespace singel::firmware_bridge::bridge {

// The exit codes of the command line's contract.
inline constexpr int done = 0, answered_no = 1, wrong_usage = 2, device_failed = 3, own_bug = 4;

struct Invocation {
    char** argv = nullptr;             // as main got it, for a process that starts itself again
    std::vector<std::string> program;  // what stands after --, untouched
    std::function<int()> act;          // the exit code
};

// The error on standard error; the exit code that it stands for.
int complain(const spectra::core::Error& error);

// Options about the bench and what happens to its plugs.
struct BenchWishes {
    Bench bench;
    std::string models, speed;
    std::vector<std::string> unplugs, replugs;  // "2@1500"
    int unplug_after_ms = -1, replug_after_ms = -1;
    bool replug = false, expect_laser_off = false;
};
void describe_bench(CLI::App& app, BenchWishes& wishes);

struct BenchPlan {
    std::vector<carriers::PlugChange> plugs;
    std::optional<std::chrono::milliseconds> replug_after;
};
// Fills in wishes.bench and checks all that can be checked without reading a file.
spectra::core::Result<BenchPlan> plan_bench(BenchWishes& wishes);

// Lasers that were found on when everything had ended: a word for each on standard error.
class LaserWatch {
public:
    explicit LaserWatch(const BenchWishes& wishes) : wishes_(wishes) {}
    void look(std::size_t index, const virtual_instrument::UsbDevice& device);
    int judge(int code) const;  // code, or device_failed where the person expected every laser off

private:
    const BenchWishes& wishes_;
    std::vector<std::string> lit_;
};

using Devices = std::vector<std::unique_ptr<virtual_instrument::UsbDevice>>;

// Refuses where no program stands after --.
spectra::core::Result<void> require_program(const Invocation& invocation, const std::string& command);

void add_run(CLI::App& root, Invocation& invocation);
void add_usbip(CLI::App& root, Invocation& invocation);
void add_record(CLI::App& root, Invocation& invocation);
void add_replay(CLI::App& root, Invocation& invocation);
void add_eeprom(CLI::App& root, Invocation& invocation);
void add_firmware(CLI::App& root, Invocation& invocation);

}  // namespace singel::firmware_bridge::bridge
