#include "firmware-bridge/trace/usbmon.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

namespace singel::firmware_bridge::trace {

using virtual_instrument::Setup;
using virtual_instrument::Status;
using wire::malformed;

namespace {

// struct usbmon_packet of the document named in the header, field by field.
struct Record {
    std::uint64_t id = 0;
    char type = 0;  // 'S'ubmitted, 'C'ompleted, 'E'rror on submission
    std::uint8_t transfer_type = 0, endpoint = 0, device = 0;
    char setup_flag = 0, data_flag = 0;  // 0: present
    std::int64_t seconds = 0;
    std::int32_t microseconds = 0, status = 0;
    std::uint32_t length = 0, captured = 0;
    Setup setup;
};

template <class T>
T field(wire::ByteView record, std::size_t at) {
    T value;
    std::memcpy(&value, record.data() + at, sizeof value);
    return value;
}

Record decode(wire::ByteView bytes) {
    constexpr std::size_t setup_at = 40;
    Record record;
    record.id = field<std::uint64_t>(bytes, 0);
    record.type = static_cast<char>(bytes[8]);
    record.transfer_type = bytes[9];
    record.endpoint = bytes[10];
    record.device = bytes[11];
    record.setup_flag = static_cast<char>(bytes[14]);
    record.data_flag = static_cast<char>(bytes[15]);
    record.seconds = field<std::int64_t>(bytes, 16);
    record.microseconds = field<std::int32_t>(bytes, 24);
    record.status = field<std::int32_t>(bytes, 28);
    record.length = field<std::uint32_t>(bytes, 32);
    record.captured = field<std::uint32_t>(bytes, 36);
    const auto word = [&](std::size_t at) {  // little-endian on every machine
        return static_cast<std::uint16_t>(bytes[setup_at + at] | bytes[setup_at + at + 1] << 8);
    };
    record.setup = {bytes[setup_at], bytes[setup_at + 1], word(2), word(4), word(6)};
    return record;
}

Status status_of(std::int32_t error) {
    switch (-error) {
        case 0:
        case EREMOTEIO: return Status::ok;  // fewer bytes than asked for
        case EOVERFLOW: return Status::overflow;
        case ENOENT:
        case ECONNRESET: return Status::cancelled;
        case ENODEV:
        case ESHUTDOWN: return Status::no_device;
        default: return Status::stall;
    }
}

Transfer begin(const Record& record, wire::ByteView data) {
    constexpr std::uint8_t control = 2;
    Transfer transfer;
    transfer.endpoint = record.endpoint;
    transfer.control = record.transfer_type == control;
    if (transfer.control && record.setup_flag == 0) transfer.setup = record.setup;
    transfer.asked = record.length;
    if (!transfer.in()) transfer.data.assign(data.begin(), data.end());
    return transfer;
}

}  // namespace

wire::Decoded<std::optional<Transfer>> Usbmon::hear(wire::ByteView bytes, wire::ByteView data) {
    constexpr std::uint8_t isochronous = 0;
    constexpr std::int64_t latest_s = std::int64_t{1} << 40, micro = 1000000;
    if (bytes.size() < usbmon_record_bytes) return wire::wrong_length("usbmon", bytes.size(), usbmon_record_bytes);
    const Record record = decode(bytes);
    if (record.device != device_ || record.transfer_type == isochronous) return std::nullopt;
    if (record.seconds < 0 || record.seconds > latest_s || record.microseconds < 0 || record.microseconds >= micro)
        return malformed("usbmon: a time that cannot be");
    if (data.size() != record.captured || record.captured > record.length)
        return wire::wrong_length("usbmon data", data.size(), record.captured);
    const Microseconds time(record.seconds * micro + record.microseconds);
    if (!start_) start_ = time;
    if (record.type == 'S') {
        begun_[record.id] = {begin(record, data), time};
        return std::nullopt;
    }
    const auto begun = begun_.extract(record.id);
    if (!begun) return std::nullopt;  // asked before the recording began
    Transfer transfer = std::move(begun.mapped().transfer);
    transfer.at = std::max(time - *start_, Microseconds{0});
    transfer.took = std::max(time - begun.mapped().at, Microseconds{0});
    transfer.status = record.type == 'E' ? Status::no_device : status_of(record.status);
    transfer.actual = record.length;
    if (transfer.in()) transfer.data.assign(data.begin(), data.end());
    if (transfer.data.size() != (transfer.in() ? transfer.actual : transfer.asked)) {
        ++cut_;
        (transfer.in() ? transfer.actual : transfer.asked) = transfer.data.size();
    }
    return transfer;
}

}  // namespace singel::firmware_bridge::trace
