#include "instrument/wasatch/memory.hpp"

#include <algorithm>
#include <cmath>

#include "instrument/decoded.hpp"

namespace singel::instrument::wasatch {

namespace asio = boost::asio;
using std::chrono::milliseconds;

namespace {

constexpr fid::FirmwareVersion first_with_interlock{10, 0, 0, 11};
// Used when the memory is blank; the unit then measures uncalibrated.
constexpr IntegrationLimits careful_limits{milliseconds{10}, milliseconds{60000}, milliseconds{1}};

bool inverted(const fid::Eeprom& eeprom) {
    return (eeprom.feature_mask & fid::feature::invert_axis) != 0;
}

void put_axis(const fid::Eeprom& eeprom, Description& description) {
    std::vector<double> nm(description.pixels);
    for (std::size_t p = 0; p < nm.size(); ++p) nm[p] = fid::polynomial(eeprom.wavelength_nm, static_cast<double>(p));
    if (inverted(eeprom)) std::reverse(nm.begin(), nm.end());
    auto axis = core::Axis::make(core::AxisKind::wavelength_device_nm, std::move(nm));
    if (axis)
        description.wavelengths = *axis;
    else
        description.warnings.push_back("The wavelengths in the instrument's memory cannot be used: " +
                                       axis.error().what);
}

// The factor of each pixel, 1 outside the region of interest (section 5, subformat 1).
void put_intensity(const fid::Eeprom& eeprom, Description& description) {
    const auto& coefficients = eeprom.raman_intensity;
    const bool finite =
        std::all_of(coefficients.begin(), coefficients.end(), [](float c) { return std::isfinite(c); });
    if (coefficients.empty() || !finite) return;
    const fid::PixelSpan roi = fid::usable_pixels(eeprom);
    std::vector<double> factors(description.pixels, 1.0);
    for (std::size_t p = roi.start; p <= roi.end; ++p)
        factors[p] = std::pow(10.0, fid::polynomial(coefficients, static_cast<double>(p)));
    if (inverted(eeprom)) std::reverse(factors.begin(), factors.end());
    description.raman_intensity = std::move(factors);
}

void put_pixels(const fid::Eeprom& eeprom, Description& description) {
    const std::size_t last = description.pixels - 1;
    const fid::PixelSpan roi = fid::usable_pixels(eeprom);
    description.usable = {roi.start, roi.end};
    for (const std::uint16_t bad : eeprom.bad_pixels)
        if (bad <= last) description.bad_pixels.push_back(bad);
    if (inverted(eeprom)) {
        description.usable = {last - roi.end, last - roi.start};
        for (std::size_t& bad : description.bad_pixels) bad = last - bad;
    }
    std::sort(description.bad_pixels.begin(), description.bad_pixels.end());
}

void put_laser(const Memory& memory, Description& description) {
    const fid::Eeprom& eeprom = *memory.eeprom;
    if (std::isfinite(eeprom.excitation_nm) && eeprom.excitation_nm > 0)
        description.excitation = core::DeviceNm{static_cast<double>(eeprom.excitation_nm)};
    description.has_laser = eeprom.has_laser;
    if (!memory.verdict.laser_usable) return;
    description.laser_min = core::Milliwatts{static_cast<double>(eeprom.min_laser_mw)};
    description.laser_max = core::Milliwatts{static_cast<double>(eeprom.max_laser_mw)};
}

void warn(const Memory& memory, Description& description) {
    for (const std::string& problem : memory.verdict.problems)
        description.warnings.push_back("The instrument's memory cannot be trusted: " + problem + ".");
    const fid::Eeprom& eeprom = *memory.eeprom;
    if (eeprom.has_laser && !memory.verdict.laser_usable)
        description.warnings.push_back("The laser stays off until the memory is repaired.");
    if ((eeprom.feature_mask & fid::feature::interlock_excluded) != 0)
        description.warnings.push_back(
            "This unit was made without an interlock: nothing but care protects the eyes.");
    if ((eeprom.feature_mask & fid::feature::bin_2x2) != 0)
        description.warnings.push_back("This unit wants its pixels averaged two by two, which is not done here.");
}

}  // namespace

asio::awaitable<Memory> read_memory(Unit unit) {
    std::vector<fid::Page> pages(fid::page_count);
    for (std::uint16_t number = 0; number < fid::page_count; ++number) {
        const auto bytes = co_await get(unit, fid::operation::eeprom_page, number);
        if (bytes.size() != fid::page_bytes)
            throw core::Failure(core::Fault::protocol,
                                "page " + std::to_string(number) + ": " + std::to_string(bytes.size()) + " of " +
                                    std::to_string(fid::page_bytes) + " bytes",
                                "read the instrument's memory");
        std::copy(bytes.begin(), bytes.end(), pages[number].begin());
    }
    Memory memory;
    auto decoded = fid::decode_eeprom(pages);
    if (!decoded) {
        memory.unreadable = decoded.error().what;
        co_return memory;
    }
    memory.verdict = fid::check(*decoded);
    memory.eeprom = std::move(*decoded);
    co_return memory;
}

Description describe(const Memory& memory, const Model& model) {
    Description description;
    description.family = "wasatch";
    description.identity.model = model.known.name;
    description.integration = careful_limits;
    if (!memory.eeprom) {
        description.warnings.push_back("The instrument's memory cannot be read (" + memory.unreadable +
                                       "): its laser stays off and its spectra have no axis.");
        return description;
    }
    const fid::Eeprom& eeprom = *memory.eeprom;
    if (!eeprom.model.empty()) description.identity.model = eeprom.model;
    description.identity.serial = eeprom.serial;
    description.pixels = eeprom.active_pixels;
    description.has_cooler = eeprom.has_cooling;
    if (eeprom.min_integration <= eeprom.max_integration && eeprom.max_integration.count() > 0)
        description.integration = {eeprom.min_integration, eeprom.max_integration, milliseconds{1}};
    if (description.pixels >= 2) {
        if (memory.verdict.wavelengths_usable) put_axis(eeprom, description);
        put_intensity(eeprom, description);
        put_pixels(eeprom, description);
    }
    put_laser(memory, description);
    warn(memory, description);
    return description;
}

LaserSenses senses(const Memory& memory, fid::Board board, fid::FirmwareVersion firmware) {
    LaserSenses result = senses_before_memory(board);
    if (board == fid::Board::arm || !memory.eeprom) return result;
    const bool feedback = (memory.eeprom->feature_mask & fid::feature::interlock_feedback) != 0;
    result.firing = feedback;
    result.interlock = feedback && firmware >= first_with_interlock;
    return result;
}

}  // namespace singel::instrument::wasatch
