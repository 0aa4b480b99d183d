#include <gtest/gtest.h>
#include <numeric>

#include "firmware-bridge/wire/ooi/models.hpp"
#include "firmware-bridge/wire/ooi/spectrum.hpp"

namespace singel::firmware_bridge::wire::ooi {

namespace {

std::vector<std::uint16_t> ramp(std::size_t pixels, std::uint16_t from) {
    std::vector<std::uint16_t> counts(pixels);
    std::iota(counts.begin(), counts.end(), from);
    return counts;
}

}  // namespace

// Section 6.1: packet 2k holds the low bytes of pixels 64k to 64k + 63, packet 2k + 1 their high bytes.
TEST(OoiSpectrum, OfFamilyAIsSplitIntoLowAndHighBytes) {
    std::vector<std::uint16_t> counts(2048, 0);
    counts[0] = 0x0123;
    counts[63] = 0x0456;
    counts[64] = 0x0789;
    const Bytes bytes = encode_spectrum(counts, usb2000.dialect);
    ASSERT_EQ(bytes.size(), 4097u);
    EXPECT_EQ(bytes[0], 0x23);
    EXPECT_EQ(bytes[63], 0x56);
    EXPECT_EQ(bytes[64], 0x01);
    EXPECT_EQ(bytes[127], 0x04);
    EXPECT_EQ(bytes[128], 0x89);
    EXPECT_EQ(bytes[192], 0x07);
    EXPECT_EQ(bytes.back(), 0x69);
    EXPECT_EQ(*decode_spectrum(bytes, usb2000.dialect), counts);
}

TEST(OoiSpectrum, OfFamilyAHasTwelveBitsWhateverTheOthersSay) {
    const Bytes noisy = encode_spectrum(std::vector<std::uint16_t>(2048, 0xA123), usb2000.dialect);
    EXPECT_EQ(noisy[64], 0xA1) << "nobody drives the upper four bits";
    EXPECT_EQ(*decode_spectrum(noisy, usb2000.dialect), std::vector<std::uint16_t>(2048, 0x0123));
}

TEST(OoiSpectrum, IsFlippedAsTheModelDoes) {
    const std::vector<std::pair<const ModelFacts*, std::uint16_t>> flips{
        {&hr2000_plus, 0x2000}, {&hr4000, 0x2000}, {&qe65000, 0x8000}, {&nirquest256, 0x8000}, {&usb4000, 0}};
    for (const auto& [model, flip] : flips) {
        const auto counts = ramp(model->dialect.pixels, 100);
        const Bytes bytes = encode_spectrum(counts, model->dialect);
        EXPECT_EQ(bytes[0] | bytes[1] << 8, 100 ^ flip) << model->name;
        EXPECT_EQ(*decode_spectrum(bytes, model->dialect), counts) << model->name;
    }
}

TEST(OoiSpectrum, OfJazAndFlameNirHasNoSyncByte) {
    for (const ModelFacts& model : {jaz, flame_nir}) {
        Bytes bytes = encode_spectrum(ramp(model.dialect.pixels, 7), model.dialect);
        EXPECT_EQ(bytes.size(), 2 * model.dialect.pixels) << model.name;
        EXPECT_TRUE(decode_spectrum(bytes, model.dialect));
        bytes.push_back(0x69);
        EXPECT_FALSE(decode_spectrum(bytes, model.dialect)) << model.name;
    }
}

TEST(OoiSpectrum, IsRefusedOutOfStepInEveryForm) {
    for (const ModelFacts& model : {usb2000, hr4000, nirquest512}) {
        Bytes bytes = encode_spectrum(ramp(model.dialect.pixels, 7), model.dialect);
        EXPECT_FALSE(decode_spectrum(ByteView(bytes).first(bytes.size() - 1), model.dialect)) << model.name;
        bytes.back() = 0x96;
        EXPECT_FALSE(decode_spectrum(bytes, model.dialect)) << model.name;
        bytes.push_back(0x69);
        EXPECT_FALSE(decode_spectrum(bytes, model.dialect)) << model.name;
    }
}

// Section 6.2: packets of 512 bytes at high speed, of 64 at full.
TEST(OoiSpectrum, ComesFromTheEndpointsOfTheBusSpeed) {
    using Parts = std::vector<SpectrumPart>;
    for (const ModelFacts& model : {usb4000, flame_t, hr4000}) {
        EXPECT_EQ(spectrum_parts(model.dialect, true), (Parts{{0x86, 4 * 512}, {0x82, 11 * 512 + 1}})) << model.name;
        EXPECT_EQ(spectrum_parts(model.dialect, false), (Parts{{0x82, 120 * 64 + 1}})) << model.name;
    }
    EXPECT_EQ(spectrum_parts(usb2000_plus.dialect, true), (Parts{{0x82, 8 * 512 + 1}}));
    EXPECT_EQ(spectrum_parts(maya2000_pro.dialect, true), (Parts{{0x82, 9 * 512 + 1}}));
    EXPECT_EQ(spectrum_parts(jaz.dialect, true), (Parts{{0x82, 8 * 512}}));
    EXPECT_EQ(spectrum_parts(usb2000.dialect, false), (Parts{{0x82, 64 * 64 + 1}}));
}

TEST(OoiSpectrum, IsCountedInPacketsWithoutTheSyncByte) {
    EXPECT_EQ(packets_per_spectrum(usb4000.dialect, true), 15);
    EXPECT_EQ(packets_per_spectrum(usb4000.dialect, false), 120);
    EXPECT_EQ(packets_per_spectrum(usb2000_plus.dialect, true), 8);
    EXPECT_EQ(packets_per_spectrum(qe65000.dialect, true), 5);
    EXPECT_EQ(packets_per_spectrum(nirquest256.dialect, true), 1);
    EXPECT_EQ(packets_per_spectrum(usb2000.dialect, true), 64) << "full speed only";
    EXPECT_EQ(packets_per_spectrum(flame_nir.dialect, true), 1);
}

}  // namespace singel::firmware_bridge::wire::ooi
