#include <cmath>
#include <gtest/gtest.h>

#include "firmware-bridge/wire/bytes.hpp"

namespace singel::firmware_bridge::wire {

TEST(Reader, TakesNumbersInBothByteOrders) {
    const Bytes bytes{0x01, 0x02, 0x03, 0x04, 0x05, 0xFE, 0xFF, 0x12, 0x34};
    Reader in(bytes);
    EXPECT_EQ(in.little(5), 0x0504030201u);
    EXPECT_EQ(in.s16le(), -2);
    EXPECT_EQ(in.u16be(), 0x1234);
    EXPECT_TRUE(in.ok());
    EXPECT_EQ(in.left(), 0u);
}

TEST(Reader, FailsForGoodWhenItReadsPastTheEnd) {
    const Bytes bytes{1, 2, 3};
    Reader in(bytes);
    EXPECT_EQ(in.u32le(), 0u);
    EXPECT_FALSE(in.ok());
    EXPECT_EQ(in.u8(), 0) << "nothing is read after a failure";
    EXPECT_FALSE(in.seek(0).ok());
}

TEST(Reader, RefusesToSeekPastTheEnd) {
    const Bytes bytes{1, 2, 3};
    EXPECT_TRUE(Reader(bytes).seek(3).ok());
    EXPECT_FALSE(Reader(bytes).seek(4).ok());
}

TEST(Reader, EndsTextAtNulOrErasedMemoryAndDropsBlanks) {
    const Bytes nul{' ', 'a', 'b', ' ', 0, 'x'};
    EXPECT_EQ(Reader(nul).text(6), "ab");
    const Bytes erased{'a', 0xFF, 'b'};
    EXPECT_EQ(Reader(erased).text(3), "a");
    const Bytes full{'a', 'b', 'c'};
    EXPECT_EQ(Reader(full).text(3), "abc");
    const Bytes blanks{' ', ' '};
    EXPECT_EQ(Reader(blanks).text(2), "");
}

TEST(Reader, LetsNoUnprintableByteIntoText) {
    const Bytes bytes{'a', 0x1B, 0xC3, 'b'};
    EXPECT_EQ(Reader(bytes).text(4), "a??b");
}

TEST(Writer, IsReadBackByTheReader) {
    Writer out;
    out.u8(0x69).u16le(0x1234).s16le(-5).u32le(0xDEADBEEF).u16be(0xABCD).little(0x0102030405, 5).f32le(1.5F);
    Reader in(out.bytes());
    EXPECT_EQ(in.u8(), 0x69);
    EXPECT_EQ(in.u16le(), 0x1234);
    EXPECT_EQ(in.s16le(), -5);
    EXPECT_EQ(in.u32le(), 0xDEADBEEFu);
    EXPECT_EQ(in.u16be(), 0xABCD);
    EXPECT_EQ(in.little(5), 0x0102030405u);
    EXPECT_EQ(in.f32le(), 1.5F);
    EXPECT_TRUE(in.ok());
}

TEST(Writer, OfFixedSizeFailsWhenWrittenPastItsEnd) {
    Writer out(4, 0xFF);
    EXPECT_TRUE(out.seek(2).u16le(0).ok());
    EXPECT_EQ(out.bytes(), (Bytes{0xFF, 0xFF, 0, 0}));
    EXPECT_FALSE(out.u8(1).ok());
    EXPECT_EQ(out.bytes().size(), 4u);
}

TEST(Writer, FillsTextAndRefusesOneThatIsTooLong) {
    EXPECT_EQ(Writer().text("ab", 4, '-').bytes(), (Bytes{'a', 'b', '-', '-'}));
    EXPECT_FALSE(Writer().text("abcde", 4).ok());
}

}  // namespace singel::firmware_bridge::wire
