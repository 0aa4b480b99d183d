#include "firmware-bridge/virtual/wasatch_firmware.hpp"

#include <algorithm>

#include "firmware-bridge/wire/bytes.hpp"
#include "firmware-bridge/wire/fid/firmware_gates.hpp"

namespace singel::firmware_bridge::virtual_instrument {

namespace fid = wire::fid;
namespace operation = wire::fid::operation;

namespace {

constexpr std::chrono::seconds fpga_reset_time{3}, away_after_reset{1};
constexpr std::uint64_t battery_percent = 80, ambient_celsius = 24, arm_compile_options = 0xFFFFFF;

}  // namespace

// What setting does beyond keeping the value; false: refused.
struct WasatchFirmware::Setter {
    const Operation* row;
    bool (*act)(WasatchFirmware& self, const Received& received);
};

const WasatchFirmware::Setter WasatchFirmware::setters[] = {
    {&operation::acquire, [](auto& self, auto&) { return self.camera_.acquire(self.now_), true; }},
    {&operation::reset_fpga, [](auto& self, auto&) { return self.reset_fpga(), true; }},
    {&operation::laser_enable,
     [](auto& self, auto& received) { return self.laser_.enable(received.value != 0, self.now_), true; }},
    {&operation::modulation_enable, [](auto& self, auto&) { return self.laser_.registers_changed(self.now_), true; }},
    {&operation::modulation_period, [](auto& self, auto&) { return self.laser_.registers_changed(self.now_), true; }},
    {&operation::modulation_width, [](auto& self, auto&) { return self.laser_.registers_changed(self.now_), true; }},
    {&operation::laser_warning_delay,
     [](auto& self, auto&) { return self.laser_.registers_changed(self.now_), true; }},
    {&operation::laser_watchdog, [](auto& self, auto&) { return self.laser_.watchdog_changed(self.now_), true; }},
    {&operation::cooler_enable, [](auto& self, auto&) { return self.climate_.registers_changed(self.now_), true; }},
    {&operation::cooler_setpoint, [](auto& self, auto&) { return self.climate_.registers_changed(self.now_), true; }},
    {&operation::auto_raman, [](auto& self, auto& received) { return self.start_auto_raman(received); }},
    {&operation::eeprom_write_fx2, [](auto& self, auto& received) { return self.write_page(received); }},
    {&operation::eeprom_write_arm, [](auto& self, auto& received) { return self.write_page(received); }},
    {&operation::reset_unit, [](auto& self, auto&) { return self.leave_bus(), true; }},
    {&operation::power_down, [](auto& self, auto&) { return self.silent_ = true; }},
    {&operation::enter_dfu, [](auto& self, auto&) { return self.silent_ = true; }},
    {&operation::poke, [](auto&, auto&) { return false; }},
};

// What is read is not what was set; nothing: this unit cannot tell.
struct WasatchFirmware::Getter {
    const Operation* row;
    std::optional<std::uint64_t> (*value)(WasatchFirmware& self);
};

const WasatchFirmware::Getter WasatchFirmware::getters[] = {
    {&operation::line_length, [](auto& self) -> std::optional<std::uint64_t> { return self.model_.pixels; }},
    {&operation::actual_integration,
     [](auto& self) -> std::optional<std::uint64_t> { return self.camera_.actual_integration_us(); }},
    {&operation::actual_frames,
     [](auto& self) -> std::optional<std::uint64_t> { return self.camera_.frames() & 0xFFFF; }},
    {&operation::poll_status, [](auto& self) -> std::optional<std::uint64_t> { return self.camera_.poll_status(); }},
    {&operation::detector_temperature,
     [](auto& self) -> std::optional<std::uint64_t> { return self.climate_.detector_raw(self.now_); }},
    {&operation::adc,
     [](auto& self) -> std::optional<std::uint64_t> { return self.climate_.adc(self.laser_.truth().power); }},
    {&operation::laser_enable, [](auto& self) { return self.laser_.enabled(); }},
    {&operation::can_laser_fire, [](auto& self) { return self.laser_.can_fire(); }},
    {&operation::laser_firing, [](auto& self) { return self.laser_.firing(); }},
    {&operation::battery, [](auto&) -> std::optional<std::uint64_t> { return battery_percent << 8; }},
    {&operation::ambient, [](auto&) -> std::optional<std::uint64_t> { return ambient_celsius; }},
};

WasatchFirmware::WasatchFirmware(const WasatchModel& model, optics::Sensor sensor, std::vector<fid::Page> eeprom,
                                 Port port)
    : model_(model),
      eeprom_(std::move(eeprom)),
      port_(port),
      laser_(model, registers_, port),
      climate_(model, registers_, port),
      camera_(model, std::move(sensor), registers_, laser_, port) {}

void WasatchFirmware::settings_to_default() {
    registers_.clear();  // integration time 0, laser and modulation off
    registers_.set(operation::detector_gain, fid::gain_word(static_cast<double>(model_.gain)));
    registers_.set(operation::odd_gain, fid::gain_word(static_cast<double>(model_.gain_odd)));
    registers_.set(operation::detector_offset, static_cast<std::uint16_t>(model_.offset));
    registers_.set(operation::odd_offset, static_cast<std::uint16_t>(model_.offset_odd));
    registers_.set(operation::modulation_period, 1000);
    registers_.set(operation::modulation_width, 1000);
    registers_.set(operation::laser_attenuator, 40);
    registers_.set(operation::laser_warning_delay, static_cast<std::uint64_t>(model_.warning_delay.count()));
    registers_.set(operation::laser_watchdog, static_cast<std::uint64_t>(model_.watchdog.count()));
}

void WasatchFirmware::power_up(Clock now) {
    now_ = now;
    busy_until_ = Clock::zero();
    silent_ = false;
    settings_to_default();
    camera_.power_up(now);
    climate_.power_up(now);
    laser_.power_up(now);
}

// A virtual unit has no power but the bus's: its laser goes out with it.
void WasatchFirmware::power_down(Clock now) {
    laser_.power_down(now);
    camera_.abandon();
}

// Whether a bus reset stops a real laser is not known: this one goes on.
void WasatchFirmware::bus_reset(Clock now) {
    now_ = now;
    camera_.abandon();
}

void WasatchFirmware::conditions_changed(Clock now) {
    now_ = now;
    laser_.conditions_changed(now);
}

void WasatchFirmware::trigger(Clock now) {
    now_ = now;
    laser_.advance(now);
    if (!model_.arm() && !silent_) camera_.trigger(now);
}

Truth WasatchFirmware::truth() const {
    Truth truth = camera_.truth();
    truth.laser = laser_.truth();
    return truth;
}

Reply WasatchFirmware::vendor_request(const Setup& setup, std::span<const std::uint8_t> out, Clock now) {
    now_ = now;
    laser_.advance(now);
    if (silent_) return {Answer::silent, {}, {}};
    const fid::Request request{setup.request_type,       setup.request, setup.value, setup.index,
                               {out.begin(), out.end()}, setup.length};
    const wire::Decoded<Received> received = fid::decode_request(model_.board, request);
    if (!received || !fid::knows(model_.board, model_.firmware, *received->operation)) return {Answer::stall, {}, {}};
    if (received->data_stage_missing) {
        silent_ = true;  // until power is taken away
        return {Answer::silent, {}, {}};
    }
    if (!received->set) return get(*received, setup.length);
    const Answer answer = set(*received);
    return {answer, {}, busy_until_};
}

Answer WasatchFirmware::set(const Received& received) {
    registers_.set(*received.operation, received.value);
    const auto setter = std::ranges::find(setters, received.operation, &Setter::row);
    if (setter == std::end(setters)) return Answer::ok;
    return setter->act(*this, received) ? Answer::ok : Answer::stall;
}

void WasatchFirmware::reset_fpga() {
    settings_to_default();
    camera_.abandon();
    climate_.registers_changed(now_);
    laser_.power_up(now_);
    if (port_.conditions.reset_leaves_bus) return leave_bus();
    busy_until_ = now_ + fpga_reset_time;
}

void WasatchFirmware::leave_bus() {
    port_.re_enumerate(now_, away_after_reset);
}

bool WasatchFirmware::write_page(const Received& received) {
    const std::optional<std::uint16_t> number = fid::written_page(received);
    if (!number || *number >= eeprom_.size()) return false;
    std::copy(received.data.begin(), received.data.end(), eeprom_[*number].begin());
    return true;
}

bool WasatchFirmware::start_auto_raman(const Received& received) {
    const wire::Decoded<fid::AutoRaman> request = fid::decode_auto_raman(received.data);
    if (request) camera_.auto_raman(*request, now_);
    return request.has_value();
}

Reply WasatchFirmware::page(std::uint16_t index) const {
    if (index >= eeprom_.size()) return {Answer::stall, {}, {}};
    fid::Page page = eeprom_[index];
    if (port_.conditions.all_ones_memory) page.fill(0xFF);
    constexpr std::uint8_t wavelength_page = 1, second_coefficient = 4, name_bytes = 32;
    if (port_.conditions.nan_coefficient && index == wavelength_page)
        std::fill_n(page.begin() + second_coefficient, 4, std::uint8_t{0xFF});
    if (port_.conditions.unterminated_text && index == 0)
        std::replace(page.begin(), page.begin() + name_bytes, std::uint8_t{0}, std::uint8_t{'X'});
    return {Answer::ok, {page.begin(), page.end()}, {}};
}

Reply WasatchFirmware::get(const Received& received, std::uint16_t asked) {
    const Operation& row = *received.operation;
    Reply reply;
    if (&row == &operation::eeprom_page) {
        reply = page(static_cast<std::uint16_t>(received.value));
    } else if (&row == &operation::peek) {
        reply.answer = Answer::stall;
    } else if (row.reply_bytes > sizeof(std::uint64_t) || &row == &operation::firmware_version ||
               &row == &operation::fpga_version) {
        reply.in = bytes(row);
    } else if (const std::optional<std::uint64_t> value = number(received)) {
        reply.in = fid::encode_number(model_.board, row, *value, asked);
    } else {
        reply.answer = Answer::stall;
    }
    reply.ready = busy_until_;
    if (model_.arm()) reply.in.resize(std::max<std::size_t>(reply.in.size(), asked));
    return reply;
}

std::vector<std::uint8_t> WasatchFirmware::bytes(const Operation& row) const {
    if (&row == &operation::firmware_version) return fid::encode_firmware_version(model_.firmware);
    if (&row == &operation::fpga_version) return {model_.fpga.begin(), model_.fpga.end()};
    wire::Writer out;
    if (&row == &operation::error_counters) {
        for (const std::uint32_t count : climate_.errors()) out.u32le(count);
        return out.bytes();
    }
    return out.text(model_.default_serial.substr(0, row.reply_bytes), row.reply_bytes).bytes();
}

std::optional<std::uint64_t> WasatchFirmware::number(const Received& received) {
    const Operation& row = *received.operation;
    const std::uint32_t options = model_.arm() ? arm_compile_options : fid::compile_options_word(model_.options);
    if (&row == &operation::compile_options) return options;
    // FF/05 to FF/0C: the fields of that word one by one, in its order.
    const std::array parts{&operation::integration_resolution, &operation::data_header,
                           &operation::has_cf_select,          &operation::laser_type,
                           &operation::laser_control,          &operation::has_area_scan,
                           &operation::has_actual_integration, &operation::has_binning};
    constexpr std::array<unsigned, 9> first_bit{0, 3, 6, 7, 9, 12, 13, 14, 15};
    if (const auto part = std::ranges::find(parts, &row); part != parts.end()) {
        const auto i = static_cast<std::size_t>(part - parts.begin());
        return options >> first_bit[i] & ((1U << (first_bit[i + 1] - first_bit[i])) - 1);
    }
    const auto getter = std::ranges::find(getters, &row, &Getter::row);
    return getter == std::end(getters) ? registers_.get(row) : getter->value(*this);
}

}  // namespace singel::firmware_bridge::virtual_instrument
