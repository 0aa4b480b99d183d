#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "acquisition/cli/card.hpp"
#include "acquisition/cli/command.hpp"
#include "acquisition/cli/exit_code.hpp"
#include "acquisition/cli/instrument_view.hpp"
#include "acquisition/cli/output.hpp"
#include "acquisition/device_errors.hpp"
#include "acquisition/record_json.hpp"
#include "acquisition/records/store.hpp"
#include "instrument/udev/rules.hpp"
#include "spectra/core/result.hpp"
#include "spectra/io/library_file.hpp"

namespace singel::acquisition::cli {

namespace {

namespace core = spectra::core;

struct Options {
    std::string store, library;
    bool json = false, open = false, udev_rules = false;
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

using Instruments = std::vector<instrument::Surveyed>;
using instrument::Access;

// A bare chip may be something else altogether: a problem only where nothing better is attached.
std::string instruments(Finding& finding, const Instruments& all) {
    std::size_t ours = 0;
    for (const auto& one : all) ours += one.found.access == Access::no_firmware ? 0 : 1;
    for (const auto& one : all) {
        const Access access = one.found.access;
        const bool well = access == Access::usable && !one.problem;
        if (well || (access == Access::no_firmware && ours > 0)) continue;
        finding.ok = false;
        finding.remedy = instrument::advice(one, instrument::udev_rule_state());
        if (access == Access::busy) return one.found.id + " is held by another program";
        if (access == Access::no_permission) return one.found.id + " may not be opened by this user";
        if (access == Access::no_firmware) return one.found.id + " is a chip that has lost its firmware";
        return one.found.id + " does not open: " + one.problem->sentence();
    }
    return ours == 0 ? "none attached" : fmt::format("{} attached", ours);
}

std::string bus() {
    return instrument::usb::on_emulated_bus() ? "emulated: every instrument on it is a virtual one" : "real";
}

// Missed only where an instrument is kept from this user; said in any case.
std::string udev_rule(Finding& finding, const Instruments& all) {
    const auto state = instrument::udev_rule_state();
    if (state == instrument::usb::RuleState::installed) return "installed";
    for (const auto& one : all) finding.ok = finding.ok && one.found.access != Access::no_permission;
    finding.remedy =
        "singel doctor --udev-rules | sudo tee /etc/udev/rules.d/60-singel.rules; sudo udevadm control "
        "--reload; sudo udevadm trigger";
    return state == instrument::usb::RuleState::missing ? "not installed" : "of another version of this program";
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

std::vector<Finding> examine(const Options& options, const Instruments& all) {
    std::vector<Finding> findings;
    findings.push_back(ask("bus", [](Finding&) { return bus(); }));
    findings.push_back(ask("instruments", [&](Finding& finding) { return instruments(finding, all); }));
    findings.push_back(ask("udev rule", [&](Finding& finding) { return udev_rule(finding, all); }));
    findings.push_back(ask("records", [&](Finding&) { return store(options.store); }));
    findings.push_back(ask("library", [&](Finding&) { return library(options.library); }));
    for (const std::string program : {"singel-card", "singel-laser-guard"})
        findings.push_back(ask(program, [&](Finding&) { return sister(program); }));
    return findings;
}

// A bus that cannot be listed is a finding like the others.
std::vector<Finding> examine(const Options& options, Instruments& all, std::vector<std::string>& errors) {
    Finding listing = ask("usb", [&](Finding&) {
        all = look_at_the_bus(options.open ? instrument::Opening::free : instrument::Opening::none);
        return std::string();
    });
    errors = device_errors(records::store_folder(options.store));
    std::vector<Finding> findings = examine(options, all);
    if (!listing.ok) findings.insert(findings.begin(), std::move(listing));
    return findings;
}

nlohmann::ordered_json report(const std::vector<Finding>& findings, const Instruments& all,
                              const std::vector<std::string>& errors) {
    auto checks = nlohmann::ordered_json::array();
    bool ok = true;
    for (const Finding& finding : findings) {
        ok = ok && finding.ok;
        checks.push_back(
            {{"name", finding.name}, {"ok", finding.ok}, {"what", finding.what}, {"remedy", finding.remedy}});
    }
    auto devices = nlohmann::ordered_json::array();
    for (const auto& one : all) devices.push_back(json_of(one));
    return {{"ok", ok},
            {"software", software_version()},
            {"checks", checks},
            {"instruments", devices},
            {"last_errors", errors}};
}

std::string text(const std::vector<Finding>& findings, const Instruments& all,
                 const std::vector<std::string>& errors) {
    std::string text = software_version() + "\n";
    for (const Finding& finding : findings) {
        text += fmt::format("{:<20} {:<8} {}\n", finding.name, finding.ok ? "fine" : "PROBLEM", finding.what);
        if (!finding.remedy.empty()) text += fmt::format("{:<29} {}\n", "", finding.remedy);
    }
    for (const auto& one : all) text += "\n" + text_of(one);
    if (!errors.empty()) text += "\nWhat instruments failed with lately\n";
    for (const std::string& error : errors) text += fmt::format("    {}\n", error);
    return text;
}

int run(const Options& options) {
    if (options.udev_rules) {
        print(instrument::udev_rules());
        return exit_done;
    }
    Instruments all;
    std::vector<std::string> errors;
    const std::vector<Finding> findings = examine(options, all, errors);
    print(options.json ? report(findings, all, errors).dump(2) + "\n" : text(findings, all, errors));
    return std::ranges::all_of(findings, &Finding::ok) ? exit_done : exit_no;
}

}  // namespace

void add_doctor(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("doctor", "What is wrong with this installation and how to mend it");
    const auto options = std::make_shared<Options>();
    command->add_option("--store", options->store, "Folder of the records");
    command->add_option("--library", options->library, "Library to look at");
    command->add_flag(
        "--open", options->open,
        "Open each free instrument for its serial number and firmware: switches its laser off and sends "
        "it settings. Without it nothing is sent to any instrument");
    command->add_flag("--udev-rules", options->udev_rules, "Print the udev rules of all known models, and no more");
    command->add_flag("--json", options->json, "One JSON object on standard output");
    on_call(command, options, chosen, run);
}

}  // namespace singel::acquisition::cli
