#include "firmware-bridge/virtual/faults.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace singel::firmware_bridge::virtual_instrument {

namespace {

struct Kind {
    std::string_view name;
    FaultKind kind;
    bool state;  // may hold from the start
};

constexpr std::array kinds{Kind{"stall", FaultKind::stall, false},
                           Kind{"delay", FaultKind::delay, false},
                           Kind{"truncate", FaultKind::truncate, false},
                           Kind{"corrupt", FaultKind::corrupt, false},
                           Kind{"stale", FaultKind::stale, false},
                           Kind{"lose", FaultKind::lose, false},
                           Kind{"unplug", FaultKind::unplug, false},
                           Kind{"interlock_open", FaultKind::interlock_open, true},
                           Kind{"laser_off_lost", FaultKind::laser_off_lost, true},
                           Kind{"all_ones_memory", FaultKind::all_ones_memory, true},
                           Kind{"unterminated_text", FaultKind::unterminated_text, true},
                           Kind{"nan_coefficient", FaultKind::nan_coefficient, true},
                           Kind{"comma_coefficient", FaultKind::comma_coefficient, true},
                           Kind{"swapped_registers", FaultKind::swapped_registers, true},
                           Kind{"drop_last", FaultKind::drop_last, false},
                           Kind{"extra_byte", FaultKind::extra_byte, false},
                           Kind{"short_packet", FaultKind::short_packet, false},
                           Kind{"duplicate", FaultKind::duplicate, false},
                           Kind{"pause", FaultKind::pause, false},
                           Kind{"re_enumerate", FaultKind::re_enumerate, false},
                           Kind{"rotated_frame", FaultKind::rotated_frame, false},
                           Kind{"flat_frame", FaultKind::flat_frame, false},
                           Kind{"second_half_stalled", FaultKind::second_half_stalled, false},
                           Kind{"dead_watchdog", FaultKind::dead_watchdog, true},
                           Kind{"stuck_temperature", FaultKind::stuck_temperature, true},
                           Kind{"reset_leaves_bus", FaultKind::reset_leaves_bus, true},
                           Kind{"wrong_regarding", FaultKind::wrong_regarding, false},
                           Kind{"deferred", FaultKind::deferred, false},
                           Kind{"wrong_checksum", FaultKind::wrong_checksum, false},
                           Kind{"old_reply", FaultKind::old_reply, true},
                           Kind{"left_averaging", FaultKind::left_averaging, true}};

template <class Number>
bool read_number(std::string_view& text, Number& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc()) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

bool read_duration(std::string_view text, std::chrono::milliseconds& duration) {
    std::uint32_t count = 0;
    if (!read_number(text, count)) return false;
    if (text != "ms" && text != "s") return false;
    duration = std::chrono::milliseconds(text == "s" ? std::uint64_t{count} * 1000 : count);
    return true;
}

std::string known_kinds() {
    std::string list;
    for (const Kind& kind : kinds) list.append(list.empty() ? "" : ", ").append(kind.name);
    return list;
}

// One fault; a sentence about what is wrong with it otherwise.
std::optional<std::string> read_fault(std::string_view text, InjectedFault& fault) {
    const std::string quoted = std::string(1, '"').append(text).append(1, '"');
    const std::size_t colon = text.find(':');
    const std::string_view duration = colon == std::string_view::npos ? std::string_view{} : text.substr(colon + 1);
    text = text.substr(0, colon);
    const std::size_t at = text.find('@');
    const std::string_view name = text.substr(0, at);
    const Kind* found = nullptr;
    for (const Kind& kind : kinds) {
        if (kind.name == name) found = &kind;
    }
    if (found == nullptr) return quoted + " names no fault: one of " + known_kinds();
    fault.kind = found->kind;
    std::string_view number = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
    if (at != std::string_view::npos && (!read_number(number, fault.at) || !number.empty())) {
        return quoted + ": the number of the exchange is not understood";
    }
    if (fault.at == 0 && !found->state) return quoted + " needs the number of an exchange, as in unplug@12";
    if (colon != std::string_view::npos && !read_duration(duration, fault.duration)) {
        return quoted + ": the duration is not understood, write it as 500ms or 2s";
    }
    return std::nullopt;
}

}  // namespace

bool parse_faults(std::string_view text, Faults& faults, std::string& message) {
    Faults read;
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        InjectedFault fault;
        if (std::optional<std::string> wrong = read_fault(text.substr(0, comma), fault)) {
            message = std::move(*wrong);
            return false;
        }
        read.push_back(fault);
        if (comma == std::string_view::npos) break;
        text.remove_prefix(comma + 1);
        if (text.empty()) {
            message = "a fault is missing after the last comma";
            return false;
        }
    }
    faults = std::move(read);
    return true;
}

}  // namespace singel::firmware_bridge::virtual_instrument
