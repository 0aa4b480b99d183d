#include "firmware-bridge/wire/md5.hpp"

#include <bit>
#include <cmath>

#include "firmware-bridge/wire/bytes.hpp"

namespace singel::firmware_bridge::wire {

namespace {

constexpr std::size_t block_bytes = 64, steps = 64;
using State = std::array<std::uint32_t, 4>;

// The table of section 3.4: whole part of 2^32 |sin(i)|, i in radians from 1.
std::array<std::uint32_t, steps> sine_table() {
    std::array<std::uint32_t, steps> table{};
    for (std::size_t i = 0; i < steps; ++i) {
        table[i] = static_cast<std::uint32_t>(std::abs(std::sin(static_cast<double>(i + 1))) * 4294967296.0);
    }
    return table;
}

void add_block(State& state, ByteView block) {
    static const std::array<std::uint32_t, steps> sines = sine_table();
    constexpr int turns[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
    std::array<std::uint32_t, 16> words{};
    Reader in(block);
    for (std::uint32_t& word : words) word = in.u32le();
    auto [a, b, c, d] = state;
    for (std::size_t i = 0; i < steps; ++i) {
        const std::size_t round = i / 16;
        const std::array<std::uint32_t, 4> mixed{(b & c) | (~b & d), (b & d) | (c & ~d), b ^ c ^ d, c ^ (b | ~d)};
        const std::array<std::size_t, 4> word{i, 5 * i + 1, 3 * i + 5, 7 * i};
        const std::uint32_t sum = a + mixed[round] + sines[i] + words[word[round] % 16];
        a = d;
        d = c;
        c = b;
        b += std::rotl(sum, turns[round][i % 4]);
    }
    state = {state[0] + a, state[1] + b, state[2] + c, state[3] + d};
}

}  // namespace

std::array<std::uint8_t, 16> md5(ByteView bytes) {
    State state{0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476};
    const std::size_t whole = bytes.size() / block_bytes * block_bytes;
    for (std::size_t at = 0; at < whole; at += block_bytes) add_block(state, bytes.subspan(at, block_bytes));
    Writer end;
    end.raw(bytes.subspan(whole)).u8(0x80);
    const std::size_t padded = (end.bytes().size() + 8 + block_bytes - 1) / block_bytes * block_bytes;
    end.seek(padded - 8).little(std::uint64_t{bytes.size()} * 8, 8);
    for (std::size_t at = 0; at < padded; at += block_bytes)
        add_block(state, ByteView(end.bytes()).subspan(at, block_bytes));
    std::array<std::uint8_t, 16> digest{};
    Writer out;
    for (const std::uint32_t word : state) out.u32le(word);
    std::copy(out.bytes().begin(), out.bytes().end(), digest.begin());
    return digest;
}

}  // namespace singel::firmware_bridge::wire
