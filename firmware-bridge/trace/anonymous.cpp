#include "firmware-bridge/trace/anonymous.hpp"

#include <algorithm>
#include <set>

namespace singel::firmware_bridge::trace {

namespace {

constexpr std::size_t serial_index_at = 16;  // in the device descriptor
constexpr std::size_t shortest_serial = 3;   // a shorter text would blank half of the trace
constexpr std::size_t slot_head = 2, slot_text = 15, slot_reply = 17;
constexpr std::size_t page_serial_at = 16, page_serial_size = 16, page_size = 64;

std::string text_in(const std::vector<std::uint8_t>& bytes, std::size_t at, std::size_t size) {
    std::string text;
    for (std::size_t i = at; i < at + size && bytes[i] > ' ' && bytes[i] <= '~'; ++i)
        text += static_cast<char>(bytes[i]);
    return text;
}

std::string serial_in(const Transfer& transfer) {
    const auto& data = transfer.data;
    if (!transfer.in()) return {};
    const bool slot_zero = !transfer.control && data.size() == slot_reply && data[0] == 0x05 && data[1] == 0;
    if (slot_zero) return text_in(data, slot_head, slot_text);
    const auto& setup = transfer.setup;
    const bool page_zero = transfer.control && setup.request_type == 0xC0 && setup.request == 0xFF &&
                           setup.value == 1 && setup.index == 0 && data.size() == page_size;
    return page_zero ? text_in(data, page_serial_at, page_serial_size) : std::string();
}

std::set<std::string> serials(const Trace& trace) {
    std::set<std::string> found;
    const auto& descriptors = trace.header.descriptors;
    const std::size_t index = descriptors.device.size() > serial_index_at ? descriptors.device[serial_index_at] : 0u;
    if (index >= 1 && index <= descriptors.strings.size()) found.insert(descriptors.strings[index - 1]);
    for (const Entry& entry : trace.entries) {
        if (const auto* transfer = std::get_if<Transfer>(&entry.what)) found.insert(serial_in(*transfer));
    }
    std::erase_if(found, [](const std::string& serial) { return serial.size() < shortest_serial; });
    return found;
}

// Letters stride bytes apart, as in plain text and in string descriptors.
template <class Bytes>
void blank(Bytes& bytes, const std::string& serial, std::size_t stride) {
    const std::size_t span = (serial.size() - 1) * stride + 1;
    for (std::size_t at = 0; at + span <= bytes.size(); ++at) {
        std::size_t same = 0;
        while (same < serial.size() && static_cast<char>(bytes[at + same * stride]) == serial[same]) ++same;
        if (same < serial.size()) continue;
        for (std::size_t i = 0; i < serial.size(); ++i) bytes[at + i * stride] = 'X';
    }
}

}  // namespace

void blank_serials(Trace& trace) {
    const std::set<std::string> known = serials(trace);
    for (const std::string& serial : known) {
        for (std::string& text : trace.header.descriptors.strings) blank(text, serial, 1);
        for (Entry& entry : trace.entries) {
            auto* const transfer = std::get_if<Transfer>(&entry.what);
            if (!transfer) continue;
            blank(transfer->data, serial, 1);
            blank(transfer->data, serial, 2);
        }
    }
    trace.header.anonymous = true;
}

}  // namespace singel::firmware_bridge::trace
