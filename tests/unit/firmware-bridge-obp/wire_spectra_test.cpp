#include <gmock/gmock.h>
#include <numeric>

#include "firmware-bridge/wire/obp/arguments.hpp"
#include "firmware-bridge/wire/obp/spectra.hpp"

namespace singel::test {

namespace wire = firmware_bridge::wire;
namespace obp = wire::obp;
using std::chrono::microseconds;
using wire::Bytes;

namespace {

obp::Counts ramp(std::size_t pixels, std::uint32_t first = 1000) {
    obp::Counts counts(pixels);
    std::iota(counts.begin(), counts.end(), first);
    return counts;
}

obp::FastSpectrum fast(std::uint32_t number) {
    return {microseconds(number * 1000), microseconds(10), number, 99, microseconds(99'000), 3, ramp(2136, number)};
}

}  // namespace

TEST(ObpArguments, AreReadBackAndRefusedAtAnotherLength) {
    EXPECT_EQ(*obp::read_u8(obp::u8(200)), 200);
    EXPECT_EQ(*obp::read_u16(obp::u16(0xABCD)), 0xABCD);
    EXPECT_EQ(obp::u32(100'000), (Bytes{0xA0, 0x86, 0x01, 0x00}));
    EXPECT_EQ(*obp::read_u32(obp::u32(4'000'000'000)), 4'000'000'000);
    EXPECT_EQ(*obp::read_f32(obp::f32(-10.5F)), -10.5F);
    EXPECT_EQ(obp::read_text(obp::text("QEP03738")), "QEP03738");
    EXPECT_EQ(obp::read_text(Bytes{'A', 0, 'B'}), "A");
    EXPECT_FALSE(obp::read_u8(Bytes{}));
    EXPECT_FALSE(obp::read_u8(Bytes{1, 2}));
    EXPECT_FALSE(obp::read_u16(Bytes{1}));
    EXPECT_FALSE(obp::read_u32(Bytes{1, 2, 3}));
    EXPECT_FALSE(obp::read_f32(Bytes(8)));
    EXPECT_FALSE(obp::read_f32(Bytes{0, 0, 0xC0, 0x7F})) << "not a number";
}

TEST(ObpArguments, HoldListsAndRanges) {
    EXPECT_EQ(*obp::read_f32_list(obp::f32_list({1.5F, -2.0F})), (std::vector<float>{1.5F, -2.0F}));
    EXPECT_EQ(*obp::read_u16_list(obp::u16_list({1, 65535})), (std::vector<std::uint16_t>{1, 65535}));
    EXPECT_EQ(*obp::read_u32_list(obp::u32_list({0x110010})), (std::vector<std::uint32_t>{0x110010}));
    EXPECT_FALSE(obp::read_f32_list(Bytes(7)));
    EXPECT_FALSE(obp::read_f32_list(Bytes{0, 0, 0x80, 0x7F})) << "infinite";
    EXPECT_FALSE(obp::read_u16_list(Bytes(3)));
    EXPECT_FALSE(obp::read_u32_list(Bytes(6)));
    const std::vector<obp::PixelRange> dark{{0, 3}, {1040, 1043}};
    EXPECT_EQ(obp::ranges(dark).size(), 16u);
    EXPECT_EQ(*obp::read_ranges(obp::ranges(dark), 1044), dark);
    EXPECT_FALSE(obp::read_ranges(obp::ranges(dark), 1043));
    EXPECT_FALSE(obp::read_ranges(obp::ranges({{5, 4}}), 1044));
    EXPECT_FALSE(obp::read_ranges(obp::u32(1), 1044));
}

TEST(ObpArguments, NameALightSourceFirst) {
    EXPECT_EQ(obp::light_source({2, 3}), (Bytes{2, 3}));
    EXPECT_EQ(obp::light_source({0, 0}, true), (Bytes{0, 0, 1}));
    EXPECT_EQ(obp::light_source({0, 1}, 0.5F), (Bytes{0, 1, 0, 0, 0, 0x3F}));
}

TEST(ObpSpectrum, IsPlainWithTwoBytesAPixel) {
    const Bytes payload = obp::encode_plain(ramp(1024));
    EXPECT_EQ(payload.size(), 2048u);
    EXPECT_EQ(payload[2], 1001 & 0xFF);
    EXPECT_EQ(*obp::decode_plain(payload, 1024), ramp(1024));
    EXPECT_FALSE(obp::decode_plain(payload, 1023));
    EXPECT_FALSE(obp::decode_plain({}, 1024));
}

// Section 8.4: u32 count, u64 tick counter, u32 integration time, and 4208 bytes in all.
TEST(ObpSpectrum, CarriesTheMetadataOfTheQePro) {
    const obp::BufferedSpectrum spectrum{0x01020304, microseconds(0x1122334455), microseconds(8000), 1, ramp(1044)};
    Bytes payload = obp::encode_buffered(spectrum);
    EXPECT_EQ(payload.size(), 4208u);
    EXPECT_EQ(Bytes(payload.begin(), payload.begin() + 17),
              (Bytes{4, 3, 2, 1, 0x55, 0x44, 0x33, 0x22, 0x11, 0, 0, 0, 0x40, 0x1F, 0, 0, 1}));
    EXPECT_EQ(*obp::decode_buffered(payload, 1044), spectrum);
    payload[35] = 0xFF;
    EXPECT_EQ(*obp::decode_buffered(payload, 1044), spectrum) << "18 bits count";
    payload[34] = 0x03;
    EXPECT_EQ(obp::decode_buffered(payload, 1044)->counts[0], 0x30000u + 1000);
    payload.pop_back();
    EXPECT_FALSE(obp::decode_buffered(payload, 1044));
}

TEST(ObpSpectrum, CarriesTheMetadataOfTheFastBuffer) {
    const std::vector<obp::FastSpectrum> spectra{fast(1), fast(2), fast(3)};
    const Bytes payload = obp::encode_fast(spectra);
    EXPECT_EQ(payload.size(), 3u * (64 + 4272 + 4));
    EXPECT_EQ(Bytes(payload.begin(), payload.begin() + 8), (Bytes{1, 0, 64, 0, 0xB0, 0x10, 0, 0}));
    EXPECT_EQ(payload[20], 1) << "pixel format u16";
    EXPECT_EQ(payload[24], 1) << "spectrum count";
    EXPECT_EQ(payload[28], 99) << "last spectrum count";
    EXPECT_EQ(payload[40], 3) << "scans averaged";
    EXPECT_EQ(*obp::decode_fast(payload, 2136), spectra);
    EXPECT_TRUE(obp::decode_fast({}, 2136)->empty()) << "nothing was buffered";
}

TEST(ObpSpectrum, RefusesAFastBufferThatCannotBe) {
    const Bytes payload = obp::encode_fast({fast(1), fast(2)});
    EXPECT_FALSE(obp::decode_fast(payload, 2137));
    for (std::size_t size : {1u, 63u, 64u, 4339u, 4341u, 8679u}) {
        EXPECT_FALSE(obp::decode_fast(wire::ByteView(payload).first(size), 2136)) << size;
    }
    for (const std::size_t at : {2u, 5u, 20u}) {
        Bytes changed = payload;
        changed[at] = 7;
        EXPECT_FALSE(obp::decode_fast(changed, 2136)) << at;
    }
    Bytes sixteen;
    for (int i = 0; i < 16; ++i) {
        const Bytes one = obp::encode_fast({fast(1)});
        sixteen.insert(sixteen.end(), one.begin(), one.end());
    }
    EXPECT_FALSE(obp::decode_fast(sixteen, 2136)) << "at most 15 a request";
}

TEST(ObpSpectrum, HasTheWidthThatItsLengthTells) {
    const obp::Obp2Spectrum plain{false, ramp(1516)}, sums{true, ramp(1516, 70'000)};
    EXPECT_EQ(obp::encode_obp2(plain).size(), 32u + 3032);
    EXPECT_EQ(obp::encode_obp2(sums).size(), 32u + 6064);
    EXPECT_EQ(*obp::decode_obp2(obp::encode_obp2(plain), 1516), plain);
    EXPECT_EQ(*obp::decode_obp2(obp::encode_obp2(sums), 1516), sums);
    Bytes odd = obp::encode_obp2(plain);
    odd.pop_back();
    EXPECT_FALSE(obp::decode_obp2(odd, 1516));
    EXPECT_FALSE(obp::decode_obp2(Bytes(32), 1516));
}

}  // namespace singel::test
