#include <boost/asio/awaitable.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "acquisition/cli/command.hpp"
#include "acquisition/cli/instrument_view.hpp"
#include "acquisition/cli/output.hpp"
#include "instrument/known_models.hpp"

namespace singel::acquisition::cli {

namespace {

struct Options {
    OutputOptions output;
    bool open = false;
    bool known = false;
};

std::vector<instrument::Surveyed> attached_and_virtual(bool open) {
    auto all = look_at_the_bus(open ? instrument::Opening::free : instrument::Opening::none);
    for (instrument::Found& one : instrument::virtual_instruments()) all.emplace_back().found = std::move(one);
    return all;
}

int run(const Options& options) {
    if (options.known) {
        print(instrument::models_table());
        return 0;
    }
    const auto all = attached_and_virtual(options.open);
    if (options.output.style() == Style::text) {
        for (const auto& one : all) print(text_of(one));
        return 0;
    }
    auto list = nlohmann::ordered_json::array();
    for (const auto& one : all) list.push_back(json_of(one));
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
    command->add_flag(
        "--open", options->open,
        "Open each free instrument for its serial number and firmware: switches its laser off and sends "
        "it settings");
    command->add_flag("--known", options->known, "The models that this program knows, and how each was verified");
    command->add_flag("--json", options->output.json, "One JSON object on standard output");
    command->add_flag("--json-lines", options->output.json_lines, "One JSON object a line");
    on_call(command, options, chosen, run);
}

}  // namespace singel::acquisition::cli
