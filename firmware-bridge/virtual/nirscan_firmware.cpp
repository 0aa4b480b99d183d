#include "firmware-bridge/virtual/nirscan_firmware.hpp"

#include <algorithm>
#include <utility>

namespace singel::firmware_bridge::virtual_instrument {

namespace nirscan = wire::nirscan;
namespace command = wire::nirscan::command;
using wire::Bytes;
using wire::ByteView;
using wire::Writer;

namespace {

constexpr std::uint8_t in_endpoint = 0x81;
// How long the rest of a message may take to come is not published.
constexpr std::chrono::milliseconds patience{1000};
constexpr std::uint32_t firmware_version = 0x00020100, library_version = 0x00020003;
constexpr std::size_t error_codes_bytes = 20;  // further codes after the bits: what they mean is not needed

Bytes u8(std::uint8_t value) {
    return {value};
}
Bytes u32(std::uint32_t value) {
    return Writer().u32le(value).bytes();
}
Bytes text(std::string_view value, std::size_t size) {
    return Writer().text(value.substr(0, size), size).bytes();
}
std::optional<std::uint8_t> first_of(ByteView argument) {
    return argument.empty() ? std::nullopt : std::optional(argument.front());
}

std::vector<nirscan::Configuration> from_the_factory(const std::string& serial) {
    using nirscan::ScanType;
    return {{ScanType::column, 0, serial, "Column 1", 900, 1700, 6, 228, 6},
            {ScanType::hadamard, 1, serial, "Hadamard 1", 900, 1700, 6, 228, 6}};
}

}  // namespace

NirscanFirmware::NirscanFirmware(const NirscanModel& model, Scene scene, const std::string& serial, const Port& port)
    : port_(port), scanner_(model, std::move(scene), serial, port), stored_(from_the_factory(serial)) {
    add_questions();
    add_scans();
    add_settings();
}

void NirscanFirmware::power_up(Clock now) {
    pending_.clear();
    file_.clear();
    sent_ = 0;
    errors_ = 0;
    last_report_ = busy_until_ = now;
    may_hibernate_ = true;
    scanner_.configure(stored_[active_]);
    scanner_.power_up();
}

void NirscanFirmware::bus_reset(Clock) {
    pending_.clear();
}

void NirscanFirmware::conditions_changed(Clock) {}

// What is no report is not taken; the host must time out.
void NirscanFirmware::bulk_out(std::uint8_t, std::span<const std::uint8_t> data, Clock now) {
    if (data.size() % nirscan::packet_size != 0) return;
    if (now - std::exchange(last_report_, now) > patience) pending_.clear();
    pending_.insert(pending_.end(), data.begin(), data.end());
    while (!pending_.empty()) {
        const auto size = nirscan::request_size(pending_);
        if (!size) return pending_.clear();
        if (pending_.size() < *size) return;
        const auto request = nirscan::decode_request(pending_);
        const std::size_t reports = (*size + nirscan::packet_size - 1) / nirscan::packet_size;
        pending_.erase(pending_.begin(),
                       pending_.begin() + static_cast<std::ptrdiff_t>(reports * nirscan::packet_size));
        if (request) handle(*request, now);
    }
}

void NirscanFirmware::handle(const nirscan::Request& request, Clock now) {
    busy_until_ = std::max<Clock>(busy_until_,
                                  now + std::exchange(port_.conditions.next_deferred, std::chrono::milliseconds(0)));
    if (busy_until_ > now) return send(request, nirscan::Answer::busy, {});
    const auto& table = request.read ? questions_ : orders_;
    const auto found = table.find(request.command);
    if (found == table.end()) return send(request, nirscan::Answer::error, {});
    Value value = found->second(request.argument, now);
    send(request, value ? nirscan::Answer::success : nirscan::Answer::error, std::move(value).value_or(Bytes{}));
}

void NirscanFirmware::send(const nirscan::Request& request, nirscan::Answer answer, Bytes data) {
    if (!request.reply_wanted) return;
    port_.endpoints.send(in_endpoint,
                         nirscan::encode(nirscan::Reply{request.read, answer, request.sequence, std::move(data)}));
}

void NirscanFirmware::add_questions() {
    questions_[command::version] = [](ByteView, Clock) -> Value {
        Writer writer;
        for (const std::uint32_t one : {firmware_version, 0U, 0U, library_version, 1U, 1U, 1U}) writer.u32le(one);
        return writer.bytes();
    };
    questions_[command::read_serial] = [this](ByteView, Clock) -> Value {
        return text(scanner_.serial(), nirscan::serial_bytes);
    };
    questions_[command::read_model] = [](ByteView, Clock) -> Value {
        return text("NIRscan virtual", nirscan::model_bytes);
    };
    questions_[command::read_calibration] = [this](ByteView, Clock) -> Value {
        Bytes file = nirscan::encode(scanner_.calibration());
        file.resize(nirscan::calibration_file_bytes);
        return file;
    };
    questions_[command::read_temperature] = [](ByteView, Clock) -> Value {
        return Writer().u32le(2950).u32le(2790).bytes();
    };
    questions_[command::read_humidity] = [](ByteView, Clock) -> Value {
        return Writer().u32le(3010).u32le(3850).bytes();
    };
    questions_[command::get_hibernate] = [this](ByteView, Clock) -> Value { return u8(may_hibernate_ ? 1 : 0); };
    questions_[command::error_status] = [this](ByteView, Clock) -> Value {
        Bytes value = u32(errors_);
        value.resize(value.size() + error_codes_bytes);
        return value;
    };
    questions_[command::device_status] = [this](ByteView, Clock) -> Value {
        return u32(nirscan::status::normal | (scanner_.running() ? nirscan::status::scan_in_progress : 0));
    };
}

void NirscanFirmware::add_scans() {
    orders_[command::perform_scan] = [this](ByteView argument, Clock now) -> Value {
        if (argument.empty() || scanner_.running()) return std::nullopt;
        const bool possible = scanner_.configuration().repeats > 0;  // taken all the same, and not done
        if (possible) scanner_.start(now);
        if (!possible) errors_ |= nirscan::error::scan;
        return Bytes{};
    };
    questions_[command::scan_status] = [this](ByteView, Clock) -> Value { return u8(scanner_.running() ? 0 : 1); };
    questions_[command::scan_time] = [this](ByteView, Clock) -> Value {
        return u32(static_cast<std::uint32_t>(scanner_.scan_time().count()));
    };
    questions_[command::file_size] = [this](ByteView argument, Clock) { return make_file(argument); };
    questions_[command::file_data] = [this](ByteView, Clock) { return next_of_file(); };
    orders_[command::reset_errors] = [this](ByteView, Clock) -> Value {
        errors_ = 0;
        return Bytes{};
    };
}

void NirscanFirmware::add_settings() {
    orders_[command::apply_configuration] = [this](ByteView argument, Clock) -> Value {
        const auto configuration = nirscan::decode_configuration(argument);
        if (!configuration) errors_ |= nirscan::error::spectrum_library;
        if (!configuration || !scanner_.configure(*configuration)) return std::nullopt;
        return number_of_patterns();
    };
    questions_[command::read_configuration] = [this](ByteView argument, Clock) { return stored(argument); };
    questions_[command::configuration_count] = [this](ByteView, Clock) -> Value {
        return u8(static_cast<std::uint8_t>(stored_.size()));
    };
    questions_[command::get_active_configuration] = [this](ByteView, Clock) -> Value { return u8(active_); };
    orders_[command::set_active_configuration] = [this](ByteView argument, Clock) { return activate(argument); };
    orders_[command::scan_controls_lamp] = [this](ByteView argument, Clock) -> Value {
        if (argument.empty()) return std::nullopt;
        scanner_.control_lamp(argument.front() != 0);
        return Bytes{};
    };
    orders_[command::fix_gain] = [this](ByteView argument, Clock) -> Value {
        if (argument.size() < 2) return std::nullopt;
        scanner_.fix_gain(argument[0] != 0 ? argument[1] : std::uint8_t{0});
        return Bytes{};
    };
    orders_[command::set_repeats] = [this](ByteView argument, Clock) -> Value {
        if (argument.size() < 2) return std::nullopt;
        scanner_.repeat(wire::Reader(argument).u16le());
        return Bytes{};
    };
    orders_[command::set_hibernate] = [this](ByteView argument, Clock) -> Value {
        if (first_of(argument).value_or(2) > 1) return std::nullopt;
        may_hibernate_ = argument.front() == 1;
        return Bytes{};
    };
}

NirscanFirmware::Value NirscanFirmware::number_of_patterns() const {
    return u32(scanner_.configuration().patterns);
}

// Of another kind than the last scan none is kept: answered with nothing, as the firmware does.
NirscanFirmware::Value NirscanFirmware::make_file(ByteView argument) {
    if (argument.size() < 4 || wire::Reader(argument).u32le() != nirscan::file::scan_data) return Bytes{};
    file_ = nirscan::encode(scanner_.last());
    file_.resize(nirscan::scan_file_bytes);
    sent_ = 0;
    scanner_.handed_over();
    return u32(static_cast<std::uint32_t>(file_.size()));
}

NirscanFirmware::Value NirscanFirmware::next_of_file() {
    const std::size_t size = std::min(nirscan::longest_payload, file_.size() - sent_);
    const ByteView piece = ByteView(file_).subspan(sent_, size);
    sent_ += size;
    return Bytes(piece.begin(), piece.end());
}

NirscanFirmware::Value NirscanFirmware::stored(ByteView argument) const {
    const auto place = first_of(argument);
    if (!place || *place >= stored_.size()) return std::nullopt;
    const Bytes file = nirscan::encode(stored_[*place]);
    return Writer().u32le(static_cast<std::uint32_t>(file.size())).raw(file).bytes();
}

NirscanFirmware::Value NirscanFirmware::activate(ByteView argument) {
    const auto place = first_of(argument);
    if (!place || *place >= stored_.size() || !scanner_.configure(stored_[*place])) {
        errors_ |= nirscan::error::scan;
        return std::nullopt;
    }
    active_ = *place;
    return number_of_patterns();
}

}  // namespace singel::firmware_bridge::virtual_instrument
