#include "instrument/ocean_obp/pipe.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <gmock/gmock.h>
#include <numeric>

#include "tests/unit/instrument-obp/made_up_device.hpp"

// The exchange rules of the OBP notes, section 8.2.
namespace singel::instrument::ocean_obp {
namespace {

using core::Fault;
using testing::HasSubstr;
using namespace std::chrono_literals;
namespace message = obp::message;

const Question serial(message::get_serial, "read the serial number");

Bytes a_spectrum() {
    Bytes bytes(2048);
    std::iota(bytes.begin(), bytes.end(), std::uint8_t{0});
    return bytes;
}

// So many bytes at a time, as packets of whatever size may come.
void in_pieces(MadeUpDevice& device, const Bytes& bytes, std::size_t size) {
    for (std::size_t at = 0; at < bytes.size(); at += size)
        device.coming.emplace_back(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                                   bytes.begin() + static_cast<std::ptrdiff_t>(std::min(at + size, bytes.size())));
}

TEST(ObpPipe, PutsAnAnswerTogetherFromPackets) {
    for (const std::size_t size : {std::size_t{64}, std::size_t{40}, std::size_t{1000}}) {
        Talk talk;
        talk.device->on[message::get_raw_spectrum] = [&](const obp::Frame& request) {
            in_pieces(*talk.device, obp::encode(MadeUpDevice::reply_to(request, a_spectrum())), size);
        };
        Bytes answer;
        const auto error = talk.get({message::get_raw_spectrum, "read a spectrum"}, answer);
        EXPECT_FALSE(error.has_value()) << error->sentence();
        EXPECT_EQ(answer, a_spectrum());
    }
}

TEST(ObpPipe, ReadsWholePacketsOnly) {
    for (const std::size_t packet : {std::size_t{64}, std::size_t{512}}) {
        Talk talk;
        talk.device->packet = packet;
        Line line;
        line.packet_size = packet;
        talk.pipe = Pipe(talk.device, line);
        talk.device->answers[message::get_raw_spectrum] = a_spectrum();
        Bytes answer;
        EXPECT_FALSE(talk.get({message::get_raw_spectrum, "read a spectrum"}, answer).has_value());
        EXPECT_EQ(answer, a_spectrum());
        for (const std::size_t capacity : talk.device->capacities) EXPECT_EQ(capacity % packet, 0u);
    }
}

TEST(ObpPipe, FillsWritesUpToAMultiple) {
    Talk talk;
    Line line;
    line.multiple = 4;
    talk.pipe = Pipe(talk.device, line);
    EXPECT_FALSE(talk.set({message::set_alias, "set the alias", Bytes(17, 'x')}).has_value());
    EXPECT_EQ(talk.device->written, std::vector<std::size_t>{84});  // 64 + 17 = 81
    EXPECT_EQ(talk.device->asked.at(0).data, Bytes(17, 'x'));
}

TEST(ObpPipe, DropsAndCountsAnswersToOtherQuestions) {
    Talk talk;
    talk.device->on[message::get_serial] = [&](const obp::Frame& request) {
        obp::Frame old = MadeUpDevice::reply_to(request, obp::text("OLD"));
        old.regarding -= 7;
        talk.device->say(old);
        obp::Frame other = MadeUpDevice::reply_to(request, obp::text("OTHER"));
        other.type = message::get_alias;
        talk.device->say(other);
        talk.device->say(MadeUpDevice::reply_to(request, obp::text("S03738")));
    };
    Bytes answer;
    EXPECT_FALSE(talk.get(serial, answer).has_value());
    EXPECT_EQ(obp::read_text(answer), "S03738");
    EXPECT_EQ(talk.pipe.dropped(), 2u);
}

TEST(ObpPipe, NumbersItsQuestionsApartFromAnotherSessions) {
    Talk talk;
    talk.device->answers[message::get_serial] = obp::text("S");
    Bytes answer;
    talk.get(serial, answer);
    talk.get(serial, answer);
    talk.device->time += 1s;
    talk.pipe = Pipe(talk.device, Line{});
    talk.get(serial, answer);
    const auto& asked = talk.device->asked;
    EXPECT_NE(asked[0].regarding, asked[1].regarding);
    EXPECT_GT(asked[2].regarding, asked[1].regarding + 1000);
}

TEST(ObpPipe, WaitsOnWhenTheAnswerIsDeferred) {
    Talk talk;
    talk.device->on[message::get_serial] = [&](const obp::Frame& request) {
        obp::Frame deferred = MadeUpDevice::reply_to(request);
        deferred.error = static_cast<std::uint16_t>(obp::Error::deferred);
        talk.device->say(deferred);
        talk.device->say(deferred);
        talk.device->say(MadeUpDevice::reply_to(request, obp::text("S03738")));
    };
    Bytes answer;
    EXPECT_FALSE(talk.get(serial, answer).has_value());
    EXPECT_EQ(obp::read_text(answer), "S03738");
}

TEST(ObpPipe, DoesNotWaitForADeferredAnswerBeyondTheDeadline) {
    Talk talk;
    talk.device->on[message::get_serial] = [&](const obp::Frame& request) {
        obp::Frame deferred = MadeUpDevice::reply_to(request);
        deferred.error = static_cast<std::uint16_t>(obp::Error::deferred);
        talk.device->say(deferred);
    };
    Bytes answer;
    const auto before = talk.device->time;
    const auto error = talk.get(serial, answer);
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->fault, Fault::timed_out);
    EXPECT_EQ(talk.device->time - before, usual_deadline);
}

TEST(ObpPipe, ThrowsTheDevicesReasonWhenItRefuses) {
    Talk talk;
    talk.device->on[message::set_integration_time] = [&](const obp::Frame& request) {
        talk.device->say(MadeUpDevice::nack(request, obp::Error::invalid_payload));
    };
    const auto error = talk.set({message::set_integration_time, "set the integration time", obp::u32(1)});
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->fault, Fault::protocol);
    EXPECT_THAT(error->what, HasSubstr("refuses to set the integration time"));
    EXPECT_THAT(error->what, HasSubstr("the value is invalid"));
    Bytes answer;
    const auto unknown = talk.get({message::get_alias, "read the alias"}, answer);
    ASSERT_TRUE(unknown.has_value());
    EXPECT_THAT(unknown->what, HasSubstr("does not know this message"));
}

