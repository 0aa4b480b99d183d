#pragma once

#include <cstdint>
#include <string_view>

// One control transfer of Wasatch's FID protocol as a row of a table. Source: notes on the FID protocol, sections 1,
// 2 and 10 (read out of Wasatch.PY, Wasatch.NET and Wasatch.VCPP).
namespace singel::firmware_bridge::wire::fid {

inline constexpr std::uint16_t vendor_id = 0x24AA;
inline constexpr std::uint16_t product_fx2_silicon = 0x1000;
inline constexpr std::uint16_t product_fx2_ingaas = 0x2000;
inline constexpr std::uint16_t product_arm = 0x4000;
inline constexpr std::uint8_t spectrum_endpoint = 0x82;
inline constexpr std::uint8_t second_spectrum_endpoint = 0x86;  // FX2 with 2048 pixels: pixels 1024 to 2047

// The product id tells which. Both FX2 boards are the same but for a few opcodes that mean something else.
enum class Board : std::uint8_t { fx2, ingaas, arm };

constexpr Board board_of(std::uint16_t product_id) {
    return product_id == product_arm ? Board::arm : product_id == product_fx2_ingaas ? Board::ingaas : Board::fx2;
}

// Which boards know an operation.
enum class Boards : std::uint8_t { every, both_fx2, ingaas, arm, not_ingaas };

enum class Tier : std::uint8_t { first, second };  // second: bRequest 0xFF, opcode in wValue, argument in wIndex
enum class Order : std::uint8_t { little, big };
enum class Argument : std::uint8_t {
    none,
    word,    // 16 bits: wValue, or wIndex in the second tier
    bits24,  // wValue low 16, wIndex high 8
    bits40,  // wValue, wIndex, then payload byte 0; always 8 payload bytes, on every board
    index    // get only: wIndex says which
};

// locked: can damage or unlock a unit, or lets the firmware drive the laser. A host sends it through request_locked()
// on purpose or not at all (section 9.5, 10).
enum class Access : std::uint8_t { open, locked };

struct Operation {
    std::string_view name;
    Tier tier = Tier::first;
    std::uint8_t set = 0;  // opcode, 0: cannot be set
    std::uint8_t get = 0;  // opcode, 0: cannot be read
    Argument argument = Argument::word;
    std::uint8_t reply_bytes = 0;
    Order order = Order::little;
    Boards boards = Boards::every;    // that know it
    Boards settable = Boards::every;  // … and that it may be set on
    bool fx2_payload = false;         // FX2 wants 8 payload bytes too
    Access access = Access::open;
};

constexpr bool among(Boards boards, Board board) {
    switch (boards) {
        case Boards::every: return true;
        case Boards::both_fx2: return board != Board::arm;
        case Boards::ingaas: return board == Board::ingaas;
        case Boards::arm: return board == Board::arm;
        case Boards::not_ingaas: return board != Board::ingaas;
    }
    return false;
}
constexpr bool can_set(const Operation& row, Board board) {
    return row.set != 0 && among(row.boards, board) && among(row.settable, board);
}
constexpr bool can_get(const Operation& row, Board board) {
    return row.get != 0 && among(row.boards, board);
}

}  // namespace singel::firmware_bridge::wire::fid
