#include <boost/asio/awaitable.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "acquisition/cli/card.hpp"
#include "acquisition/cli/command.hpp"
#include "acquisition/cli/exit_code.hpp"
#include "acquisition/cli/output.hpp"
#include "acquisition/record_json.hpp"
#include "acquisition/records/store.hpp"
#include "acquisition/runtime/runtime.hpp"
#include "instrument/discovery.hpp"
#include "spectra/core/result.hpp"
#include "spectra/io/library_file.hpp"

namespace singel::acquisition::cli {

namespace {

namespace core = spectra::core;

struct Options {
    std::string store, library;
    bool json = false;
};

struct Finding {
    std::string name;
    bool ok = true;
    std::string what, remedy;
};

// What a check needs from this machine, each asked in the way in which a check would use it.
template <class Question>
Finding ask(std::string name, Question question) {
    Finding finding{std::move(name), true, {}, {}};
    try {
        finding.what = question(finding);
    } catch (const core::Failure& failure) {
        const core::Error& error = failure.error();
        finding = {finding.name, false, error.where.empty() ? error.what : error.what + " (" + error.where + ")",
                   error.remedy};
    }
    return finding;
}

boost::asio::awaitable<void> discover_into(std::vector<instrument::Found>& found) {
    found = co_await instrument::discover(false);
}

std::string instruments(Finding& finding) {
    Runtime runtime(Runtime::Loop::caller, 1);
    std::vector<instrument::Found> found;
    runtime.run(discover_into(found));
    for (const auto& one : found) {
        if (one.access == instrument::Access::usable) continue;
        finding.ok = false;
        finding.remedy = one.remedy;
        return one.id + (one.access == instrument::Access::busy ? " is held by another program"
                                                                : " may not be opened by this user");
    }
    return found.empty() ? "none attached" : fmt::format("{} attached", found.size());
}

std::string store(const std::string& chosen) {
    const std::filesystem::path folder = records::store_folder(chosen);
    std::size_t samples = 0;
    for (const bool simulated : {false, true}) {
        records::Store store(folder, simulated, records::Store::Use::write);
        if (!simulated) samples = store.size();
    }
    const records::Reservation room(folder, records::space_for(16, 2048));
    return fmt::format("{} samples in {}", samples, folder.string());
}

std::string library(const std::string& file) {
    const auto references =
        file.empty() ? spectra::io::starter_library() : core::value_or_throw(spectra::io::open_library(file));
    return fmt::format("{} references", references.references.size());
}

std::string sister(const std::string& program) {
    const auto file = program_folder() / program;
    if (::access(file.c_str(), X_OK) != 0)
        throw core::Failure(core::Fault::not_found, "not there, or not executable", file.string(),
                            "Install or build Singel again.");
    return file.string();
}

std::vector<Finding> examine(const Options& options) {
    std::vector<Finding> findings;
    findings.push_back(ask("instruments", instruments));
    findings.push_back(ask("records", [&](Finding&) { return store(options.store); }));
    findings.push_back(ask("library", [&](Finding&) { return library(options.library); }));
    for (const std::string program : {"singel-card", "singel-laser-guard"})
        findings.push_back(ask(program, [&](Finding&) { return sister(program); }));
    return findings;
}

int run(const Options& options) {
    const std::vector<Finding> findings = examine(options);
    bool ok = true;
    auto list = nlohmann::ordered_json::array();
    std::string text = software_version() + "\n";
    for (const Finding& finding : findings) {
        ok = ok && finding.ok;
        list.push_back(
            {{"name", finding.name}, {"ok", finding.ok}, {"what", finding.what}, {"remedy", finding.remedy}});
        text += fmt::format("{:<20} {:<8} {}\n", finding.name, finding.ok ? "fine" : "PROBLEM", finding.what);
        if (!finding.remedy.empty()) text += fmt::format("{:<29} {}\n", "", finding.remedy);
    }
    if (options.json) {
        const nlohmann::ordered_json report{{"ok", ok}, {"software", software_version()}, {"checks", list}};
        print(report.dump(2) + "\n");
    } else {
        print(text);
    }
    return ok ? exit_done : exit_no;
}

}  // namespace

void add_doctor(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("doctor", "What is wrong with this installation and how to mend it");
    const auto options = std::make_shared<Options>();
    command->add_option("--store", options->store, "Folder of the records");
    command->add_option("--library", options->library, "Library to look at");
    command->add_flag("--json", options->json, "One JSON object on standard output");
    on_call(command, options, chosen, run);
}

}  // namespace singel::acquisition::cli
