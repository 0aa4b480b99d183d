#include <chrono>
#include <cstdio>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <memory>
#include <utility>

#include "firmware-bridge/bridge/command.hpp"
#include "firmware-bridge/bridge/restore.hpp"
#include "instrument/signal.hpp"

// singel-bridge eeprom: an instrument's memory kept, compared and put back.
namespace singel::firmware_bridge::bridge {

namespace asio = boost::asio;
namespace core = spectra::core;

namespace {

struct Wishes {
    std::string device, file, keep;
    bool other_unit = false, yes = false;
};

using Work = asio::awaitable<int> (*)(ServiceLink service, Wishes wishes);

// Opens, switches the laser off, works, closes, whatever happens in between.
asio::awaitable<int> with_instrument(Wishes wishes, Work work) {
    ServiceLink service = co_await open_for_service(wishes.device);
    std::exception_ptr problem;
    int code = done;
    try {
        if (service.family->laser_off) co_await service.family->laser_off(service.link, service.model);
        code = co_await work(service, wishes);
    } catch (...) {
        problem = std::current_exception();
    }
    co_await close_service(service);
    if (problem) std::rethrow_exception(problem);
    co_return code;
}

asio::awaitable<int> backup(ServiceLink service, Wishes wishes) {
    const Backup now = co_await take_backup(service);
    core::value_or_throw(write_backup(now, wishes.file));
    fmt::print("{} {}s of {} {} are in {}\n", now.pages.size(), now.page_word, now.model, now.serial, wishes.file);
    const auto identity = memory_of(service).identify(service.model, now.pages);
    for (const std::string& one : identity.problems) fmt::print(stderr, "singel-bridge: in this memory, {}\n", one);
    co_return done;
}

asio::awaitable<int> compare(ServiceLink service, Wishes wishes) {
    const Backup kept = core::value_or_throw(read_backup(wishes.file));
    const Backup now = co_await take_backup(service);
    const auto changes = difference(kept.pages, now.pages);
    fmt::print("{}", diff_text(changes, now.page_word));
    if (changes.empty()) fmt::print("the memory is as in {}\n", wishes.file);
    co_return changes.empty() ? done : answered_no;
}

std::string usual_keep(const Wishes& wishes, const Backup& now) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return fmt::format("{}.before-{:%Y%m%dT%H%M%SZ}{}.json", wishes.file,
                       fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)),
                       now.serial.empty() ? "-blank" : "");
}

// What to do with a memory that may be half written.
core::Error with_way_back(core::Error error, const Wishes& wishes, const std::string& keep) {
    error.remedy = fmt::format(
        "The memory may be half written. Unplug the instrument and plug it in again, then write it anew with "
        "`singel-bridge eeprom restore {} --yes --other-unit`, or put back what was there with `singel-bridge eeprom "
        "restore {} --yes --other-unit`",
        wishes.file, keep);
    return error;
}

asio::awaitable<void> write_or_say_how_back(ServiceLink service, Backup wanted, Backup now, Wishes wishes) {
    std::optional<core::Error> broken;
    try {
        co_await write_pages(service, std::move(wanted), std::move(now));
    } catch (const core::Failure& failure) {
        broken = failure.error();
    }
    if (broken) throw core::Failure(with_way_back(std::move(*broken), wishes, wishes.keep));
}

asio::awaitable<int> restore(ServiceLink service, Wishes wishes) {
    const Backup wanted = core::value_or_throw(read_backup(wishes.file));
    const Backup now = co_await take_backup(service);
    const auto& memory = memory_of(service);
    core::value_or_throw(may_restore(memory, service.model, wanted, now, wishes.other_unit));
    const auto changes = difference(now.pages, wanted.pages);
    fmt::print("{}", diff_text(changes, now.page_word));
    if (changes.empty()) {
        fmt::print("the memory is as in {}, nothing to write\n", wishes.file);
        co_return done;
    }
    if (!wishes.yes) {
        fmt::print("nothing was written; repeat with --yes to write {} {}s\n", changes.size(), now.page_word);
        co_return answered_no;
    }
    if (wishes.keep.empty()) wishes.keep = usual_keep(wishes, now);
    core::value_or_throw(write_backup(now, wishes.keep));
    co_await write_or_say_how_back(service, wanted, now, wishes);
    fmt::print("{} {}s written and verified; what was there is in {}\n", changes.size(), now.page_word, wishes.keep);
    co_return done;
}

void add_work(CLI::App& app, Invocation& invocation, const std::shared_ptr<Wishes>& wishes, Work work) {
    app.add_option("FILE", wishes->file, "the backup")->required();
    app.add_option("--device", wishes->device,
                   "the instrument, as `singel devices` names it; may be left out where "
                   "one is attached")
        ->type_name("ID");
    app.callback([wishes, work, &invocation] {
        invocation.act = [wishes, work] { return run_to_end(with_instrument(*wishes, work)); };
    });
}

}  // namespace

void add_eeprom(CLI::App& root, Invocation& invocation) {
    CLI::App& app = *root.add_subcommand("eeprom", "an instrument's calibration memory: keep, compare, put back");
    app.require_subcommand(1);
    const auto wishes = std::make_shared<Wishes>();
    add_work(*app.add_subcommand("backup", "write the memory to a new file"), invocation, wishes, &backup);
    add_work(*app.add_subcommand("diff", "compare the memory with a backup; 1 when they differ"), invocation, wishes,
             &compare);
    CLI::App& back = *app.add_subcommand("restore", "write a backup to the instrument it was taken from");
    add_work(back, invocation, wishes, &restore);
    back.add_flag("--yes", wishes->yes, "write; without it the difference is shown and nothing is written");
    back.add_flag("--other-unit", wishes->other_unit, "although the memory now is of another model or serial number");
    back.add_option("--keep", wishes->keep,
                    "new file for what is in the memory now (beside the backup when left out)")
        ->type_name("FILE");
}

}  // namespace singel::firmware_bridge::bridge
