#include <cstdio>
#include <fmt/format.h>
#include <memory>
#include <utility>

#include "firmware-bridge/bridge/command.hpp"
#include "firmware-bridge/carriers/usbip.hpp"

// singel-bridge usbip: virtual instruments for a Linux that attaches them over USB/IP.
namespace singel::firmware_bridge::bridge {

namespace {

struct Wishes {
    BenchWishes bench;
    std::uint16_t port = wire::usbip::usual_port;
    bool ipv6 = false;
};

void announce(std::uint16_t port, bool ipv6) {
    fmt::print("{}\n", fmt::format("usbip {} port {}", ipv6 ? "::1" : "127.0.0.1", port));
    std::fflush(stdout);
}

int serve(Wishes& wishes) {
    auto plan = plan_bench(wishes.bench);
    if (!plan) return complain(plan.error());
    auto devices = set_up(wishes.bench.bench);
    if (!devices) return complain(devices.error());
    carriers::UsbipOptions options;
    options.loopback = wishes.ipv6 ? carriers::Loopback::ipv6 : carriers::Loopback::ipv4;
    options.port = wishes.port;
    options.plugs = std::move(plan->plugs);
    options.replug_after = plan->replug_after;
    options.dropped = [](const std::string& sentence) { fmt::print(stderr, "singel-bridge: {}\n", sentence); };
    LaserWatch lasers(wishes.bench);
    auto served = carriers::serve_usbip(
        std::move(*devices), options, [&](std::uint16_t port) { announce(port, wishes.ipv6); },
        [&](std::size_t index, const auto& device) { lasers.look(index, device); });
    return served ? lasers.judge(done) : complain(served.error());
}

}  // namespace

void add_usbip(CLI::App& root, Invocation& invocation) {
    CLI::App& app = *root.add_subcommand(
        "usbip", "export virtual instruments as USB/IP devices on this machine's loopback address");
    const auto wishes = std::make_shared<Wishes>();
    describe_bench(app, wishes->bench);
    app.get_option("--model")->required();
    app.add_option("--port", wishes->port, "to listen on; 0 takes any free one (3240 when left out)")->type_name("N");
    app.add_flag("--ipv6", wishes->ipv6, "listen on ::1 instead of 127.0.0.1");
    app.footer(
        "Prints one line when it listens, then serves until it gets SIGINT or SIGTERM. As root on a Linux with "
        "vhci-hcd: usbip --tcp-port N attach -r 127.0.0.1 -b 1-1");
    app.callback([wishes, &invocation] { invocation.act = [wishes] { return serve(*wishes); }; });
}

}  // namespace singel::firmware_bridge::bridge
