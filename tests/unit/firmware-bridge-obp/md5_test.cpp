#include "firmware-bridge/wire/md5.hpp"

#include <gtest/gtest.h>
#include <string_view>

namespace singel::test {

namespace wire = firmware_bridge::wire;

namespace {

std::string digest(std::string_view text) {
    std::string hex;
    for (const std::uint8_t byte : wire::md5({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()})) {
        hex += "0123456789abcdef"[byte >> 4];
        hex += "0123456789abcdef"[byte & 0xF];
    }
    return hex;
}

}  // namespace

// The test suite of RFC 1321, appendix A.5.
TEST(Md5, GivesTheDigestsOfTheRfc) {
    EXPECT_EQ(digest(""), "d41d8cd98f00b204e9800998ecf8427e");
    EXPECT_EQ(digest("a"), "0cc175b9c0f1b6a831c399e269772661");
    EXPECT_EQ(digest("abc"), "900150983cd24fb0d6963f7d28e17f72");
    EXPECT_EQ(digest("message digest"), "f96b697d7cb7938d525a2f31aaf161d0");
    EXPECT_EQ(digest("abcdefghijklmnopqrstuvwxyz"), "c3fcd3d76192e4007dfb496cca67e13b");
    EXPECT_EQ(digest("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"),
              "d174ab98d277d9f5a5611c2c9f419d9f");
    EXPECT_EQ(digest("12345678901234567890123456789012345678901234567890123456789012345678901234567890"),
              "57edf4a22be3c955ac49da2e2107b67a");
}

// Digests by coreutils md5sum, around the lengths where the padding takes another block.
TEST(Md5, PadsAroundTheEndOfABlock) {
    EXPECT_EQ(digest(std::string(55, 'x')), "04364420e25c512fd958a70738aa8f72");
    EXPECT_EQ(digest(std::string(56, 'x')), "668a72d5ba17f08e62dabcafad6db14b");
    EXPECT_EQ(digest(std::string(63, 'x')), "7dc2ca208106a2f703567bdff99d8981");
    EXPECT_EQ(digest(std::string(64, 'x')), "c1bb4f81d892b2d57947682aeb252456");
    EXPECT_EQ(digest(std::string(119, 'x')), "ab347a5f68c8a443cfcddc633f12c24f");
    EXPECT_EQ(digest(std::string(4252, 'x')), "8acc5fd3c3bcfd6a497ed2ecacd3f8e7");
}

}  // namespace singel::test
