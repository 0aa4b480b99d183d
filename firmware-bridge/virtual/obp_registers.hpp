#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <map>

#include "firmware-bridge/virtual/obp_handlers.hpp"
#include "firmware-bridge/virtual/obp_models.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// A setting that is one number. It stays as it was set, whatever host comes and goes, until power is taken away.
// Not fitted where its largest value is 0.
struct ObpRegister {
    static constexpr std::uint32_t nowhere = 0xFFFFFFFF;
    std::uint8_t bytes = 1;
    std::uint32_t get = nowhere, set = nowhere, set_obp2 = nowhere;  // the messages that do it
    std::uint32_t (*smallest)(const ObpModel&) = nullptr;            // 0 when there is no function
    std::uint32_t (*largest)(const ObpModel&) = nullptr;
    std::uint32_t (*initial)(const ObpModel&) = nullptr;  // at power-up; the smallest when there is no function
    wire::obp::Error refusal = wire::obp::Error::invalid_payload;
    bool kept = false;  // without power too
};

namespace obp_register {

namespace message = wire::obp::message;

template <std::uint32_t value>
constexpr std::uint32_t always(const ObpModel&) {
    return value;
}
constexpr bool buffers(const ObpModel& m) {
    return m.buffer_spectra > 0;
}

inline constexpr ObpRegister checksum{
    .set = message::set_checksum_type, .largest = always<1>, .refusal = wire::obp::Error::unknown_checksum_type};
inline constexpr ObpRegister integration{
    .bytes = 4,
    .get = message::get_integration_time,
    .set = message::set_integration_time,
    .set_obp2 = wire::obp::message2::set_integration_time,
    .smallest = [](const ObpModel& m) { return m.wire.min_integration_us; },
    .largest = [](const ObpModel& m) { return m.wire.max_integration_us; },
    .initial = [](const ObpModel& m) { return std::max<std::uint32_t>(m.wire.min_integration_us, 10'000); }};
inline constexpr ObpRegister trigger{.get = message::get_trigger,
                                     .set = message::set_trigger,
                                     .set_obp2 = wire::obp::message2::set_trigger,
                                     .largest = always<3>};
inline constexpr ObpRegister averaging{.bytes = 2,
                                       .get = message::get_scans_to_average,
                                       .set = message::set_scans_to_average,
                                       .smallest = always<1>,
                                       .largest = always<5000>};
inline constexpr ObpRegister boxcar{.get = message::get_boxcar, .set = message::set_boxcar, .largest = always<15>};
inline constexpr ObpRegister binning{.get = message::get_binning,
                                     .set = message::set_binning,
                                     .largest = [](const ObpModel& m) { return std::uint32_t{m.largest_binning}; }};
inline constexpr ObpRegister default_binning{
    .get = message::get_default_binning,
    .set = message::set_default_binning,
    .largest = [](const ObpModel& m) { return std::uint32_t{m.largest_binning}; },
    .kept = true};
inline constexpr ObpRegister buffering{
    .get = message::get_buffering,
    .set = message::set_buffering,
    .largest = [](const ObpModel& m) { return std::uint32_t{buffers(m)}; },
    .initial = [](const ObpModel& m) { return std::uint32_t{m.wire.readout == wire::obp::Readout::buffered}; }};
inline constexpr ObpRegister buffer_size{.bytes = 4,
                                         .get = message::get_buffer_size,
                                         .set = message::set_buffer_size,
                                         .smallest = always<1>,
                                         .largest = [](const ObpModel& m) { return m.buffer_spectra; },
                                         .initial = [](const ObpModel& m) { return m.buffer_spectra; }};
inline constexpr ObpRegister back_to_back{.bytes = 4,
                                          .get = message::get_back_to_back,
                                          .set = message::set_back_to_back,
                                          .smallest = always<1>,
                                          .largest = [](const ObpModel& m) { return m.buffer_spectra; }};
inline constexpr ObpRegister lamp{.get = message::get_lamp, .set = message::set_lamp, .largest = always<1>};
inline constexpr ObpRegister delay{.bytes = 4,
                                   .get = message::get_acquisition_delay,
                                   .set = message::set_acquisition_delay,
                                   .largest = always<335'500>};
inline constexpr ObpRegister strobe_delay{.bytes = 4,
                                          .get = message::get_single_strobe_delay,
                                          .set = message::set_single_strobe_delay,
                                          .largest = always<1'000'000>};
inline constexpr ObpRegister strobe_width{.bytes = 4,
                                          .get = message::get_single_strobe_width,
                                          .set = message::set_single_strobe_width,
                                          .largest = always<1'000'000>};
inline constexpr ObpRegister strobe{
    .get = message::get_single_strobe, .set = message::set_single_strobe, .largest = always<1>};
inline constexpr ObpRegister strobe_period{.bytes = 4,
                                           .get = message::get_continuous_strobe_period,
                                           .set = message::set_continuous_strobe_period,
                                           .smallest = always<50>,
                                           .largest = always<5'000'000>,
                                           .initial = always<10'000>};
inline constexpr ObpRegister continuous_strobe{
    .get = message::get_continuous_strobe, .set = message::set_continuous_strobe, .largest = always<1>};
inline constexpr ObpRegister cooler{.get = message::get_cooler,
                                    .set = message::set_cooler,
                                    .largest = [](const ObpModel& m) { return std::uint32_t{m.wire.cooled}; }};
inline constexpr ObpRegister fan{.get = message::get_cooler_fan,
                                 .set = message::set_cooler_fan,
                                 .largest = [](const ObpModel& m) { return std::uint32_t{m.wire.cooled}; }};

inline constexpr std::array all{
    &checksum,  &integration,       &trigger,       &averaging, &boxcar, &binning,      &default_binning,
    &buffering, &buffer_size,       &back_to_back,  &lamp,      &delay,  &strobe_delay, &strobe_width,
    &strobe,    &continuous_strobe, &strobe_period, &cooler,    &fan};

}  // namespace obp_register

// The settings of one unit, and the messages that read and set them.
class ObpRegisters {
public:
    explicit ObpRegisters(const ObpModel& model);

    void to_defaults();  // all but what is kept without power
    std::uint32_t operator[](const ObpRegister& row) const { return values_.at(&row); }
    void put(const ObpRegister& row, std::uint32_t value) { values_[&row] = value; }

    // changed is told after each message that set something.
    void add_to(ObpHandlers& handlers, std::function<void(const ObpRegister&, Clock now)> changed);

private:
    wire::obp::Error set(const ObpRegister& row, wire::ByteView argument);

    const ObpModel& model_;
    std::map<const ObpRegister*, std::uint32_t> values_;
};

}  // namespace singel::firmware_bridge::virtual_instrument
