#include "instrument/wasatch/eeprom_service.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "firmware-bridge/wire/fid/eeprom.hpp"
#include "firmware-bridge/wire/fid/eeprom_check.hpp"
#include "instrument/decoded.hpp"
#include "instrument/open_driver.hpp"
#include "instrument/wasatch/exchange.hpp"
#include "instrument/wasatch/models.hpp"

namespace singel::instrument::wasatch {

namespace asio = boost::asio;

namespace {

// The chips that the notes name finish a page within 5 to 10 ms; a little more is given.
constexpr std::chrono::milliseconds after_a_write{20};

Unit unit_of(TransportPtr link, const KnownModel& model) {
    return {std::move(link), row_of(models, model).board};
}

}  // namespace

asio::awaitable<MemoryPage> read_eeprom_page(TransportPtr link, KnownModel model, unsigned number) {
    const Unit unit = unit_of(std::move(link), model);
    auto bytes = co_await get(unit, fid::operation::eeprom_page, static_cast<std::uint16_t>(number));
    if (bytes.size() != fid::page_bytes) {
        throw core::Failure(core::Fault::protocol, fmt::format("{} of {} bytes", bytes.size(), fid::page_bytes),
                            fmt::format("read page {}", number));
    }
    co_return MemoryPage{number, std::move(bytes)};
}

asio::awaitable<std::vector<MemoryPage>> read_eeprom(TransportPtr link, KnownModel model) {
    std::vector<MemoryPage> pages;
    for (unsigned number = 0; number < fid::page_count; ++number) {
        MemoryPage page = co_await read_eeprom_page(link, model, number);
        pages.push_back(std::move(page));
    }
    co_return pages;
}

asio::awaitable<void> write_eeprom_page(TransportPtr link, KnownModel model, MemoryPage page) {
    if (page.bytes.size() != fid::page_bytes) {
        throw core::Failure(core::Fault::invalid_argument,
                            fmt::format("{} of {} bytes", page.bytes.size(), fid::page_bytes),
                            fmt::format("write page {}", page.number));
    }
    const Unit unit = unit_of(link, model);
    fid::Request request = fid::write_eeprom_page(unit.board, static_cast<std::uint16_t>(page.number), page.bytes);
    const ControlRequest header{request.request_type, request.request, request.value, request.index};
    co_await link->control_out(header, std::move(request.data), unit.deadline);
    co_await link->wait(after_a_write);
}

MemoryIdentity identify_eeprom(KnownModel model, std::span<const MemoryPage> pages) {
    MemoryIdentity identity;
    identity.model = model.name;
    std::vector<fid::Page> raw(fid::page_count);
    for (const MemoryPage& page : pages) {
        if (page.number >= raw.size() || page.bytes.size() != fid::page_bytes) {
            identity.problems.push_back(fmt::format("page {} is none of this memory", page.number));
            continue;
        }
        std::copy(page.bytes.begin(), page.bytes.end(), raw[page.number].begin());
    }
    if (pages.size() < fid::page_count)
        identity.problems.push_back(fmt::format("{} of {} pages", pages.size(), fid::page_count));
    const auto eeprom = fid::decode_eeprom(raw);
    if (!eeprom) {
        identity.problems.push_back(eeprom.error().what);
        return identity;
    }
    if (!eeprom->model.empty()) identity.model = eeprom->model;
    identity.serial = eeprom->serial;
    if (identity.serial.empty()) identity.problems.push_back("page 0 holds no serial number");
    const fid::Verdict verdict = fid::check(*eeprom);
    identity.problems.insert(identity.problems.end(), verdict.problems.begin(), verdict.problems.end());
    return identity;
}

asio::awaitable<std::vector<Version>> read_versions(TransportPtr link, KnownModel model) {
    const Unit unit = unit_of(std::move(link), model);
    const auto firmware = co_await get(unit, fid::operation::firmware_version);
    const auto fpga = co_await get(unit, fid::operation::fpga_version);
    std::vector<Version> versions;
    versions.push_back({"firmware", require(fid::decode_firmware_version(firmware), "read version").text()});
    versions.push_back({"FPGA", require(fid::decode_fpga_version(fpga), "read version")});
    co_return versions;
}

}  // namespace singel::instrument::wasatch
