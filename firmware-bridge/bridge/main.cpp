// singel-bridge: brings virtual instruments to programs that know nothing of them, and does service work at the
// border.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <fmt/format.h>
#include <string>
#include <string_view>

#include "firmware-bridge/bridge/command.hpp"
#include "firmware-bridge/virtual/instruments.hpp"

namespace {

namespace bridge = singel::firmware_bridge::bridge;
namespace core = singel::spectra::core;

int list_models() {
    for (const std::string& model : singel::firmware_bridge::virtual_instrument::models()) fmt::print("{}\n", model);
    return bridge::done;
}

void add_models(CLI::App& root, bridge::Invocation& invocation) {
    root.add_subcommand("models", "list the virtual instruments")->callback([&] { invocation.act = list_models; });
}

int work(int argc, char** argv) {
    // What follows -- belongs to the program, untouched.
    char** const end = argv + argc;
    char** const cut = std::find_if(argv, end, [](const char* word) { return std::string_view(word) == "--"; });

    bridge::Invocation invocation;
    invocation.argv = argv;
    if (cut != end) invocation.program.assign(cut + 1, end);
    CLI::App app("Brings virtual instruments to programs that know nothing of them.", "singel-bridge");
    app.set_version_flag("--version", SINGEL_VERSION);
    app.require_subcommand(1);
    add_models(app, invocation);
    bridge::add_run(app, invocation);
    bridge::add_usbip(app, invocation);
    bridge::add_record(app, invocation);
    bridge::add_replay(app, invocation);
    bridge::add_eeprom(app, invocation);
    bridge::add_firmware(app, invocation);
    try {
        app.parse(static_cast<int>(cut - argv), argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? bridge::done : bridge::wrong_usage;
    }
    return invocation.act();
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return work(argc, argv);
    } catch (const core::Failure& failure) {
        return bridge::complain(failure.error());
    } catch (const std::exception& error) {
        fmt::print(stderr, "singel-bridge: a fault of this program: {}\n", error.what());
        return bridge::own_bug;
    }
}
