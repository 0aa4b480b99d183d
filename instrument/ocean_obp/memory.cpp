#include "instrument/ocean_obp/memory.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "spectra/core/result.hpp"

namespace singel::instrument::ocean_obp {

namespace asio = boost::asio;
namespace message = obp::message;
namespace message2 = obp::message2;
namespace wire = firmware_bridge::wire;
using std::chrono::microseconds;

namespace {

constexpr std::size_t most_coefficients = 16;  // no polynomial of theirs has more than 8

template <class T>
using Decoder = wire::Decoded<T> (*)(wire::ByteView);

// What is read, where it goes, and whom to ask.
struct Reading {
    Pipe& pipe;
    const KnownMessages& known;
    const obp::Model& model;
    Description& description;

    void refuse(const std::string& field, const std::string& why) const {
        description.warnings.push_back(fmt::format("The instrument's {} cannot be used: {}.", field, why));
    }
};

template <class T>
asio::awaitable<std::optional<T>> read(Reading to, Question question, const char* field, Decoder<T> decode) {
    const std::optional<Bytes> answer = co_await look_up(to.pipe, to.known, question);
    if (!answer) co_return std::nullopt;
    wire::Decoded<T> decoded = decode(*answer);
    if (decoded) co_return std::move(*decoded);
    to.refuse(field, decoded.error().what);
    co_return std::nullopt;
}

asio::awaitable<std::optional<std::uint32_t>> read_number(Reading to, std::uint32_t type, const char* field) {
    auto number = co_await read<std::uint32_t>(to, {type, "read a limit"}, field, &obp::read_u32);
    co_return number;
}

// ---- coefficients ---------------------------------------------------------------------------------------------

asio::awaitable<std::vector<double>> read_indexed(Reading to, std::uint32_t count_type, std::uint32_t type,
                                                  const char* field) {
    const auto count = co_await read<std::uint8_t>(to, {count_type, "count coefficients"}, field, &obp::read_u8);
    std::vector<double> coefficients;
    if (count && *count > most_coefficients) to.refuse(field, fmt::format("it has {} coefficients", *count));
    if (!count || *count > most_coefficients) co_return coefficients;
    for (std::uint8_t index = 0; index < *count; ++index) {
        const std::string name = fmt::format("{} coefficient {}", field, index);
        const auto number =
            co_await read<float>(to, {type, "read a coefficient", obp::u8(index)}, name.c_str(), &obp::read_f32);
        if (!number) co_return std::vector<double>{};
        coefficients.push_back(static_cast<double>(*number));
    }
    co_return coefficients;
}

// OBP2: all of them at once, after one number that is none (section 8.3).
asio::awaitable<std::vector<double>> read_array(Reading to, std::uint32_t type, const char* field) {
    const auto numbers =
        co_await read<std::vector<float>>(to, {type, "read coefficients"}, field, &obp::read_f32_list);
    if (numbers && numbers->size() > most_coefficients + 1)
        to.refuse(field, fmt::format("it has {} coefficients", numbers->size() - 1));
    if (!numbers || numbers->size() < 2 || numbers->size() > most_coefficients + 1) co_return std::vector<double>{};
    co_return std::vector<double>(numbers->begin() + 1, numbers->end());
}

asio::awaitable<void> read_coefficients(Reading to) {
    std::vector<double> wavelengths, nonlinearity;
    if (to.model.version == obp::version_2) {
        wavelengths = co_await read_array(to, message2::get_wavelengths, "wavelength");
        nonlinearity = co_await read_array(to, message2::get_nonlinearity, "nonlinearity");
    } else {
        wavelengths = co_await read_indexed(to, message::get_wavelength_coefficient_count,
                                            message::get_wavelength_coefficient, "wavelength");
        nonlinearity = co_await read_indexed(to, message::get_nonlinearity_coefficient_count,
                                             message::get_nonlinearity_coefficient, "nonlinearity");
    }
    const bool linear = std::ranges::all_of(nonlinearity, [](double c) { return c == 0; });
    if (!linear) to.description.nonlinearity = std::move(nonlinearity);
    auto axis = core::device_wavelength_axis(wavelengths, to.description.pixels);
    if (axis)
        to.description.wavelengths = *axis;
    else
        to.refuse("wavelengths", axis.error().what);
}

// ---- limits and pixels ----------------------------------------------------------------------------------------

asio::awaitable<void> read_limits(Reading to) {
    const auto min = co_await read_number(to, message::get_shortest_integration_time, "shortest integration time");
    const auto max = co_await read_number(to, message::get_longest_integration_time, "longest integration time");
    const auto step = co_await read_number(to, message::get_integration_time_step, "integration time step");
    const obp::Model& row = to.model;
    std::uint32_t shortest = row.min_integration_us, longest = row.max_integration_us;
    const auto possible = [&row](std::uint32_t us) {
        return us >= row.min_integration_us && us <= row.max_integration_us;
    };
    if (min && !possible(*min)) to.refuse("shortest integration time", fmt::format("it is {} µs", *min));
    if (max && !possible(*max)) to.refuse("longest integration time", fmt::format("it is {} µs", *max));
    if (min && possible(*min)) shortest = *min;
    if (max && possible(*max)) longest = *max;
    if (shortest >= longest) {
        to.refuse("range of integration times", fmt::format("it is {} µs to {} µs", shortest, longest));
        shortest = row.min_integration_us;
        longest = row.max_integration_us;
    }
    const bool steps = step && *step > 0 && *step < longest;
    if (step && !steps) to.refuse("integration time step", fmt::format("it is {} µs", *step));
    to.description.integration = {microseconds{shortest}, microseconds{longest},
                                  microseconds{steps ? *step : row.step_us}};
}

asio::awaitable<std::vector<PixelRange>> read_ranges(Reading to, std::uint32_t type, const char* field) {
    const auto answer = co_await look_up(to.pipe, to.known, {type, "read pixel ranges"});
    std::vector<PixelRange> ranges;
    if (!answer) co_return ranges;
    const auto decoded = obp::read_ranges(*answer, to.description.pixels);
    if (!decoded) to.refuse(field, decoded.error().what);
    if (!decoded) co_return ranges;
    for (const obp::PixelRange& range : *decoded) ranges.push_back({range.first, range.last});
    co_return ranges;
}

// What lies between masked pixels at the beginning and at the end.
PixelRange between(const std::vector<PixelRange>& dark, std::size_t pixels) {
    PixelRange usable{0, pixels - 1};
    for (const PixelRange& range : dark) {
        if (range.last < pixels / 2)
            usable.first = std::max(usable.first, range.last + 1);
        else if (range.first > pixels / 2)
            usable.last = std::min(usable.last, range.first - 1);
    }
    return usable;
}

asio::awaitable<void> read_pixels(Reading to) {
    Description& description = to.description;
    const auto pixels = co_await read_number(to, message::get_pixels, "number of pixels");
    if (pixels && *pixels != description.pixels)
        throw core::Failure(
            core::Fault::protocol,
            fmt::format("the instrument reports {} pixels, a {} has {}", *pixels, to.model.name, description.pixels),
            "read the number of pixels");
    const auto dark = co_await read_ranges(to, message::get_electric_dark_pixels, "electric dark pixels");
    if (!dark.empty()) description.electric_dark = dark;
    const auto active = co_await read_ranges(to, message::get_active_pixels, "active pixels");
    description.usable = active.empty() ? between(description.electric_dark, description.pixels) : active.front();
    const auto hot = co_await read<std::vector<std::uint16_t>>(to, {message::get_hot_pixels, "read hot pixels"},
                                                               "list of hot pixels", &obp::read_u16_list);
    for (const std::uint16_t pixel : hot.value_or(std::vector<std::uint16_t>{}))
        if (pixel < description.pixels)
            description.bad_pixels.push_back(pixel);
        else
            to.refuse("hot pixel", fmt::format("it is number {} of {}", pixel, description.pixels));
    std::ranges::sort(description.bad_pixels);
}

// Where the converter is full. The narrower figure counts; a level that would call every frame saturated does not.
asio::awaitable<void> read_saturation(Reading to) {
    const bool second = to.model.version == obp::version_2;
    const auto level = co_await read_number(
        to, second ? message2::get_saturation_level : message::get_saturation_level, "saturation level");
    if (!level || *level == 0) co_return;
    if (*level > to.model.full_scale || *level < to.model.full_scale / 4)
        to.refuse("saturation level", fmt::format("it is {} of {} counts", *level, to.model.full_scale));
    else
        to.description.full_scale = *level;
}

// ---- identity -------------------------------------------------------------------------------------------------

asio::awaitable<void> read_identity(Reading to) {
    const auto serial = co_await look_up(to.pipe, to.known, {message::get_serial, "read the serial number"});
    if (serial) to.description.identity.serial = obp::read_text(*serial);
    if (to.description.identity.serial.empty())
        to.description.warnings.push_back("The instrument's memory holds no serial number.");
    to.description.firmware = "firmware not told";
    if (to.model.version == obp::version_2) co_return;
    const auto hardware = co_await read<std::uint8_t>(
        to, {message::get_hardware_revision, "read the hardware revision"}, "hardware revision", &obp::read_u8);
    const auto firmware = co_await read<std::uint16_t>(
        to, {message::get_firmware_revision, "read the firmware revision"}, "firmware revision", &obp::read_u16);
    // How the number is to be read depends on the model.
    if (firmware) to.description.firmware = fmt::format("firmware {:04X}", *firmware);
    if (hardware) to.description.firmware += fmt::format(", hardware {}", *hardware);
}

Description from_row(const Transport& link, const Model& model) {
    const obp::Model& row = model.facts;
    Description description;
    description.family = "ocean_obp";
    description.pixels = row.pixels;
    description.full_scale = row.full_scale;
    description.integration = {microseconds{row.min_integration_us}, microseconds{row.max_integration_us},
                               microseconds{row.step_us}};
    for (std::size_t i = 0; i < row.dark_ranges; ++i)
        description.electric_dark.push_back({row.dark[i].first, row.dark[i].last});
    description.usable = between(description.electric_dark, row.pixels);
    description.has_cooler = row.cooled;
    description.has_laser = row.laser;
    description.identity.model = model.known.name;
    description.identity.link = link.link();
    description.identity.simulated = link.simulated();
    if (row.version == obp::version_1)
        description.external_triggers = {core::Trigger::external_edge, core::Trigger::external_level,
                                         core::Trigger::external_synchronisation};
    return description;
}

void name_the_laser(Description& description) {
    description.excitation = excitation_of(description.wavelengths);
    if (description.excitation)
        description.identity.model += fmt::format("-{:.0f}", description.excitation->value);
    else
        description.warnings.push_back("The wavelengths belong to no known laser: it stays off.");
}

}  // namespace

std::optional<core::DeviceNm> excitation_of(const core::Axis& wavelengths) {
    constexpr std::array lines{core::DeviceNm{785}, core::DeviceNm{532}};
    constexpr double widest_cm1 = 4000;  // Raman spectra end there
    if (wavelengths.size() == 0) return std::nullopt;
    const core::DeviceNm middle{wavelengths.values()[wavelengths.size() / 2]};
    for (const core::DeviceNm line : lines) {
        const double shift = core::raman_shift(middle, line).value;
        if (shift > 0 && shift < widest_cm1) return line;
    }
    return std::nullopt;
}

asio::awaitable<Description> describe(Pipe& pipe, const KnownMessages& known, const Model& model) {
    Description description = from_row(pipe.link(), model);
    const Reading to{pipe, known, model.facts, description};
    co_await read_identity(to);
    if (model.facts.version == obp::version_1) {
        co_await read_limits(to);
        co_await read_pixels(to);
    }
    co_await read_saturation(to);
    co_await read_coefficients(to);
    if (description.has_laser) name_the_laser(description);
    co_return description;
}

}  // namespace singel::instrument::ocean_obp
