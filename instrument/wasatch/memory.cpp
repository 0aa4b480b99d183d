#include "instrument/wasatch/memory.hpp"

#include <algorithm>
#include <cmath>

#include "firmware-bridge/wire/fid/firmware_gates.hpp"
#include "instrument/decoded.hpp"

namespace singel::instrument::wasatch {

namespace asio = boost::asio;
using std::chrono::milliseconds;

namespace {

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

// Whole steps within what the memory allows.
IntegrationLimits limits_of(const fid::Eeprom& eeprom, milliseconds unit) {
    const auto up = [unit](milliseconds time) { return (time + unit - milliseconds(1)) / unit * unit; };
    const milliseconds least = up(std::max(eeprom.min_integration, milliseconds(1)));
    const milliseconds most = eeprom.max_integration / unit * unit;
    return {std::min(least, most), most, unit};
}

// Section 7: the calibration was made after all of this.
void put_habits(const fid::Eeprom& eeprom, const Detector& detector, const Inside& inside, Description& description) {
    const auto has = [&](std::uint16_t feature) { return (eeprom.feature_mask & feature) != 0; };
    if (detector.junk_fpga.empty() || detector.junk_fpga == inside.fpga) {
        description.junk_first = detector.junk_first;
        description.junk_last = detector.junk_last;
    }
    if (detector.electric_dark > 0) description.electric_dark = {{0, detector.electric_dark - 1}};
    if (has(fid::feature::bin_2x2))
        description.pairs = inverted(eeprom) ? core::PairAverage::with_previous : core::PairAverage::with_next;
    if (marks_first_pixel(inside.options)) description.bad_pixels.insert(description.bad_pixels.begin(), 0);
    const double slope = static_cast<double>(eeprom.gain_odd) / static_cast<double>(eeprom.gain);
    if (!detector.ingaas || has(fid::feature::even_odd_in_hardware) || !std::isfinite(slope) || slope <= 0) return;
    description.odd_pixels = core::OddPixels{slope, eeprom.offset_odd - eeprom.offset * slope};
}

void put_cooler(const fid::Eeprom& eeprom, const Detector& detector, Description& description) {
    description.has_cooler = eeprom.has_cooling;
    const double low = eeprom.min_detector_celsius, high = eeprom.max_detector_celsius;
    if (!eeprom.has_cooling || low > high) return;
    description.cooler_min = core::Celsius{low};
    description.cooler_max = core::Celsius{high};
    const double start = eeprom.startup_detector_celsius;
    const bool told = eeprom.format >= 3 && start >= low && start <= high;
    description.cooler_usual = core::Celsius{told ? start : std::clamp(detector.usual_celsius, low, high)};
}

void put_laser(const Memory& memory, Description& description) {
    const fid::Eeprom& eeprom = *memory.eeprom;
    if (std::isfinite(eeprom.excitation_nm) && eeprom.excitation_nm > 0)
        description.excitation = core::DeviceNm{static_cast<double>(eeprom.excitation_nm)};
    description.has_laser = eeprom.has_laser;
    if (!memory.verdict.laser_usable) return;
    description.laser_min = core::Milliwatts{static_cast<double>(eeprom.min_laser_mw)};
    description.laser_max = core::Milliwatts{static_cast<double>(eeprom.max_laser_mw)};
    description.laser_percent_of_mw.assign(eeprom.laser_percent_of_mw.begin(), eeprom.laser_percent_of_mw.end());
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
    if (eeprom.pixel_correction != fid::PixelCorrection::none)
        description.warnings.push_back("This unit carries a correction for each pixel, which is not applied here.");
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

asio::awaitable<Inside> read_inside(Unit unit) {
    Inside inside;
    const auto firmware = co_await get(unit, fid::operation::firmware_version);
    inside.firmware = require(fid::decode_firmware_version(firmware), "read the firmware version");
    const auto fpga = co_await get(unit, fid::operation::fpga_version);
    inside.fpga = require(fid::decode_fpga_version(fpga), "read the FPGA version");
    if (unit.board == fid::Board::arm) co_return inside;
    const std::uint64_t word = co_await get_number(unit, fid::operation::compile_options);
    inside.options = fid::compile_options_of(static_cast<std::uint32_t>(word));
    co_return inside;
}

milliseconds integration_unit(const fid::CompileOptions& options) {
    return milliseconds(options.integration_resolution == 1 ? 10 : 1);
}

bool marks_first_pixel(const fid::CompileOptions& options) {
    constexpr std::uint8_t wasatch_header = 2;
    return options.data_header == wasatch_header;
}

Description describe(const Memory& memory, const Model& model, const Inside& inside) {
    Description description;
    description.family = "wasatch";
    description.identity.model = model.known.name;
    const milliseconds unit = integration_unit(inside.options);
    description.integration = careful_limits;
    description.integration.step = unit;
    if (!memory.eeprom) {
        description.warnings.push_back("The instrument's memory cannot be read (" + memory.unreadable +
                                       "): its laser stays off and its spectra have no axis.");
        return description;
    }
    const fid::Eeprom& eeprom = *memory.eeprom;
    if (!eeprom.model.empty()) description.identity.model = eeprom.model;
    description.identity.serial = eeprom.serial;
    description.pixels = eeprom.active_pixels;
    const Detector detector = detector_of(eeprom, model.board);
    if (eeprom.min_integration <= eeprom.max_integration && eeprom.max_integration >= unit)
        description.integration = limits_of(eeprom, unit);
    if (model.board != fid::Board::arm) description.external_triggers = {core::Trigger::external_edge};
    put_cooler(eeprom, detector, description);
    if (description.pixels >= 2) {
        if (memory.verdict.wavelengths_usable) put_axis(eeprom, description);
        put_intensity(eeprom, description);
        put_pixels(eeprom, description);
        put_habits(eeprom, detector, inside, description);
    }
    put_laser(memory, description);
    warn(memory, description);
    return description;
}

LaserSenses senses(const Memory& memory, fid::Board board, fid::FirmwareVersion firmware) {
    LaserSenses result = senses_before_memory(board);
    if (board == fid::Board::arm || !memory.eeprom) return result;
    const bool feedback = (memory.eeprom->feature_mask & fid::feature::interlock_feedback) != 0;
    // A unit that was made without an interlock says "closed" whatever happens: that tells nothing.
    const bool excluded = (memory.eeprom->feature_mask & fid::feature::interlock_excluded) != 0;
    result.firing = feedback;
    result.interlock = feedback && !excluded && fid::knows(board, firmware, fid::operation::can_laser_fire);
    return result;
}

}  // namespace singel::instrument::wasatch
