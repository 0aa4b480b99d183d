// Records of any content; the first byte is the device.

#include <algorithm>
#include <cstdint>

#include "firmware-bridge/trace/usbmon.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace trace = singel::firmware_bridge::trace;
    if (size == 0) return 0;
    trace::Usbmon usbmon(data[0]);
    singel::firmware_bridge::wire::ByteView left(data + 1, size - 1);
    while (!left.empty()) {
        const auto record = left.first(std::min(left.size(), trace::usbmon_record_bytes));
        left = left.subspan(record.size());
        const std::size_t with = record.size() > 36 ? std::min<std::size_t>(record[36], left.size()) : 0;
        if (!usbmon.hear(record, left.first(with))) return 0;
        left = left.subspan(with);
    }
    return 0;
}
