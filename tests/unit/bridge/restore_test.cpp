#include "firmware-bridge/bridge/restore.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace singel::firmware_bridge::bridge {
namespace {

using testing::HasSubstr;

constexpr instrument::KnownModel usb2000_plus{0x2457, 0x101E, "USB2000+"};

std::vector<std::uint8_t> slot(std::string text) {
    text.resize(15);
    return {text.begin(), text.end()};
}

Backup memory_of_unit(const std::string& serial) {
    Backup backup{"ocean_ooi", "USB2000+", serial, "slot", true, {}};
    for (const char* text : {"", "340", "0.38", "-1e-5", "-2e-9"})
        backup.pages.push_back({static_cast<unsigned>(backup.pages.size()), slot(text)});
    backup.pages[0].bytes = slot(serial);
    return backup;
}

std::string refusal(const Backup& wanted, const Backup& now, bool other_unit = false) {
    const auto allowed =
        may_restore(*instrument::memory_service_of("ocean_ooi"), usb2000_plus, wanted, now, other_unit);
    return allowed ? std::string() : allowed.error().sentence();
}

TEST(MayRestore, TheMemoryOfTheSameUnit) {
    Backup now = memory_of_unit("A1");
    now.pages[2].bytes = slot("0.99");
    EXPECT_EQ(refusal(memory_of_unit("A1"), now), "");
}

TEST(MayRestore, RefusesAnotherUnitUnlessItIsWanted) {
    EXPECT_THAT(refusal(memory_of_unit("A1"), memory_of_unit("B2")),
                testing::AllOf(HasSubstr("A1"), HasSubstr("B2"), HasSubstr("--other-unit")));
    EXPECT_EQ(refusal(memory_of_unit("A1"), memory_of_unit("B2"), true), "");
    Backup other_model = memory_of_unit("A1");
    other_model.model = "HR4000";
    EXPECT_THAT(refusal(memory_of_unit("A1"), other_model), HasSubstr("HR4000"));
}

TEST(MayRestore, RefusesAnotherFamilyOrShapeAlways) {
    Backup wasatch = memory_of_unit("A1");
    wasatch.family = "wasatch";
    EXPECT_THAT(refusal(wasatch, memory_of_unit("A1"), true), HasSubstr("another kind"));
    Backup shorter = memory_of_unit("A1");
    shorter.pages.pop_back();
    EXPECT_THAT(refusal(shorter, memory_of_unit("A1"), true), HasSubstr("another kind"));
    Backup narrower = memory_of_unit("A1");
    narrower.pages[1].bytes.pop_back();
    EXPECT_THAT(refusal(narrower, memory_of_unit("A1"), true), HasSubstr("another kind"));
}

TEST(MayRestore, RefusesNonsenseAlways) {
    Backup nan = memory_of_unit("A1");
    nan.pages[1].bytes = slot("nan");
    EXPECT_THAT(refusal(nan, memory_of_unit("A1"), true), HasSubstr("slot 1"));
    Backup erased = memory_of_unit("A1");
    erased.pages[2].bytes.assign(15, 0xFF);
    EXPECT_THAT(refusal(erased, memory_of_unit("A1"), true), HasSubstr("slot 2"));
    Backup flat = memory_of_unit("A1");
    for (const std::size_t coefficient : {2u, 3u, 4u}) flat.pages[coefficient].bytes = slot("0");
    EXPECT_THAT(refusal(flat, memory_of_unit("A1"), true), HasSubstr("no wavelengths"));
    Backup renamed = memory_of_unit("A1");
    renamed.serial = "B2";
    EXPECT_THAT(refusal(renamed, memory_of_unit("B2")), HasSubstr("not of the instrument that the file names"));
}

}  // namespace
}  // namespace singel::firmware_bridge::bridge
