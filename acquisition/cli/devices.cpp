#include <boost/asio/awaitable.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "acquisition/cli/command.hpp"
#include "acquisition/cli/output.hpp"
#include "acquisition/runtime/runtime.hpp"
#include "instrument/discovery.hpp"

namespace singel::acquisition::cli {

namespace {

using instrument::Access;
using instrument::BusSpeed;
using instrument::Found;

struct Options {
    OutputOptions output;
};

boost::asio::awaitable<void> discover_into(std::vector<Found>& found) {
    found = co_await instrument::discover();
}

std::string_view speed(BusSpeed speed) {
    switch (speed) {
        case BusSpeed::full: return "full";
        case BusSpeed::high: return "high";
        case BusSpeed::super: return "super";
        case BusSpeed::unknown: break;
    }
    return "unknown";
}

nlohmann::ordered_json json_of(const Found& found) {
    return {{"id", found.id},
            {"family", found.family},
            {"model", found.model},
            {"serial", found.serial},
            {"speed", speed(found.speed)},
            {"permission", found.access == Access::no_permission ? "denied" : "granted"},
            {"state", found.access == Access::busy ? "busy" : "free"},
            {"link", spectra::core::name(found.link)},
            {"simulated", found.simulated},
            {"remedy", found.remedy}};
}

std::string_view access(Access access) {
    switch (access) {
        case Access::usable: return "usable";
        case Access::no_permission: return "no permission";
        case Access::busy: return "busy";
    }
    return {};
}

std::string line_of(const Found& found) {
    std::string line = fmt::format("{:<28} {:<12} {:<14} {:<14} {}", found.id, found.family, found.model,
                                   access(found.access), found.simulated ? "simulated" : "");
    while (line.ends_with(' ')) line.pop_back();
    if (!found.remedy.empty()) line += "\n    " + found.remedy;
    return line + "\n";
}

int run(const Options& options) {
    Runtime runtime(Runtime::Loop::caller);
    std::vector<Found> found;
    runtime.run(discover_into(found));
    if (options.output.style() == Style::text) {
        for (const Found& one : found) print(line_of(one));
        return 0;
    }
    auto list = nlohmann::ordered_json::array();
    for (const Found& one : found) list.push_back(json_of(one));
    if (options.output.style() == Style::json_lines) {
        for (const auto& one : list) print(one.dump() + "\n");
    } else {
        print(nlohmann::ordered_json{{"devices", list}}.dump(2) + "\n");
    }
    return 0;
}

}  // namespace

void add_devices(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("devices", "List instruments on the bus and virtual ones");
    const auto options = std::make_shared<Options>();
    command->add_flag("--json", options->output.json, "One JSON object on standard output");
    command->add_flag("--json-lines", options->output.json_lines, "One JSON object a line");
    on_call(command, options, chosen, run);
}

}  // namespace singel::acquisition::cli