TEST(ObpPipe, TakesNothingButAnAcknowledgementForOne) {
    Talk talk;
    talk.device->on[message::set_trigger] = [&](const obp::Frame& request) {
        talk.device->say(MadeUpDevice::reply_to(request));
    };
    const auto error = talk.set({message::set_trigger, "set the trigger", obp::u8(0)});
    ASSERT_TRUE(error.has_value());
    EXPECT_THAT(error->what, HasSubstr("does not acknowledge"));
}

obp::Frame with_checksum(obp::Frame frame) {
    frame.checksum = obp::Checksum::md5;
    return frame;
}

// A bit of the serial number flips after its checksum was made.
Bytes spoilt(const obp::Frame& reply) {
    Bytes bytes = obp::encode(with_checksum(reply));
    bytes.at(24) ^= 1;
    return bytes;
}

TEST(ObpPipe, AsksOnceMoreAfterAnAnswerThatCannotBeUnderstood) {
    Talk talk;
    int times = 0;
    talk.device->on[message::get_serial] = [&](const obp::Frame& request) {
        const obp::Frame reply = MadeUpDevice::reply_to(request, obp::text("S03738"));
        talk.device->coming.push_back(++times == 1 ? spoilt(reply) : obp::encode(with_checksum(reply)));
        if (times == 1) talk.device->coming.push_back(Bytes(64, 0xEE));  // and more of the like
    };
    Bytes answer;
    const auto before = talk.device->time;
    EXPECT_FALSE(talk.get(serial, answer).has_value());
    EXPECT_EQ(obp::read_text(answer), "S03738");
    EXPECT_EQ(times, 2);
    EXPECT_EQ(talk.device->time - before, 100ms);  // of silence
    EXPECT_GE(talk.pipe.dropped(), 1u);
}

TEST(ObpPipe, RefusesAWrongChecksum) {
    Talk talk;
    talk.device->on[message::get_serial] = [&](const obp::Frame& request) {
        talk.device->coming.push_back(spoilt(MadeUpDevice::reply_to(request, obp::text("S03738"))));
    };
    Bytes answer;
    const auto error = talk.get(serial, answer);
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->fault, Fault::protocol);
    EXPECT_THAT(error->what, HasSubstr("MD5"));
    EXPECT_EQ(talk.device->count(message::get_serial), 2);
    EXPECT_TRUE(answer.empty());
}

TEST(ObpPipe, NeverAsksTwiceForAFrame) {
    Talk talk;
    talk.device->on[message::get_raw_spectrum] = [&](const obp::Frame&) {
        talk.device->coming.push_back(Bytes(64, 0xEE));
    };
    Question question(message::get_raw_spectrum, "read a spectrum");
    question.repeat = false;
    Bytes answer;
    const auto error = talk.get(question, answer);
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->fault, Fault::protocol);
    EXPECT_EQ(talk.device->count(message::get_raw_spectrum), 1);
}

TEST(ObpPipe, NoticesThatAFrameWasCutOffAndIsInStepAfterwards) {
    Talk talk;
    talk.device->answers[message::get_serial] = obp::text("S03738");
    talk.device->on[message::get_raw_spectrum] = [&](const obp::Frame& request) {
        Bytes bytes = obp::encode(MadeUpDevice::reply_to(request, a_spectrum()));
        bytes.resize(1000);
        talk.device->coming.push_back(bytes);
    };
    Question question(message::get_raw_spectrum, "read a spectrum");
    question.repeat = false;
    Bytes answer;
    EXPECT_TRUE(talk.get(question, answer).has_value());
    EXPECT_FALSE(talk.get(serial, answer).has_value());
    EXPECT_EQ(obp::read_text(answer), "S03738");
}

