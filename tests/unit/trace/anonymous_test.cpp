#include "firmware-bridge/trace/anonymous.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "firmware-bridge/trace/text.hpp"

namespace singel::firmware_bridge::trace {
namespace {

using testing::HasSubstr;
using testing::Not;

std::vector<std::uint8_t> bytes(std::string_view text, std::size_t stride = 1) {
    std::vector<std::uint8_t> out;
    for (const char letter : text) {
        out.push_back(static_cast<std::uint8_t>(letter));
        out.resize(out.size() + stride - 1);
    }
    return out;
}

Transfer reply(std::vector<std::uint8_t> data) {
    Transfer transfer;
    transfer.endpoint = 0x81;
    transfer.asked = transfer.actual = data.size();
    transfer.data = std::move(data);
    return transfer;
}

std::string text_of(const Trace& trace) {
    std::string text = format(trace.header);
    for (const Entry& entry : trace.entries) text += format(std::get<Transfer>(entry.what));
    return text;
}

Trace with_serial(const std::string& serial) {
    Trace trace;
    trace.header.descriptors.device.assign(18, 0);
    trace.header.descriptors.device[16] = 2;
    trace.header.descriptors.strings = {"Maker", serial};
    return trace;
}

TEST(BlankSerials, LeavesNoneInHeaderStringsOrData) {
    Trace trace = with_serial("USB2+F01234");
    trace.entries.push_back({1, reply(bytes("xxUSB2+F01234yy"))});
    trace.entries.push_back({2, reply(bytes("USB2+F01234", 2))});
    blank_serials(trace);
    EXPECT_TRUE(trace.header.anonymous);
    const std::string text = text_of(trace);
    EXPECT_THAT(text, HasSubstr("string 2 XXXXXXXXXXX"));
    EXPECT_THAT(text, HasSubstr("anonymous yes"));
    EXPECT_EQ(std::get<Transfer>(trace.entries[0].what).data, bytes("xxXXXXXXXXXXXyy"));
    EXPECT_EQ(std::get<Transfer>(trace.entries[1].what).data, bytes("XXXXXXXXXXX", 2));
}

TEST(BlankSerials, FindsTheSerialThatOnlyTheMemoryKnows) {
    Trace ocean = with_serial("");
    std::vector<std::uint8_t> slot = bytes("..HR4C999");
    slot[0] = 5;
    slot[1] = 0;
    slot.resize(17);
    ocean.entries.push_back({1, reply(slot)});
    blank_serials(ocean);
    EXPECT_EQ(std::get<Transfer>(ocean.entries[0].what).data[2], 'X');

    Trace wasatch = with_serial("");
    Transfer page = reply(std::vector<std::uint8_t>(64));
    page.control = true;
    page.endpoint = 0x80;
    page.setup = {0xC0, 0xFF, 1, 0, 64};
    const auto serial = bytes("WP-00887");
    std::copy(serial.begin(), serial.end(), page.data.begin() + 16);
    wasatch.entries.push_back({1, page});
    blank_serials(wasatch);
    EXPECT_EQ(std::get<Transfer>(wasatch.entries[0].what).data[16], 'X');
    EXPECT_EQ(std::get<Transfer>(wasatch.entries[0].what).data[24], 0);
}

TEST(BlankSerials, LeavesEverythingElseAsItIs) {
    Trace trace = with_serial("SN-1234");
    trace.entries.push_back({1, reply(bytes("SN-1235"))});
    blank_serials(trace);
    EXPECT_EQ(std::get<Transfer>(trace.entries[0].what).data, bytes("SN-1235"));
}

}  // namespace
}  // namespace singel::firmware_bridge::trace
