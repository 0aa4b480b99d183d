#pragma once

#include <array>

#include "firmware-bridge/wire/fid/operations.hpp"
#include "firmware-bridge/wire/fid/requests.hpp"

// Which firmware knows which operation, as far as the notes say so: the end of section 4, and section 10.
namespace singel::firmware_bridge::wire::fid {

struct FirmwareGate {
    const Operation* operation = nullptr;
    Boards boards = Boards::every;  // that the gate is for
    FirmwareVersion from;           // the first firmware that knows it
    std::array<FirmwareVersion, 2> except{};
};

inline constexpr FirmwareVersion gen2_without{11, 3, 0, 37};
inline constexpr FirmwareVersion ble_without{1, 0, 33, 7};
inline constexpr FirmwareVersion first_with_interlock{10, 0, 0, 11};
inline constexpr FirmwareVersion first_with_rows{10, 0, 0, 47};

inline constexpr std::array firmware_gates{
    FirmwareGate{&operation::poll_status, Boards::arm, {1, 0, 7, 0}},
    FirmwareGate{&operation::cpu_id, Boards::arm, {1, 0, 4, 5}, {gen2_without}},
    FirmwareGate{&operation::laser_warning_delay, Boards::arm, {1, 0, 4, 5}, {gen2_without}},
    FirmwareGate{&operation::ble_firmware, Boards::arm, {1, 0, 4, 5}, {gen2_without, ble_without}},
    FirmwareGate{&operation::can_laser_fire, Boards::both_fx2, first_with_interlock},
    FirmwareGate{&operation::start_line, Boards::both_fx2, first_with_rows},
    FirmwareGate{&operation::stop_line, Boards::both_fx2, first_with_rows},
    FirmwareGate{&operation::detector_region, Boards::both_fx2, first_with_rows},
};

// Of an operation that no gate speaks of the board alone decides.
constexpr bool knows(Board board, const FirmwareVersion& firmware, const Operation& row) {
    for (const FirmwareGate& gate : firmware_gates) {
        if (gate.operation != &row || !among(gate.boards, board)) continue;
        return firmware >= gate.from && firmware != gate.except[0] && firmware != gate.except[1];
    }
    return among(row.boards, board);
}

}  // namespace singel::firmware_bridge::wire::fid
