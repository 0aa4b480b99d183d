#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

// What lets a person, and nobody else, ask for a result again. Throws core::Failure.
namespace singel::acquisition::records {

std::string random_id();          // 128 bit, hex
std::string random_claim_code();  // 40 bit, Crockford base 32: "7K4M-29QX"

// The eight characters without dash, in capitals, with I, L and O read as 1, 1 and 0; empty when it is no claim code.
std::string normal_claim_code(std::string_view code);

// The secret beside the store that its claim codes are hashed with. Made (readable by its owner only) when it is
// not there and `make` is set. Whoever destroys it makes every code of the store worthless.
std::vector<std::uint8_t> claim_key(const std::filesystem::path& file, bool make);

// Keyed BLAKE2b, 32 bytes, of the normal form.
std::vector<std::uint8_t> claim_hash(std::string_view code, const std::vector<std::uint8_t>& key);

}  // namespace singel::acquisition::records
