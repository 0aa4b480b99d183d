#include <cstdio>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "acquisition/cli/command.hpp"
#include "acquisition/cli/exit_code.hpp"
#include "acquisition/cli/output.hpp"
#include "spectra/core/result.hpp"
#include "spectra/io/library_file.hpp"
#include "spectra/io/library_import.hpp"

namespace singel::acquisition::cli {

namespace {

namespace core = spectra::core;
namespace io = spectra::io;
using Json = nlohmann::ordered_json;

struct Options {
    std::vector<std::string> sources;
    std::string library;
    std::vector<std::string> watch;
    std::string technique;
    std::string licence;
    bool json = false;
};

void print_object(const Json& object) {
    print(object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

io::ImportOptions import_options(const Options& options) {
    io::ImportOptions import;
    import.licence = options.licence;
    if (!options.technique.empty()) import.technique = core::technique_named(options.technique);
    for (const std::string& name : options.watch) {
        if (name == "all") {
            import.watch_all = true;
        } else {
            import.watched.push_back(name);
        }
    }
    return import;
}

int run_import(const Options& options) {
    const std::vector<std::filesystem::path> sources(options.sources.begin(), options.sources.end());
    const io::Import import = core::value_or_throw(io::import_library(sources, import_options(options)));
    for (const core::Error& refused : import.refused)
        std::fprintf(stderr, "singel: left out: %s\n", refused.sentence().c_str());
    for (const std::string& warning : import.warnings) std::fprintf(stderr, "singel: note: %s\n", warning.c_str());
    core::value_or_throw(io::write_library(options.library, import.references));
    const std::size_t count = import.references.references.size();
    if (options.json) {
        Json refused = Json::array();
        for (const core::Error& error : import.refused) refused.push_back(error.sentence());
        print_object({{"library", options.library},
                      {"id", import.references.id},
                      {"references", count},
                      {"refused", refused},
                      {"warnings", import.warnings}});
    } else {
        print(
            fmt::format("{} references written to {}, {} left out\n", count, options.library, import.refused.size()));
    }
    return exit_done;
}

core::ReferenceSet open(const std::string& file) {
    return file.empty() ? io::starter_library() : core::value_or_throw(io::open_library(file));
}

int run_list(const Options& options) {
    const core::ReferenceSet set = open(options.library);
    const std::string_view unit = core::unit(set.axis.kind());
    const bool in_nm = unit == "nm";
    Json list = Json::array();
    std::string text =
        fmt::format("{} references, {}, library {}\n", set.references.size(), core::name(set.technique), set.id);
    for (const core::Reference& reference : set.references) {
        const auto& substance = reference.substance;
        const double low = set.axis[reference.first], high = set.axis[std::max<std::size_t>(reference.last, 1) - 1];
        list.push_back({{"name", substance.name},
                        {"form", reference.form},
                        {"class", substance.substance_class},
                        {"role", substance.role},
                        {"cas", substance.cas},
                        {"synonyms", substance.synonyms},
                        {"origin", core::name(reference.origin)},
                        {"watched", reference.watched},
                        {in_nm ? "low_nm" : "low_cm1", low},
                        {in_nm ? "high_nm" : "high_cm1", high},
                        {"source", reference.source},
                        {"licence", reference.licence}});
        text += fmt::format("{:<32} {:<14} {:<12} {:5.0f} to {:5.0f} {}  {}\n", substance.name, reference.form,
                            core::name(reference.origin), low, high, unit, reference.source);
    }
    if (options.json) {
        print_object({{"id", set.id}, {"technique", core::name(set.technique)}, {"references", list}});
    } else {
        print(text);
    }
    return exit_done;
}

int run_verify(const Options& options) {
    core::value_or_throw(io::verify_library(options.library));
    if (options.json) {
        print_object({{"library", options.library}, {"whole", true}});
    } else {
        print(fmt::format("{} is whole\n", options.library));
    }
    return exit_done;
}

void watch_option(CLI::App& command, Options& options) {
    command.add_option("--watch", options.watch, "Substance that every result must speak about, or all")
        ->delimiter(',');
}

void add_import(CLI::App& group, Chosen& chosen) {
    auto* command = group.add_subcommand("import", "Make a library from files and folders of spectra");
    const auto options = std::make_shared<Options>();
    command->add_option("SRC", options->sources, "Files and folders")->required();
    command->add_option("-o,--output", options->library, "Library file to write")->required();
    command->add_option("--technique", options->technique, "raman or infrared, where the files do not say")
        ->check(CLI::IsMember({"raman", "infrared", "near_infrared"}));
    command->add_option("--licence", options->licence, "Of all references");
    watch_option(*command, *options);
    command->add_flag("--json", options->json, "One JSON object on standard output");
    on_call(command, options, chosen, run_import);
}

}  // namespace

void add_library(CLI::App& app, Chosen& chosen) {
    auto* group = app.add_subcommand("library", "Make and keep reference libraries");
    group->require_subcommand(1);
    add_import(*group, chosen);
    add_learn(*group, chosen);
    auto* list = group->add_subcommand("list", "What a library holds");
    const auto list_options = std::make_shared<Options>();
    list->add_option("LIB", list_options->library, "Library file; without it the starter library");
    list->add_flag("--json", list_options->json, "One JSON object on standard output");
    on_call(list, list_options, chosen, run_list);
    auto* verify = group->add_subcommand("verify", "Check every byte of a library");
    const auto verify_options = std::make_shared<Options>();
    verify->add_option("LIB", verify_options->library, "Library file")->required();
    verify->add_flag("--json", verify_options->json, "One JSON object on standard output");
    on_call(verify, verify_options, chosen, run_verify);
}

}  // namespace singel::acquisition::cli
