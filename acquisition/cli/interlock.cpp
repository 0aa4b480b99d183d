#include <boost/asio/awaitable.hpp>
#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>

#include "acquisition/cli/command.hpp"
#include "acquisition/cli/exit_code.hpp"
#include "acquisition/cli/instrument_options.hpp"
#include "acquisition/cli/output.hpp"
#include "acquisition/pipeline/open_instrument.hpp"
#include "acquisition/record_json.hpp"
#include "acquisition/records/claim_code.hpp"
#include "acquisition/records/store.hpp"
#include "acquisition/runtime/runtime.hpp"
#include "spectra/core/result.hpp"

// A technician's record of an interlock that the instrument cannot report.
namespace singel::acquisition::cli {

namespace {

namespace core = spectra::core;
using records::InterlockReason;
using records::InterlockRecord;
using records::Store;

struct Options {
    InstrumentChoice instrument;
    std::string model, serial;  // instead of asking the instrument
    InterlockReason reason = InterlockReason::compartment_switch;
    std::string staff, store;
    bool simulated = false, json = false;
};

struct Target {
    std::string model, serial;
    bool simulated = false;
};

// Opening switches the laser off; nothing else is done with the instrument.
boost::asio::awaitable<void> ask(Runtime& runtime, InstrumentChoice choice, Target& target) {
    const auto spectrometer = co_await pipeline::open_instrument(runtime, choice);
    const core::InstrumentIdentity identity = spectrometer->description().identity;
    target = {identity.model, identity.serial, identity.simulated};
    co_await spectrometer->close();
}

Target target_of(const Options& options) {
    if (!options.serial.empty()) return {options.model, options.serial, options.simulated};
    Runtime runtime(Runtime::Loop::caller);
    Target target;
    runtime.run(ask(runtime, options.instrument, target));
    return target;
}

int add(const Options& options) {
    const Target target = target_of(options);
    const InterlockRecord record{records::random_id(), target.model,   target.serial,
                                 records::today(),     options.reason, options.staff};
    Store store(records::store_folder(options.store), target.simulated, Store::Use::write);
    const auto before = store.interlocks();
    const bool withdrawal = records::withdraws(record.reason);
    if (withdrawal && !records::valid_interlock(before, record.model, record.serial, record.day))
        throw core::Failure(core::Fault::not_found, "there is no valid record of an interlock to withdraw",
                            record.model + " " + record.serial, "See `singel interlock list`.");
    store.add_interlock(record);
    print(fmt::format("{}{} {}: {} {}", target.simulated ? "SIMULATED - not a test. " : "", record.model,
                      record.serial, withdrawal ? "withdrawn," : "recorded,", records::name(record.reason)));
    print(withdrawal ? ".\n" : fmt::format("; counts until {}.\n", day_text(records::expires(record))));
    return exit_done;
}

nlohmann::ordered_json json_of(const InterlockRecord& record, bool valid) {
    return {{"id", record.id},
            {"model", record.model},
            {"serial", record.serial},
            {"day", day_text(record.day)},
            {"reason", records::name(record.reason)},
            {"staff", record.staff},
            {"expires", records::withdraws(record.reason) ? nlohmann::ordered_json(nullptr)
                                                          : nlohmann::ordered_json(day_text(expires(record)))},
            {"valid", valid}};
}

int list(const Options& options) {
    Store store(records::store_folder(options.store), options.simulated, Store::Use::read);
    const auto all = store.interlocks();
    auto list = nlohmann::ordered_json::array();
    std::string text;
    for (const InterlockRecord& one : all) {
        const auto valid = records::valid_interlock(all, one.model, one.serial, records::today());
        const bool counts = valid && valid->id == one.id;
        list.push_back(json_of(one, counts));
        text += fmt::format("{}  {:<18} {:<18} {:<20} {}\n", day_text(one.day), one.model, one.serial,
                            records::name(one.reason),
                            counts ? "counts until " + day_text(expires(one)) : "does not count");
    }
    print(options.json ? nlohmann::ordered_json{{"interlocks", list}}.dump(2) + "\n" : text);
    return exit_done;
}

void add_target(CLI::App& command, Options& options) {
    add_instrument_options(command, options.instrument);
    auto* serial = command.add_option("--serial", options.serial, "Instead of asking an attached instrument");
    auto* model = command.add_option("--model", options.model, "Its model, as `singel check --json` prints it");
    serial->needs(model);
    model->needs(serial);
    command.add_option("--staff", options.staff, "Token of the technician; never a name");
    command.add_option("--store", options.store, "Folder of the records");
}

void add_reason(CLI::App& command, Options& options, std::initializer_list<InterlockReason> reasons) {
    std::map<std::string, InterlockReason> words;
    for (const InterlockReason reason : reasons) words.emplace(records::name(reason), reason);
    command.add_option("--reason", options.reason, "What was seen")
        ->required()
        ->transform(CLI::CheckedTransformer(words));
}

}  // namespace

void add_interlock(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("interlock", "A technician's record of a laser's interlock");
    command->require_subcommand(1);
    auto* record = command->add_subcommand("record", "It was tried, and the light went out");
    const auto recorded = std::make_shared<Options>();
    add_target(*record, *recorded);
    add_reason(*record, *recorded, {InterlockReason::compartment_switch, InterlockReason::remote_interlock});
    on_call(record, recorded, chosen, add);

    auto* withdraw = command->add_subcommand("withdraw", "It no longer counts");
    const auto withdrawn = std::make_shared<Options>();
    add_target(*withdraw, *withdrawn);
    add_reason(*withdraw, *withdrawn, {InterlockReason::defect, InterlockReason::changed, InterlockReason::mistake});
    on_call(withdraw, withdrawn, chosen, add);

    auto* shown = command->add_subcommand("list", "What was recorded, and whether it counts");
    const auto listed = std::make_shared<Options>();
    shown->add_option("--store", listed->store, "Folder of the records");
    shown->add_flag("--simulated", listed->simulated, "Of virtual instruments");
    shown->add_flag("--json", listed->json, "One JSON object on standard output");
    on_call(shown, listed, chosen, list);
}

}  // namespace singel::acquisition::cli
