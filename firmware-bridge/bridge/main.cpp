// singel-bridge: brings virtual instruments to programs that know nothing of them.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "firmware-bridge/bridge/stage.hpp"
#include "firmware-bridge/carriers/usbfs.hpp"
#include "firmware-bridge/virtual/instruments.hpp"

namespace {

namespace bridge = singel::firmware_bridge::bridge;
namespace carriers = singel::firmware_bridge::carriers;
namespace core = singel::spectra::core;
using singel::firmware_bridge::virtual_instrument::UsbDevice;
using std::chrono::milliseconds;

// The exit codes of the command line's contract.
constexpr int done = 0, wrong_usage = 2, device_failed = 3, own_bug = 4;

constexpr milliseconds usual_replug{300};

struct Wishes {
    bridge::Bench bench;
    std::string models;
    int unplug_after_ms = -1, replug_after_ms = -1, claim_not_ready_ms = 0;
    bool replug = false, expect_laser_off = false;
    std::vector<std::string> command;
};

int complain(const core::Error& error) {
    fmt::print(stderr, "singel-bridge: {}\n", error.sentence());
    return core::person_can_act(error.fault) ? wrong_usage : device_failed;
}

carriers::UsbfsOptions bus_options(const Wishes& wishes) {
    carriers::UsbfsOptions options;
    options.claim_not_ready = milliseconds(wishes.claim_not_ready_ms);
    if (wishes.unplug_after_ms >= 0) options.unplug_after = milliseconds(wishes.unplug_after_ms);
    if (wishes.replug) options.replug_after = usual_replug;
    if (wishes.replug_after_ms >= 0) options.replug_after = milliseconds(wishes.replug_after_ms);
    return options;
}

int list_models() {
    for (const std::string& model : singel::firmware_bridge::virtual_instrument::models()) fmt::print("{}\n", model);
    return done;
}

// A laser that is on after everything has ended is worth a word whatever the program says of itself.
int judge_lasers(const std::vector<std::string>& lit, bool expect_laser_off, int code) {
    for (const std::string& model : lit) {
        fmt::print(stderr, "singel-bridge: the program has ended and the laser of {} is still on\n", model);
    }
    return expect_laser_off && !lit.empty() ? device_failed : code;
}

int run(Wishes& wishes, char** argv) {
    wishes.bench.models = bridge::split_models(wishes.models);
    if (wishes.command.empty()) {
        return complain({core::Fault::invalid_argument, "no program to run", "singel-bridge run",
                         "write it after --, for example: singel-bridge run --model WP-785 -- lsusb"});
    }
    auto valid = bridge::validate(wishes.bench);
    if (!valid) return complain(valid.error());
    auto entered = carriers::enter_usbfs(argv);
    if (!entered) return complain(entered.error());
    auto devices = bridge::set_up(wishes.bench);
    if (!devices) return complain(devices.error());
    std::vector<std::string> lit;
    carriers::UsbfsOptions options = bus_options(wishes);
    options.afterwards = [&](std::size_t index, const UsbDevice& device) {
        if (device.truth().laser.enabled || device.truth().laser.firing) lit.push_back(wishes.bench.models[index]);
    };
    auto code = carriers::run_on_usbfs(std::move(*devices), wishes.command, options);
    return code ? judge_lasers(lit, wishes.expect_laser_off, *code) : complain(code.error());
}

void describe_run(CLI::App& app, Wishes& wishes) {
    app.add_option("--model", wishes.models, "virtual instruments, separated by commas; see `singel-bridge models`")
        ->required()
        ->type_name("MODEL[,MODEL...]");
    app.add_option("--scene", wishes.bench.scene,
                   "what lies on the stage: a spectrum file, a mixture (caffeine:70,acetaminophen:30) or a lamp "
                   "(lamp:ne); nothing when left out")
        ->type_name("TEXT_OR_FILE");
    app.add_option("--library", wishes.bench.library,
                   "library that the scene's substances come from; the starter library when left out")
        ->type_name("LIB");
    app.add_option("--faults", wishes.bench.faults,
                   "what goes wrong in the first instrument: kind@exchange[:duration], separated by commas, for "
                   "example unplug@12,delay@3:500ms")
        ->type_name("TEXT");
    app.add_option("--seed", wishes.bench.seed, "of every random number: the same seed gives the same frames")
        ->type_name("N");
    app.add_option("--unplug-after", wishes.unplug_after_ms, "unplug the first instrument this long after the start")
        ->check(CLI::NonNegativeNumber)
        ->type_name("MS");
    app.add_flag("--replug", wishes.replug, "an unplugged instrument comes back 300 ms later under a new address");
    app.add_option("--replug-after", wishes.replug_after_ms, "as --replug, after another time")
        ->check(CLI::NonNegativeNumber)
        ->type_name("MS");
    app.add_option("--claim-not-ready", wishes.claim_not_ready_ms,
                   "refuse claims for this long after each plug, as a kernel that is still configuring may")
        ->check(CLI::NonNegativeNumber)
        ->type_name("MS");
    app.add_flag("--expect-laser-off", wishes.expect_laser_off,
                 "exit with 3 when a laser is still on after the program and all it started have ended");
    app.footer("Write the program and its arguments after --. Its exit code becomes the exit code.");
}

int work(int argc, char** argv) {
    // What follows -- belongs to the program, untouched.
    char** const end = argv + argc;
    char** const cut = std::find_if(argv, end, [](const char* word) { return std::string_view(word) == "--"; });

    Wishes wishes;
    if (cut != end) wishes.command.assign(cut + 1, end);
    CLI::App app("Brings virtual instruments to programs that know nothing of them.", "singel-bridge");
    app.set_version_flag("--version", SINGEL_VERSION);
    app.require_subcommand(1);
    CLI::App& models = *app.add_subcommand("models", "list the virtual instruments");
    describe_run(*app.add_subcommand("run", "run a program with virtual instruments on its USB bus"), wishes);
    try {
        app.parse(static_cast<int>(cut - argv), argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? done : wrong_usage;
    }
    return models.parsed() ? list_models() : run(wishes, argv);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return work(argc, argv);
    } catch (const core::Failure& failure) {
        return complain(failure.error());
    } catch (const std::exception& error) {
        fmt::print(stderr, "singel-bridge: a fault of this program: {}\n", error.what());
        return own_bug;
    }
}
