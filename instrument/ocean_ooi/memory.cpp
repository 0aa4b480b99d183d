#include "instrument/ocean_ooi/memory.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <fmt/format.h>

#include "spectra/core/result.hpp"

namespace singel::instrument::ocean_ooi {

namespace asio = boost::asio;
namespace slot = ooi::slot;

namespace {

// Of everything that a grating instrument with such a detector can see.
constexpr double shortest_nm = 100, longest_nm = 5000;
// Values that Maya-class instruments keep in slot 17 and that mean nothing (section 5.4).
constexpr std::uint32_t least_maya_saturation = 32768;

// Numbers of consecutive slots; empty with a warning when one of them is not a number.
asio::awaitable<std::vector<double>> read_numbers(const Unit& unit, std::uint8_t first, std::size_t count,
                                                  const char* what, std::vector<std::string>& warnings) {
    std::vector<double> numbers;
    for (std::size_t i = 0; i < count; ++i) {
        const auto asked = static_cast<std::uint8_t>(first + i);
        const ooi::SlotReply reply = co_await read_slot(unit, asked);
        const auto number = ooi::slot_number(reply);
        if (!number) {
            warnings.push_back(
                fmt::format("{} in the instrument's memory cannot be used: {}", what, number.error().what));
            co_return std::vector<double>{};
        }
        numbers.push_back(*number);
    }
    co_return numbers;
}

// Coefficients of the same polynomial, of an argument that is smaller by shift.
std::vector<double> shifted(std::vector<double> coefficients, double shift) {
    const std::size_t n = coefficients.size();
    for (std::size_t i = 0; i + 1 < n; ++i)
        for (std::size_t k = n - 1; k-- > i;) coefficients[k] -= shift * coefficients[k + 1];
    return coefficients;
}

asio::awaitable<void> read_wavelengths(const Unit& unit, int shift, Description& description) {
    const auto coefficients =
        co_await read_numbers(unit, slot::wavelength, slot::wavelengths, "The wavelength", description.warnings);
    if (coefficients.empty()) co_return;
    const auto axis = core::device_wavelength_axis(shifted(coefficients, shift), description.pixels);
    std::string why = axis ? "" : axis.error().what;
    if (axis) {
        const auto [least, most] = std::minmax({(*axis)[0], (*axis)[axis->size() - 1]});
        if (least < shortest_nm || most > longest_nm)
            why = fmt::format("they reach from {:.6g} nm to {:.6g} nm", least, most);
    }
    if (why.empty())
        description.wavelengths = *axis;
    else
        description.warnings.push_back(
            fmt::format("The wavelengths in the instrument's memory cannot be used (slots 1 to 4: {:.6g}): {}",
                        fmt::join(coefficients, ", "), why));
}

// Section 5.2: the counts are divided by it.
bool usable_as_divisor(const std::vector<double>& polynomial, std::uint32_t full_scale) {
    constexpr int places = 256;
    for (int i = 0; i <= places; ++i) {
        const double counts = static_cast<double>(full_scale) * i / places;
        double value = 0;
        for (std::size_t k = polynomial.size(); k-- > 0;) value = value * counts + polynomial[k];
        if (!std::isfinite(value) || value <= 0) return false;
    }
    return true;
}

asio::awaitable<void> read_nonlinearity(const Unit& unit, Description& description) {
    const auto order =
        co_await read_numbers(unit, slot::nonlinearity_order, 1, "The nonlinearity order", description.warnings);
    if (order.empty()) co_return;
    if (order[0] < 0 || order[0] >= slot::nonlinearities || std::floor(order[0]) != order[0]) {
        description.warnings.push_back(fmt::format(
            "The nonlinearity order in the instrument's memory is {} (slot {})", order[0], slot::nonlinearity_order));
        co_return;
    }
    auto coefficients = co_await read_numbers(unit, slot::nonlinearity, static_cast<std::size_t>(order[0]) + 1,
                                              "The nonlinearity", description.warnings);
    const bool all_zero = std::all_of(coefficients.begin(), coefficients.end(), [](double c) { return c == 0; });
    if (all_zero) co_return;
    if (usable_as_divisor(coefficients, description.full_scale))
        description.nonlinearity = std::move(coefficients);
    else
        description.warnings.push_back(
            fmt::format("The nonlinearity in the instrument's memory cannot be used (slots 6 on: {:.6g}): it is not "
                        "above zero over all counts",
                        fmt::join(coefficients, ", ")));
}

// Text that was never written is no calibration and no fault.
asio::awaitable<void> read_stray_light(const Unit& unit, Description& description) {
    const ooi::SlotReply reply = co_await read_slot(unit, slot::stray_light);
    if (reply.text.empty()) co_return;
    const auto first = ooi::slot_number(reply);
    if (!first) {
        description.warnings.push_back("The stray light in the instrument's memory cannot be used: " +
                                       first.error().what);
        co_return;
    }
    description.stray_light.push_back(*first);
    if (const auto second = ooi::second_slot_number(reply)) description.stray_light.push_back(*second);
}

// Where the instrument stretches its counts to full range, the converter is full where slot 17 says (section 5.4).
asio::awaitable<void> read_saturation(const Unit& unit, Description& description) {
    const ooi::SlotSeventeen form = unit.dialect->slot_seventeen;
    if (form == ooi::SlotSeventeen::none || form == ooi::SlotSeventeen::cooler) co_return;
    const ooi::SlotReply reply = co_await read_slot(unit, slot::autonull);
    const std::uint32_t saturation = ooi::autonull_saturation(reply, form).value_or(0);
    const bool too_small = form == ooi::SlotSeventeen::saturation_at_0 && saturation <= least_maya_saturation;
    if (saturation > 0 && saturation <= description.full_scale && !too_small) description.full_scale = saturation;
}

// Erased memory reads as no number: then there is no calibration.
asio::awaitable<void> read_irradiance_calibration(const Unit& unit, Description& description) {
    if (!unit.dialect->knows.irradiance) co_return;
    std::vector<double> factors;
    while (factors.size() < description.pixels) {
        const auto block = co_await read_irradiance(unit, factors.size());
        const auto is_factor = [](double factor) { return std::isfinite(factor); };
        const auto wanted = std::min(block.size(), description.pixels - factors.size());
        const auto end = block.begin() + static_cast<std::ptrdiff_t>(wanted);
        if (!std::all_of(block.begin(), end, is_factor)) co_return;
        factors.insert(factors.end(), block.begin(), end);
    }
    const bool all_zero = std::all_of(factors.begin(), factors.end(), [](double f) { return f == 0; });
    if (!all_zero) description.irradiance = std::move(factors);
}

std::optional<core::Trigger> trigger_of(ooi::TriggerKind kind) {
    switch (kind) {
        case ooi::TriggerKind::none: return core::Trigger::on_request;
        case ooi::TriggerKind::level: return core::Trigger::external_level;
        case ooi::TriggerKind::synchronisation: return core::Trigger::external_synchronisation;
        case ooi::TriggerKind::edge:
        case ooi::TriggerKind::edge_fixed_50_ms: return core::Trigger::external_edge;
        case ooi::TriggerKind::never: break;
    }
    return std::nullopt;
}

IntegrationLimits limits_of(const ooi::IntegrationTimes& times) {
    using std::chrono::microseconds;
    IntegrationLimits limits{
        microseconds(times.min_us), microseconds(times.max_us), microseconds(times.step_us), {}, {}};
    if (times.coarse_from_us > times.max_us) return limits;
    limits.coarse_from = microseconds(times.coarse_from_us);
    limits.coarse_step = microseconds(times.coarse_step_us);
    return limits;
}

// What is known without asking.
Description description_of(const Unit& unit, const Model& model, const ooi::ModelFacts& facts) {
    Description description;
    description.family = "ocean_ooi";
    description.pixels = facts.detector_pixels;
    description.full_scale = facts.full_scale;
    description.integration = limits_of(facts.integration);
    description.external_triggers = external_triggers(facts);
    for (const ooi::PixelSpan& span : facts.dark)
        if (span.last >= span.first) description.electric_dark.push_back({span.first, span.last});
    description.usable = model.usable;
    description.has_cooler = facts.dialect.knows.cooler;
    description.identity.model = facts.name;
    description.identity.link = unit.link->link();
    description.identity.simulated = unit.link->simulated();
    return description;
}

}  // namespace

std::vector<core::Trigger> external_triggers(const ooi::ModelFacts& facts) {
    std::vector<core::Trigger> triggers;
    for (const ooi::TriggerCode& code : facts.triggers) {
        const auto trigger = trigger_of(code.kind);
        const bool known = std::find(triggers.begin(), triggers.end(), trigger) != triggers.end();
        if (trigger && *trigger != core::Trigger::on_request && !known) triggers.push_back(*trigger);
    }
    return triggers;
}

ooi::TriggerCode trigger_code(const ooi::ModelFacts& facts, core::Trigger trigger) {
    const auto found = std::find_if(facts.triggers.begin(), facts.triggers.end(),
                                    [&](const ooi::TriggerCode& code) { return trigger_of(code.kind) == trigger; });
    assert(found != facts.triggers.end());
    return *found;
}

asio::awaitable<Description> describe(Unit& unit, const Model& model, const ooi::ModelFacts*& facts) {
    std::string firmware = "not told";
    if (unit.dialect->knows.registers) {
        const ooi::FpgaVersion version = co_await read_fpga_version(unit);
        firmware = fmt::format("FPGA {}.{}.{}", version.major, version.minor, version.patch);
        if (model.newer != nullptr && version.major >= model.newer_from_major) facts = model.newer;
        unit.dialect = &facts->dialect;
    }
    Description description = description_of(unit, model, *facts);
    description.firmware = firmware;
    const ooi::SlotReply serial = co_await read_slot(unit, slot::serial);
    description.identity.serial = serial.text;
    if (serial.text.empty()) description.warnings.push_back("The instrument's memory holds no serial number.");
    co_await read_saturation(unit, description);
    co_await read_wavelengths(unit, facts->wavelength_shift, description);
    co_await read_nonlinearity(unit, description);
    co_await read_stray_light(unit, description);
    co_await read_irradiance_calibration(unit, description);
    co_return description;
}

}  // namespace singel::instrument::ocean_ooi
