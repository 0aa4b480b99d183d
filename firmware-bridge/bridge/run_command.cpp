#include <memory>
#include <utility>

#include "firmware-bridge/bridge/command.hpp"

// singel-bridge run: a program with virtual instruments on its USB bus.
namespace singel::firmware_bridge::bridge {

namespace {

struct Wishes {
    BenchWishes bench;
    int claim_not_ready_ms = 0;
};

int run(Wishes& wishes, const Invocation& invocation) {
    if (auto given = require_program(invocation, "run"); !given) return complain(given.error());
    auto plan = plan_bench(wishes.bench);
    if (!plan) return complain(plan.error());
    auto entered = carriers::enter_usbfs(invocation.argv);
    if (!entered) return complain(entered.error());
    auto devices = set_up(wishes.bench.bench);
    if (!devices) return complain(devices.error());
    LaserWatch lasers(wishes.bench);
    carriers::UsbfsOptions options;
    options.claim_not_ready = std::chrono::milliseconds(wishes.claim_not_ready_ms);
    options.plugs = std::move(plan->plugs);
    options.replug_after = plan->replug_after;
    options.afterwards = [&](std::size_t index, const auto& device) { lasers.look(index, device); };
    auto code = carriers::run_on_usbfs(std::move(*devices), invocation.program, options);
    return code ? lasers.judge(*code) : complain(code.error());
}

}  // namespace

void add_run(CLI::App& root, Invocation& invocation) {
    CLI::App& app = *root.add_subcommand("run", "run a program with virtual instruments on its USB bus");
    const auto wishes = std::make_shared<Wishes>();
    describe_bench(app, wishes->bench);
    app.get_option("--model")->required();
    app.add_option("--claim-not-ready", wishes->claim_not_ready_ms,
                   "refuse claims for this long after each plug, as a kernel that is still configuring may")
        ->check(CLI::NonNegativeNumber)
        ->type_name("MS");
    app.footer("Write the program and its arguments after --. Its exit code becomes the exit code.");
    app.callback(
        [wishes, &invocation] { invocation.act = [wishes, &invocation] { return run(*wishes, invocation); }; });
}

}  // namespace singel::firmware_bridge::bridge