TEST(ObpPipe, SetsHaltedEndpointsGoingAgain) {
    Talk talk;
    talk.device->answers[message::get_serial] = obp::text("S03738");
    Bytes answer;
    talk.device->stalls_out = 1;
    EXPECT_FALSE(talk.get(serial, answer).has_value());
    EXPECT_EQ(talk.device->count(message::get_serial), 1);
    talk.device->stalls_in = 1;
    EXPECT_FALSE(talk.get(serial, answer).has_value());
    EXPECT_EQ(talk.device->halts_cleared, 2);
}

TEST(ObpPipe, PassesOnThatTheDeviceIsGone) {
    Talk talk;
    talk.device->gone = true;
    Bytes answer;
    const auto error = talk.get(serial, answer);
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->fault, Fault::disconnected);
}

// ---- several questions at once --------------------------------------------------------------------------------

struct Started {
    explicit Started(Talk& talk, Question question) {
        asio::co_spawn(talk.io, ask(talk.pipe, std::move(question), answer),
                       asio::bind_cancellation_slot(stop.slot(), [this](std::exception_ptr problem) {
                           ended = true;
                           failed = problem != nullptr;
                       }));
    }
    static asio::awaitable<void> ask(Pipe& pipe, Question question, Bytes& answer) {
        answer = co_await pipe.get(question);
    }
    asio::cancellation_signal stop;
    Bytes answer;
    bool ended = false, failed = false;
};

void turns(Talk& talk, int count) {
    talk.io.restart();
    for (int i = 0; i < count; ++i) talk.io.poll_one();
}

TEST(ObpPipe, AnswersAShortQuestionWhileALongOneIsUnderWay) {
    Talk talk;
    Line line;
    line.slice = 50ms;
    talk.pipe = Pipe(talk.device, line);
    obp::Frame slow;
    talk.device->on[message::get_raw_spectrum] = [&](const obp::Frame& request) { slow = request; };
    talk.device->answers[message::get_light_source] = obp::u8(1);
    Question spectrum(message::get_raw_spectrum, "read a spectrum");
    spectrum.deadline = 60000ms;
    Started frame(talk, spectrum);
    turns(talk, 8);
    Started state(talk, {message::get_light_source, "say whether the laser is on"});
    while (!state.ended) turns(talk, 1);
    EXPECT_EQ(state.answer, obp::u8(1));
    EXPECT_FALSE(frame.ended);
    talk.device->say(MadeUpDevice::reply_to(slow, a_spectrum()));
    talk.io.run();
    EXPECT_EQ(frame.answer, a_spectrum());
}

TEST(ObpPipe, KeepsAShortDeadlineWhileSomebodyElseReads) {
    Talk talk;
    Line line;
    line.slice = 50ms;
    talk.pipe = Pipe(talk.device, line);
    talk.device->on[message::get_raw_spectrum] = [](const obp::Frame&) {};
    talk.device->on[message::get_light_source] = [](const obp::Frame&) {};
    Question spectrum(message::get_raw_spectrum, "read a spectrum");
    spectrum.deadline = 5000ms;
    Started frame(talk, spectrum);
    turns(talk, 8);
    Question short_one(message::get_light_source, "say whether the laser is on");
    short_one.deadline = 200ms;
    const auto asked = talk.device->time;
    Started state(talk, short_one);
    while (!state.ended) turns(talk, 1);
    EXPECT_TRUE(state.failed);
    EXPECT_LE(talk.device->time - asked, 300ms);
    talk.io.run();
    EXPECT_TRUE(frame.failed);
}

TEST(ObpPipe, DropsTheAnswerToACancelledQuestion) {
    Talk talk;
    obp::Frame slow;
    talk.device->on[message::get_raw_spectrum] = [&](const obp::Frame& request) { slow = request; };
    talk.device->answers[message::get_serial] = obp::text("S03738");
    Started frame(talk, {message::get_raw_spectrum, "read a spectrum"});
    turns(talk, 4);
    frame.stop.emit(asio::cancellation_type::terminal);
    while (!frame.ended) turns(talk, 1);
    talk.device->say(MadeUpDevice::reply_to(slow, a_spectrum()));
    Bytes answer;
    EXPECT_FALSE(talk.get(serial, answer).has_value());
    EXPECT_EQ(obp::read_text(answer), "S03738");
    EXPECT_EQ(talk.pipe.dropped(), 1u);
}

TEST(ObpPipe, AsksAgainWhatADrainThrewAway) {
    Talk talk;
    Line line;
    line.slice = 50ms;
    talk.pipe = Pipe(talk.device, line);
    int times = 0;
    talk.device->on[message::get_light_source] = [&](const obp::Frame& request) {
        if (++times == 2) talk.device->say(MadeUpDevice::reply_to(request, obp::u8(1)));
    };
    Started state(talk, {message::get_light_source, "say whether the laser is on"});
    turns(talk, 4);
    EXPECT_FALSE(talk.run(talk.pipe.drain()).has_value());
    EXPECT_EQ(state.answer, obp::u8(1));
    EXPECT_EQ(times, 2);
}

}  // namespace
}  // namespace singel::instrument::ocean_obp
