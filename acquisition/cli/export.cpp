#include "acquisition/records/export.hpp"

#include <cstdio>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "acquisition/cli/command.hpp"
#include "acquisition/cli/exit_code.hpp"
#include "acquisition/cli/output.hpp"
#include "acquisition/record_json.hpp"
#include "acquisition/records/store.hpp"
#include "spectra/core/result.hpp"

namespace singel::acquisition::cli {

namespace {

namespace core = spectra::core;

struct Options {
    std::string file, from, to, layout = "packed", store;
    bool simulated = false;
    bool json = false;
};

std::optional<std::chrono::year_month_day> day(const std::string& text) {
    if (text.empty()) return std::nullopt;
    return core::value_or_throw(day_from_text(text));
}

int run(const Options& options) {
    if (options.layout == "nexus")
        throw core::Failure(core::Fault::unsupported, "the nexus layout is not built yet", "--layout",
                            "Use --layout packed.");
    const records::ExportOptions wanted{day(options.from), day(options.to), options.simulated};
    const std::filesystem::path store = records::store_folder(options.store);
    const std::size_t samples = records::export_dataset(store, options.file, wanted);
    if (options.json) {
        const nlohmann::ordered_json result{{"samples", samples},
                                            {"file", samples > 0 ? nlohmann::ordered_json(options.file) : nullptr}};
        print(result.dump(2) + "\n");
    } else if (samples > 0) {
        print(fmt::format("{} samples written to {}\n", samples, options.file));
    }
    if (samples > 0) return exit_done;
    std::fprintf(stderr, "singel: there is nothing to export (%s).%s\n", store.c_str(),
                 options.simulated ? "" : " Simulated samples are exported with --simulated only.");
    return exit_no;
}

}  // namespace

void add_export(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("export", "Write the researchers' dataset");
    const auto options = std::make_shared<Options>();
    command->add_option("--out", options->file, "HDF5 file to write")->required();
    command->add_option("--from", options->from, "First day, 2026-11-24");
    command->add_option("--to", options->to, "Last day");
    command->add_option("--layout", options->layout, "packed or nexus")->check(CLI::IsMember({"packed", "nexus"}));
    command->add_flag("--simulated", options->simulated, "Simulated samples too, marked as such");
    command->add_option("--store", options->store, "Folder of the records");
    command->add_flag("--json", options->json, "One JSON object on standard output");
    on_call(command, options, chosen, run);
}

}  // namespace singel::acquisition::cli
