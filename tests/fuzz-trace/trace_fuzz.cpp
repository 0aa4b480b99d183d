// A trace that anybody wrote: what is accepted must survive being written and read again.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "firmware-bridge/trace/anonymous.hpp"
#include "firmware-bridge/trace/text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace trace = singel::firmware_bridge::trace;
    const std::string_view text(static_cast<const char*>(static_cast<const void*>(data)), size);
    auto read = trace::parse(text, "fuzz");
    if (!read) return 0;
    std::string written = trace::format(read->header);
    for (const auto& entry : read->entries)
        written += std::visit([](const auto& what) { return trace::format(what); }, entry.what);
    const auto again = trace::parse(written, "fuzz");
    if (!again || again->entries.size() != read->entries.size()) std::abort();
    for (std::size_t i = 0; i < read->entries.size(); ++i)
        if (read->entries[i].what != again->entries[i].what) std::abort();
    trace::blank_serials(*read);
    return 0;
}
