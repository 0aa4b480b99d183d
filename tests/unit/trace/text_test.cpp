#include "firmware-bridge/trace/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace singel::firmware_bridge::trace {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using virtual_instrument::Speed;
using virtual_instrument::Status;

const std::string head =
    "singel-trace 1\nsource test\nsimulated yes\nanonymous no\nspeed high\n"
    "device 120100020000004057241e100200010203 01\nconfiguration 090212000101008032\n";

std::string good_head() {
    std::string text = head;
    text.erase(text.find(" 01\n"), 1);
    return text + "string 1 Ocean\nstring 3 SER 1\nbegin\n";
}

TEST(TraceText, IsReadBackAsItWasWritten) {
    Trace trace;
    trace.header.source = "virtual USB2000+";
    trace.header.descriptors.speed = Speed::full;
    trace.header.descriptors.device.assign(18, 1);
    trace.header.descriptors.configuration = {9, 2};
    trace.header.descriptors.strings = {"a b", "", "c"};
    Transfer control;
    control.at = Microseconds(123456);
    control.took = Microseconds(7);
    control.endpoint = 0x80;
    control.control = true;
    control.setup = {0xC0, 0xFF, 1, 2, 64};
    control.asked = 64;
    control.actual = 3;
    control.data = {1, 2, 255};
    Transfer out;
    out.endpoint = 0x01;
    out.status = Status::stall;
    out.asked = 2;
    out.data = {9, 8};
    const Event event{Microseconds(5), Happening::unplugged};
    const auto read = parse(format(trace.header) + format(control) + format(out) + format(event), "x");
    ASSERT_TRUE(read) << read.error().sentence();
    EXPECT_EQ(format(read->header), format(trace.header));
    ASSERT_EQ(read->entries.size(), 3u);
    EXPECT_EQ(std::get<Transfer>(read->entries[0].what), control);
    EXPECT_EQ(std::get<Transfer>(read->entries[1].what), out);
    EXPECT_EQ(std::get<Event>(read->entries[2].what), event);
    EXPECT_EQ(read->entries[0].line, 12u);
}

TEST(TraceText, SkipsCommentsAndEmptyLines) {
    const auto read = parse(good_head() + "# a remark\n\n5 1 out 01 bulk - ok 1 1 aa\r\n", "x");
    ASSERT_TRUE(read) << read.error().sentence();
    EXPECT_EQ(read->header.descriptors.vendor_id, 0x2457);
    EXPECT_EQ(read->header.descriptors.strings.at(2), "SER 1");
    ASSERT_EQ(read->entries.size(), 1u);
    EXPECT_EQ(read->entries[0].line, 13u);
}

TEST(TraceText, NamesTheLineThatItDoesNotUnderstand) {
    const struct {
        const char *line, *complaint;
    } cases[] = {
        {"x 1 out 01 bulk - ok 1 1 aa", "time in us"},
        {"5 1 up 01 bulk - ok 1 1 aa", "in or out"},
        {"5 1 in 01 bulk - ok 1 1 aa", "an endpoint of this direction"},
        {"5 1 out 01 iso - ok 1 1 aa", "control or bulk"},
        {"5 1 out 01 bulk 0102030405060708 ok 1 1 aa", "8 bytes of setup"},
        {"5 1 out 00 control 01 ok 1 1 aa", "8 bytes of setup"},
        {"5 1 out 01 bulk - fine 1 1 aa", "status"},
        {"5 1 out 01 bulk - ok 1 1 ag", "data"},
        {"5 1 out 01 bulk - ok 1 1 aab", "data"},
        {"5 1 out 01 bulk - ok 2 1 aa", "2 bytes of data"},
        {"5 1 in 81 bulk - ok 9 3 aabb", "3 bytes of data"},
        {"5 1 out 01 bulk - ok 1 1 aa more", "end of line"},
        {"5 event exploded", "reset, unplugged or plugged"},
        {"5 1 out 01 bulk - ok 99999999999 1 aa", "bytes asked"},
    };
    for (const auto& wrong : cases) {
        const auto read = parse(good_head() + wrong.line + "\n", "FILE");
        ASSERT_FALSE(read) << wrong.line;
        EXPECT_THAT(read.error().sentence(), AllOf(HasSubstr("FILE line 11"), HasSubstr(wrong.complaint)));
    }
}

TEST(TraceText, RefusesAnotherFormatOrVersion) {
    EXPECT_FALSE(parse("", "x"));
    EXPECT_FALSE(parse("hello\n", "x"));
    const auto newer = parse("singel-trace 2\n", "x");
    ASSERT_FALSE(newer);
    EXPECT_THAT(newer.error().sentence(), HasSubstr("version 1 expected, \"2\" found"));
    EXPECT_FALSE(parse("singel-trace 1\nbegin\n", "x")) << "no device descriptor";
    EXPECT_FALSE(parse(good_head().substr(0, 60), "x")) << "no end of the header";
    EXPECT_FALSE(parse("singel-trace 1\nstring 0 x\n", "x"));
    EXPECT_FALSE(parse("singel-trace 1\nstring 4000000000 x\n", "x"));
    EXPECT_FALSE(parse("singel-trace 1\ncolour blue\n", "x"));
}

}  // namespace
}  // namespace singel::firmware_bridge::trace
