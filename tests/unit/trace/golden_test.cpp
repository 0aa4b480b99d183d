#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "firmware-bridge/trace/text.hpp"

namespace singel::firmware_bridge::trace {
namespace {

// Written by version 1 of the format; every later version must read it.
TEST(TraceText, OfTheFirstVersionIsStillRead) {
    std::ifstream file(SINGEL_TEST_DIR "/unit/trace/version-1.trace");
    ASSERT_TRUE(file);
    std::ostringstream text;
    text << file.rdbuf();
    const auto trace = parse(text.str(), "version-1.trace");
    ASSERT_TRUE(trace) << trace.error().sentence();
    EXPECT_EQ(trace->header.source, "virtual USB2000+");
    EXPECT_TRUE(trace->header.simulated);
    EXPECT_EQ(trace->header.descriptors.product_id, 0x101E);
    EXPECT_EQ(trace->header.descriptors.configuration.size(), 46u);
    ASSERT_EQ(trace->entries.size(), 4u);
    const auto& slot = std::get<Transfer>(trace->entries[2].what);
    EXPECT_EQ(slot.endpoint, 0x81);
    EXPECT_EQ(slot.asked, 512u);
    EXPECT_EQ(slot.data.size(), 17u);
    EXPECT_EQ(std::get<Event>(trace->entries[3].what).what, Happening::reset);
}

}  // namespace
}  // namespace singel::firmware_bridge::trace
