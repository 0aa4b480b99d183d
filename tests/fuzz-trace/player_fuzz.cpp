// Any accepted trace, played to a host that asks for whatever stands in it, and for other things.

#include <cstdint>
#include <string_view>

#include "firmware-bridge/trace/player.hpp"
#include "firmware-bridge/trace/text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace trace = singel::firmware_bridge::trace;
    const std::string_view text(static_cast<const char*>(static_cast<const void*>(data)), size);
    auto read = trace::parse(text, "fuzz");
    if (!read || read->entries.size() > 200) return 0;
    const trace::Trace asked = *read;
    trace::Player player(std::move(*read), "fuzz", [](const auto&) {});
    std::uint64_t id = 0;
    std::chrono::nanoseconds now{0};
    for (const auto& entry : asked.entries) {
        const auto* const transfer = std::get_if<trace::Transfer>(&entry.what);
        if (!transfer) {
            player.reset(now);
        } else if (transfer->control) {
            player.submit_control(++id, transfer->setup, transfer->data, now);
        } else if (transfer->in()) {
            player.submit_bulk_in(++id, transfer->endpoint, transfer->asked, now);
        } else {
            player.submit_bulk_out(++id, transfer->endpoint, transfer->data, now);
        }
        if (id % 3 == 0) player.cancel(id, now);
        if (const auto next = player.next_event()) player.advance(now = *next);
    }
    player.unplug(now);
    return 0;
}
