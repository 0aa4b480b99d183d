#include "instrument/ocean_ooi/slot_service.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "instrument/description.hpp"
#include "instrument/ocean_ooi/device.hpp"
#include "instrument/ocean_ooi/models.hpp"
#include "instrument/open_driver.hpp"

namespace singel::instrument::ocean_ooi {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::milliseconds after_a_write{200};  // section 3, opcode 06

// The slots from the pages, each as the instrument would answer it.
std::vector<ooi::SlotReply> decode(std::span<const MemoryPage> pages) {
    std::vector<ooi::SlotReply> slots;
    for (const MemoryPage& page : pages) {
        const auto number = static_cast<std::uint8_t>(page.number);
        const auto text = std::string(page.bytes.begin(), page.bytes.end());
        auto slot = ooi::decode_slot(ooi::encode_slot(number, text), number);
        if (slot) slots.push_back(std::move(*slot));
    }
    return slots;
}

const ooi::SlotReply* find(const std::vector<ooi::SlotReply>& slots, unsigned number) {
    const auto found =
        std::find_if(slots.begin(), slots.end(), [&](const auto& slot) { return slot.slot == number; });
    return found == slots.end() ? nullptr : &*found;
}

std::vector<double> wavelength_coefficients(const std::vector<ooi::SlotReply>& slots,
                                            std::vector<std::string>& problems) {
    std::vector<double> coefficients;
    for (unsigned i = 0; i < ooi::slot::wavelengths; ++i) {
        const unsigned number = ooi::slot::wavelength + i;
        const ooi::SlotReply* const slot = find(slots, number);
        if (!slot) {
            problems.push_back(fmt::format("slot {} is missing", number));
            continue;
        }
        const auto value = ooi::slot_number(*slot);
        if (!value) {
            problems.push_back(fmt::format("slot {}: {}", number, value.error().what));
            continue;
        }
        coefficients.push_back(*value);
    }
    return coefficients;
}

}  // namespace

asio::awaitable<MemoryPage> read_slot_page(TransportPtr link, KnownModel model, unsigned number) {
    const Unit unit = unit_of(std::move(link), row_of(models, model).facts->dialect);
    const ooi::SlotReply slot = co_await read_slot(unit, static_cast<std::uint8_t>(number));
    co_return MemoryPage{number, {slot.data.begin(), slot.data.end()}};
}

asio::awaitable<std::vector<MemoryPage>> read_slots(TransportPtr link, KnownModel model) {
    const Unit unit = unit_of(link, row_of(models, model).facts->dialect);
    co_await drain(unit);  // what an earlier program left unread
    std::vector<MemoryPage> pages;
    for (unsigned number = 0; number < unit.dialect->slots; ++number) {
        MemoryPage page = co_await read_slot_page(link, model, number);
        pages.push_back(std::move(page));
    }
    co_return pages;
}

asio::awaitable<void> write_slot_page(TransportPtr link, KnownModel model, MemoryPage page) {
    const Unit unit = unit_of(link, row_of(models, model).facts->dialect);
    ooi::WriteSlot command{static_cast<std::uint8_t>(page.number), {}};
    if (page.bytes.size() != command.data.size()) {
        throw core::Failure(core::Fault::invalid_argument,
                            fmt::format("{} of {} bytes", page.bytes.size(), command.data.size()),
                            fmt::format("write slot {}", page.number));
    }
    std::copy(page.bytes.begin(), page.bytes.end(), command.data.begin());
    co_await send(unit, command);
    co_await link->wait(after_a_write);
}

MemoryIdentity identify_slots(KnownModel model, std::span<const MemoryPage> pages) {
    MemoryIdentity identity;
    identity.model = model.name;
    const auto slots = decode(pages);
    const ooi::SlotReply* const serial = find(slots, ooi::slot::serial);
    if (serial) identity.serial = serial->text;
    if (identity.serial.empty()) identity.problems.push_back("slot 0 holds no serial number");
    const auto coefficients = wavelength_coefficients(slots, identity.problems);
    if (!identity.problems.empty()) return identity;
    const auto axis = core::device_wavelength_axis(coefficients, row_of(models, model).facts->dialect.pixels);
    if (!axis) identity.problems.push_back("slots 1 to 4 give no wavelengths: " + axis.error().what);
    return identity;
}

asio::awaitable<std::vector<Version>> read_versions(TransportPtr link, KnownModel model) {
    Unit unit = unit_of(std::move(link), row_of(models, model).facts->dialect);
    std::vector<Version> versions;
    if (!unit.dialect->knows.registers) co_return versions;
    const ooi::FpgaVersion fpga = co_await read_fpga_version(unit);
    versions.push_back({"FPGA", fmt::format("{}.{}.{}", fpga.major, fpga.minor, fpga.patch)});
    co_return versions;
}

}  // namespace singel::instrument::ocean_ooi
