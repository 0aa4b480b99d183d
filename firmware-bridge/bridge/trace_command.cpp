#include <cstdio>
#include <fmt/format.h>
#include <memory>
#include <utility>

#include "firmware-bridge/bridge/command.hpp"
#include "firmware-bridge/bridge/trace_file.hpp"
#include "firmware-bridge/bridge/usbmon_reader.hpp"
#include "firmware-bridge/trace/player.hpp"
#include "firmware-bridge/trace/recorder.hpp"

// singel-bridge record and replay: traffic as a text that a user can send us.
namespace singel::firmware_bridge::bridge {

namespace core = spectra::core;

namespace {

struct RecordWishes {
    BenchWishes bench;
    std::string output;
    bool anonymous = false;
    unsigned bus = 0, device = 0, seconds = 0;
};

carriers::UsbfsOptions options_of(BenchPlan plan) {
    carriers::UsbfsOptions options;
    options.plugs = std::move(plan.plugs);
    options.replug_after = plan.replug_after;
    return options;
}

int report(TraceFile& file, const std::string& path, int code) {
    if (auto finished = file.finish(); !finished) return complain(finished.error());
    fmt::print(stderr, "singel-bridge: {} transfers recorded in {}\n", file.transfers(), path);
    return code;
}

int record_virtual(RecordWishes& wishes, const Invocation& invocation) {
    if (auto given = require_program(invocation, "record"); !given) return complain(given.error());
    auto plan = plan_bench(wishes.bench);
    if (!plan) return complain(plan.error());
    if (wishes.bench.bench.models.size() != 1) {
        return complain({core::Fault::invalid_argument, "a trace is of one instrument", "--model", "name one model"});
    }
    auto entered = carriers::enter_usbfs(invocation.argv);
    if (!entered) return complain(entered.error());
    auto devices = set_up(wishes.bench.bench);
    if (!devices) return complain(devices.error());
    trace::Header header{"virtual " + wishes.bench.models, true, false, devices->front()->descriptors()};
    TraceFile file(wishes.output, std::move(header), wishes.anonymous);
    bool ended = false;  // what the bus does to its devices at its own end is no traffic
    devices->front() = std::make_unique<trace::Recorder>(std::move(devices->front()), [&](const auto& what) {
        if (!ended) file.add(what);
    });
    LaserWatch lasers(wishes.bench);
    carriers::UsbfsOptions options = options_of(std::move(*plan));
    options.afterwards = [&](std::size_t index, const auto& device) {
        ended = true;
        lasers.look(index, device);
    };
    auto code = carriers::run_on_usbfs(std::move(*devices), invocation.program, options);
    return report(file, wishes.output, code ? lasers.judge(*code) : complain(code.error()));
}

int record_real(const RecordWishes& wishes) {
    auto header = describe_attached(wishes.bus, wishes.device);
    if (!header) return complain(header.error());
    TraceFile file(wishes.output, std::move(*header), wishes.anonymous);
    UsbmonRecording recording{wishes.bus, wishes.device, std::nullopt};
    if (wishes.seconds > 0) recording.at_most = std::chrono::seconds(wishes.seconds);
    auto cut = record_usbmon(recording, [&file](const trace::Transfer& transfer) { file.add(transfer); });
    if (cut && *cut > 0) fmt::print(stderr, "singel-bridge: {} transfers were too long and are cut\n", *cut);
    return report(file, wishes.output, cut ? done : complain(cut.error()));
}

int record(RecordWishes& wishes, const Invocation& invocation) {
    const bool real = wishes.bus > 0 || wishes.device > 0;
    if (real == !wishes.bench.models.empty() || (wishes.bus > 0) != (wishes.device > 0)) {
        return complain({core::Fault::invalid_argument, "nothing to record, or too much", "singel-bridge record",
                         "name a virtual instrument (--model) or a real one (--bus and --device)"});
    }
    return real ? record_real(wishes) : record_virtual(wishes, invocation);
}

int replay(const std::string& path, const Invocation& invocation) {
    if (auto given = require_program(invocation, "replay"); !given) return complain(given.error());
    auto trace = read_trace(path);
    if (!trace) return complain(trace.error());
    auto entered = carriers::enter_usbfs(invocation.argv);
    if (!entered) return complain(entered.error());
    auto player = std::make_unique<trace::Player>(std::move(*trace), path, [](const std::string& sentence) {
        fmt::print(stderr, "singel-bridge: {}\n", sentence);
    });
    std::size_t played = 0, repeated = 0, mismatches = 0;
    carriers::UsbfsOptions options;
    options.afterwards = [&, watched = player.get()](std::size_t, const auto&) {
        played = watched->played();
        repeated = watched->repeated();
        mismatches = watched->mismatches();
    };
    const std::size_t all = player->transfers();
    Devices devices;
    devices.push_back(std::move(player));
    auto code = carriers::run_on_usbfs(std::move(devices), invocation.program, options);
    if (!code) return complain(code.error());
    fmt::print(stderr, "singel-bridge: {} of {} transfers replayed, {} answers repeated, {} mismatches\n", played,
               all, repeated, mismatches);
    return *code == done && mismatches > 0 ? answered_no : *code;
}

}  // namespace

void add_record(CLI::App& root, Invocation& invocation) {
    CLI::App& app = *root.add_subcommand("record", "write the traffic of an instrument to a trace");
    const auto wishes = std::make_shared<RecordWishes>();
    app.add_option("-o,--output", wishes->output, "the trace")->required()->type_name("FILE");
    app.add_flag("--anonymous", wishes->anonymous, "blank the instrument's serial number wherever it stands");
    app.add_option("--bus", wishes->bus, "of a real device, as lsusb numbers it")->type_name("N");
    app.add_option("--device", wishes->device, "on that bus")->type_name("M");
    app.add_option("--seconds", wishes->seconds, "record a real device for so long; until Ctrl-C when left out")
        ->type_name("S");
    describe_bench(app, wishes->bench);
    app.footer(
        "Virtual: record -o FILE --model MODEL -- PROGRAM. Real, as root: record -o FILE --bus N --device M, while "
        "any program uses the device.");
    app.callback(
        [wishes, &invocation] { invocation.act = [wishes, &invocation] { return record(*wishes, invocation); }; });
}

void add_replay(CLI::App& root, Invocation& invocation) {
    CLI::App& app = *root.add_subcommand("replay", "run a program with a recorded instrument on its USB bus");
    const auto path = std::make_shared<std::string>();
    app.add_option("TRACE", *path, "made by singel-bridge record")->required();
    app.footer(
        "Exits with the program's code, or with 1 where the program asked for anything that was not recorded.");
    app.callback([path, &invocation] { invocation.act = [path, &invocation] { return replay(*path, invocation); }; });
}

}  // namespace singel::firmware_bridge::bridge
