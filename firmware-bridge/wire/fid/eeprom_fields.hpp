#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "firmware-bridge/wire/bytes.hpp"
#include "firmware-bridge/wire/fid/eeprom.hpp"

// Where each field of the EEPROM lies, how it is written there and which formats have it: one row a field. Both
// directions, the range checks and every refusal go by this table. Source: notes on the FID protocol, section 5.
namespace singel::firmware_bridge::wire::fid {

enum class Stored : std::uint8_t { u8, s8, u16, s16, u32, f32, boolean, text };

// The place in the decoded value. A time is stored in the unit of its type.
using Place =
    std::variant<std::string& (*)(Eeprom&), bool& (*)(Eeprom&), std::uint8_t& (*)(Eeprom&), std::int8_t& (*)(Eeprom&),
                 std::uint16_t& (*)(Eeprom&), std::int16_t& (*)(Eeprom&), std::uint32_t& (*)(Eeprom&),
                 float& (*)(Eeprom&), std::chrono::seconds& (*)(Eeprom&), std::chrono::milliseconds& (*)(Eeprom&),
                 std::chrono::microseconds& (*)(Eeprom&), Subformat& (*)(Eeprom&), PixelCorrection& (*)(Eeprom&)>;

struct Field {
    std::string_view name;
    std::uint8_t page = 0, offset = 0;
    Stored stored = Stored::u8;
    Place place;
    std::uint8_t from = 0, until = 0xFF;  // formats that have it
    std::uint8_t length = 0;              // of a text
};

std::span<const Field> eeprom_fields();

inline bool has(const Field& field, std::uint8_t format) {
    return format >= field.from && format <= field.until;
}

void read_field(const Field& field, const Page& page, Eeprom& eeprom);
// False when the value does not fit what is stored.
bool write_field(const Field& field, const Eeprom& eeprom, Page& page);

// "page 3, offset 28, laser power max: 450"
std::string field_text(const Field& field, const Eeprom& eeprom);
// The same by name, for the format that this memory has. Asserts that the table has the field.
std::string field_text(std::string_view name, const Eeprom& eeprom);

}  // namespace singel::firmware_bridge::wire::fid
