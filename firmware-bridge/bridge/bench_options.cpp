#include <charconv>
#include <cstdio>
#include <fmt/format.h>
#include <utility>

#include "firmware-bridge/bridge/command.hpp"

namespace singel::firmware_bridge::bridge {

namespace core = spectra::core;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds usual_replug{300};

// "2@1500": the second instrument, 1500 ms after the start.
core::Result<carriers::PlugChange> read_plug(const std::string& text, bool plugged, std::size_t devices) {
    std::size_t device = 0;
    unsigned at_ms = 0;
    const char* const end = text.data() + text.size();
    const auto [at, first] = std::from_chars(text.data(), end, device);
    const bool parted = first == std::errc() && at != end && *at == '@';
    const auto [rest, second] = std::from_chars(parted ? at + 1 : end, end, at_ms);
    const char* const option = plugged ? "--replug-at" : "--unplug-at";
    if (!parted || second != std::errc() || rest != end) {
        return core::failure(core::Fault::invalid_argument, fmt::format("\"{}\" is not understood", text), option,
                             "write it as INSTRUMENT@MS, for example 2@1500");
    }
    if (device < 1 || device > devices) {
        return core::failure(core::Fault::invalid_argument,
                             fmt::format("there is no instrument {} among {}", device, devices), option,
                             "instruments are counted from 1 in the order of --model");
    }
    return carriers::PlugChange{device - 1, milliseconds(at_ms), plugged};
}

}  // namespace

int complain(const core::Error& error) {
    fmt::print(stderr, "singel-bridge: {}\n", error.sentence());
    return core::person_can_act(error.fault) ? wrong_usage : device_failed;
}

void describe_bench(CLI::App& app, BenchWishes& wishes) {
    app.add_option("--model", wishes.models, "virtual instruments, separated by commas; see `singel-bridge models`")
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
    app.add_option("--speed", wishes.speed, "of the bus: high (the usual) or full")
        ->check(CLI::IsMember({"high", "full"}))
        ->type_name("SPEED");
    app.add_option("--unplug-at", wishes.unplugs, "pull the plug of the Nth instrument this long after the start")
        ->type_name("N@MS");
    app.add_option("--replug-at", wishes.replugs, "put the plug of the Nth instrument back")->type_name("N@MS");
    app.add_option("--unplug-after", wishes.unplug_after_ms, "as --unplug-at for the first instrument")
        ->check(CLI::NonNegativeNumber)
        ->type_name("MS");
    app.add_flag("--replug", wishes.replug, "an unplugged instrument comes back 300 ms later under a new address");
    app.add_option("--replug-after", wishes.replug_after_ms, "as --replug, after another time")
        ->check(CLI::NonNegativeNumber)
        ->type_name("MS");
    app.add_flag("--expect-laser-off", wishes.expect_laser_off,
                 "exit with 3 when a laser is still on after everything has ended");
}

core::Result<BenchPlan> plan_bench(BenchWishes& wishes) {
    wishes.bench.models = split_models(wishes.models);
    if (wishes.speed == "full") wishes.bench.speed = virtual_instrument::Speed::full;
    auto valid = validate(wishes.bench);
    if (!valid) return tl::unexpected(std::move(valid.error()));
    BenchPlan plan;
    if (wishes.unplug_after_ms >= 0) plan.plugs.push_back({0, milliseconds(wishes.unplug_after_ms), false});
    for (const auto& [texts, plugged] : {std::pair{&wishes.unplugs, false}, std::pair{&wishes.replugs, true}}) {
        for (const std::string& text : *texts) {
            auto change = read_plug(text, plugged, wishes.bench.models.size());
            if (!change) return tl::unexpected(std::move(change.error()));
            plan.plugs.push_back(*change);
        }
    }
    if (wishes.replug) plan.replug_after = usual_replug;
    if (wishes.replug_after_ms >= 0) plan.replug_after = milliseconds(wishes.replug_after_ms);
    return plan;
}

void LaserWatch::look(std::size_t index, const virtual_instrument::UsbDevice& device) {
    const auto laser = device.truth().laser;
    if (laser.enabled || laser.firing) lit_.push_back(wishes_.bench.models[index]);
}

int LaserWatch::judge(int code) const {
    for (const std::string& model : lit_) {
        fmt::print(stderr, "singel-bridge: everything has ended and the laser of {} is still on\n", model);
    }
    return wishes_.expect_laser_off && !lit_.empty() ? device_failed : code;
}

core::Result<void> require_program(const Invocation& invocation, const std::string& command) {
    if (!invocation.program.empty()) return {};
    return core::failure(core::Fault::invalid_argument, "no program to run", "singel-bridge " + command,
                         "write it after --, for example: singel-bridge run --model WP-785 -- lsusb");
}

}  // namespace singel::firmware_bridge::bridge
