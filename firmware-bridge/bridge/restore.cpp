#include "firmware-bridge/bridge/restore.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace singel::firmware_bridge::bridge {

namespace asio = boost::asio;
namespace core = spectra::core;
using instrument::MemoryPage;

namespace {

bool same_shape(const Backup& a, const Backup& b) {
    return std::equal(a.pages.begin(), a.pages.end(), b.pages.begin(), b.pages.end(),
                      [](const MemoryPage& one, const MemoryPage& other) {
                          return one.number == other.number && one.bytes.size() == other.bytes.size();
                      });
}

core::Failure not_as_written(const Backup& wanted, unsigned number) {
    return core::Failure(core::Fault::protocol, "the instrument does not hold what was written to it",
                         fmt::format("{} {}", wanted.page_word, number));
}

}  // namespace

asio::awaitable<Backup> take_backup(ServiceLink service) {
    const instrument::MemoryService& memory = memory_of(service);
    Backup backup;
    backup.pages = co_await memory.read(service.link, service.model);
    const auto identity = memory.identify(service.model, backup.pages);
    backup.family = memory.family;
    backup.page_word = memory.page_word;
    backup.model = identity.model;
    backup.serial = identity.serial;
    backup.simulated = service.link->simulated();
    co_return backup;
}

core::Result<void> may_restore(const instrument::MemoryService& memory, instrument::KnownModel model,
                               const Backup& wanted, const Backup& now, bool other_unit) {
    const auto refuse = [](std::string what, std::string remedy) {
        return core::failure(core::Fault::invalid_argument, std::move(what), "eeprom restore", std::move(remedy));
    };
    if (wanted.family != now.family || !same_shape(wanted, now))
        return refuse("the backup is of another kind of instrument", "use a backup of this instrument");
    const auto identity = memory.identify(model, wanted.pages);
    if (!identity.problems.empty())
        return refuse("the backup's memory cannot be used: " + identity.problems.front(), "use another backup");
    if (identity.model != wanted.model || identity.serial != wanted.serial)
        return refuse("the backup's pages are not of the instrument that the file names", "use another backup");
    if (other_unit || (wanted.model == now.model && wanted.serial == now.serial)) return {};
    return refuse(fmt::format("the backup is of {} {}, attached is {} {}", wanted.model, wanted.serial, now.model,
                              now.serial.empty() ? "without serial number" : now.serial),
                  "if this unit is to become that one, or its memory is spoilt, repeat with --other-unit");
}

asio::awaitable<void> write_pages(ServiceLink service, Backup wanted, Backup now) {
    const instrument::MemoryService& memory = memory_of(service);
    const std::vector<PageChange> changes = difference(now.pages, wanted.pages);
    for (const PageChange& change : changes) {
        const MemoryPage page{change.number, change.after};
        co_await memory.write_page(service.link, service.model, page);
        const MemoryPage read = co_await memory.read_page(service.link, service.model, change.number);
        if (read != page) throw not_as_written(wanted, change.number);
    }
    const std::vector<MemoryPage> all = co_await memory.read(service.link, service.model);
    const std::vector<PageChange> left = difference(all, wanted.pages);
    if (!left.empty()) throw not_as_written(wanted, left.front().number);
}

}  // namespace singel::firmware_bridge::bridge
