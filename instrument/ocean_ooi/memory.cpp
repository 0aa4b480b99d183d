#include "instrument/ocean_ooi/memory.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "instrument/ocean_ooi/device.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument::ocean_ooi {

namespace asio = boost::asio;
namespace slot = ooi::slot;

namespace {

// Numbers of consecutive slots; empty with a warning when one of them is not a number.
asio::awaitable<std::vector<double>> read_numbers(Transport& link, std::uint8_t first, std::size_t count,
                                                  const char* what, std::vector<std::string>& warnings) {
    std::vector<double> numbers;
    for (std::size_t i = 0; i < count; ++i) {
        const auto asked = static_cast<std::uint8_t>(first + i);
        const ooi::SlotReply reply = co_await read_slot(link, asked);
        const auto number = ooi::slot_number(reply);
        if (!number) {
            warnings.push_back(fmt::format("{} in the instrument's memory cannot be used: slot {}: {}", what, asked,
                                           number.error().what));
            co_return std::vector<double>{};
        }
        numbers.push_back(*number);
    }
    co_return numbers;
}

asio::awaitable<void> read_wavelengths(Transport& link, Description& description) {
    const auto coefficients =
        co_await read_numbers(link, slot::wavelength, slot::wavelengths, "The wavelength", description.warnings);
    if (coefficients.empty()) co_return;
    auto axis = core::device_wavelength_axis(coefficients, description.pixels);
    if (axis)
        description.wavelengths = *axis;
    else
        description.warnings.push_back("The wavelengths in the instrument's memory cannot be used: " +
                                       axis.error().what);
}

asio::awaitable<void> read_nonlinearity(Transport& link, Description& description) {
    const auto order =
        co_await read_numbers(link, slot::nonlinearity_order, 1, "The nonlinearity order", description.warnings);
    if (order.empty()) co_return;
    if (order[0] < 0 || order[0] >= slot::nonlinearities || std::floor(order[0]) != order[0]) {
        description.warnings.push_back(
            fmt::format("The nonlinearity order in the instrument's memory is {}", order[0]));
        co_return;
    }
    auto coefficients = co_await read_numbers(link, slot::nonlinearity, static_cast<std::size_t>(order[0]) + 1,
                                              "The nonlinearity", description.warnings);
    const bool all_zero = std::all_of(coefficients.begin(), coefficients.end(), [](double c) { return c == 0; });
    if (!all_zero) description.nonlinearity = std::move(coefficients);
}

}  // namespace

asio::awaitable<Description> describe(Transport& link, Model model) {
    Description description;
    description.family = "ocean_ooi";
    description.pixels = model.pixels;
    description.full_scale = model.full_scale;
    description.integration = model.integration;
    description.electric_dark = {model.electric_dark};
    description.usable = model.usable;
    description.identity.model = model.known.name;
    description.identity.link = link.link();
    description.identity.simulated = link.simulated();

    const ooi::SlotReply serial = co_await read_slot(link, slot::serial);
    description.identity.serial = serial.text;
    if (serial.text.empty()) description.warnings.push_back("The instrument's memory holds no serial number.");
    const ooi::FpgaVersion version = co_await read_fpga_version(link);
    description.firmware = fmt::format("FPGA {}.{}.{}", version.major, version.minor, version.patch);
    co_await read_wavelengths(link, description);
    co_await read_nonlinearity(link, description);

    // The firmware stretches the counts to full range; the converter is full where slot 17 says (section 5.4).
    const ooi::SlotReply autonull = co_await read_slot(link, slot::autonull);
    const std::uint16_t saturation = ooi::autonull_saturation(autonull);
    if (saturation > 0 && saturation <= model.full_scale) description.full_scale = saturation;
    co_return description;
}

}  // namespace singel::instrument::ocean_ooi
