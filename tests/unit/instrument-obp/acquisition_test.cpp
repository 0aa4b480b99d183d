#include "instrument/ocean_obp/acquisition.hpp"

#include <gmock/gmock.h>

#include "firmware-bridge/wire/obp/spectra.hpp"
#include "tests/unit/instrument-obp/made_up_device.hpp"

// The recipes of the OBP notes, section 8.5.
namespace singel::instrument::ocean_obp {
namespace {

using core::Fault;
using testing::ElementsAre;
using testing::HasSubstr;
using namespace std::chrono_literals;
namespace message = obp::message;

obp::Model small(obp::Readout readout, std::uint32_t spectrum_message) {
    obp::Model model;
    model.readout = readout;
    model.spectrum_message = spectrum_message;
    model.pixels = 4;
    return model;
}

// A device that fills its buffer at once, and counts.
struct Buffering : Talk {
    explicit Buffering(const obp::Model& row) : model(row) {
        device->on[message::clear_buffer] = [this](const obp::Frame& request) {
            waiting = 0;
            device->say(MadeUpDevice::ack(request));
        };
        device->on[message::set_back_to_back] = [this](const obp::Frame& request) {
            device->answers[message::get_back_to_back] = request.data;
            run_length = obp::read_u32(request.data).value();
            device->say(MadeUpDevice::ack(request));
        };
        device->on[message::acquire_into_buffer] = [this](const obp::Frame& request) {
            waiting += run_length;
            device->say(MadeUpDevice::ack(request));
        };
        device->on[message::get_spectra_in_buffer] = [this](const obp::Frame& request) {
            device->say(MadeUpDevice::reply_to(request, obp::u32(waiting)));
        };
        device->on[message::get_buffered_spectrum] = [this](const obp::Frame& request) {
            --waiting;
            device->say(MadeUpDevice::reply_to(
                request, obp::encode_buffered({++counted, 5us * counted, integration, 0, {counted, 2, 3, 4}})));
        };
        device->on[message::get_buffered_spectra] = [this](const obp::Frame& request) { give_many(request); };
    }

    void give_many(const obp::Frame& request) {
        std::vector<obp::FastSpectrum> spectra(std::min(obp::read_u32(request.data).value(), waiting));
        for (obp::FastSpectrum& spectrum : spectra) {
            spectrum.count = ++counted;
            spectrum.ticks = 5us * counted;
            spectrum.integration_time = integration;
            spectrum.counts = {counted, 2, 3, 4};
        }
        waiting -= static_cast<std::uint32_t>(spectra.size());
        device->say(MadeUpDevice::reply_to(request, obp::encode_fast(spectra)));
    }

    std::optional<core::Error> take(int count) { return run(take_into(*this, count)); }
    static asio::awaitable<void> take_into(Buffering& self, int count) {
        for (; count > 0; --count) {
            RawFrame frame = co_await self.acquisition.next({10ms, 1000ms});
            self.frames.push_back(std::move(frame));
        }
    }

    obp::Model model;
    KnownMessages known;
    Acquisition acquisition{pipe, known, model};
    std::vector<RawFrame> frames;
    std::uint32_t waiting = 0, counted = 0, run_length = 1;
    std::chrono::microseconds integration{10000};
};

std::vector<std::uint32_t> types_of(const std::vector<obp::Frame>& frames) {
    std::vector<std::uint32_t> types;
    for (const obp::Frame& frame : frames) types.push_back(frame.type);
    return types;
}

TEST(ObpAcquisition, AbortsAndClearsBeforeItAcquires) {
    Buffering qe(small(obp::Readout::buffered, message::get_buffered_spectrum));
    qe.waiting = 3;  // of an earlier session
    EXPECT_FALSE(qe.take(1).has_value());
    EXPECT_THAT(types_of(qe.device->asked),
                ElementsAre(message::abort_acquisition, message::clear_buffer, message::set_back_to_back,
                            message::get_back_to_back, message::acquire_into_buffer, message::get_spectra_in_buffer,
                            message::get_buffered_spectrum));
    EXPECT_THAT(qe.frames.at(0).counts, ElementsAre(1, 2, 3, 4));
    EXPECT_EQ(qe.frames.at(0).device_count, 1u);
    EXPECT_EQ(qe.frames.at(0).device_time, 5us);
}

TEST(ObpAcquisition, RunsTheBufferForAsManyFramesAsAreExpected) {
    Buffering qe(small(obp::Readout::buffered, message::get_buffered_spectrum));
    qe.acquisition.expect(3);
    EXPECT_FALSE(qe.take(3).has_value());
    EXPECT_EQ(qe.run_length, 3u);
    EXPECT_EQ(qe.device->count(message::acquire_into_buffer), 1);
    EXPECT_TRUE(qe.frames[0].run_begins);
    EXPECT_FALSE(qe.frames[1].run_begins);
    EXPECT_EQ(qe.frames[2].device_count, 3u);
}

TEST(ObpAcquisition, FetchesAtMostFifteenFastSpectraAtOnce) {
    Buffering fx(small(obp::Readout::fast_buffer, message::get_raw_spectrum));
    fx.acquisition.expect(20);
    EXPECT_FALSE(fx.take(20).has_value());
    EXPECT_EQ(fx.device->count(message::acquire_into_buffer), 1);
    ASSERT_EQ(fx.device->count(message::get_buffered_spectra), 2);
    for (const obp::Frame& frame : fx.device->asked)
        if (frame.type == message::get_buffered_spectra) {
            EXPECT_LE(obp::read_u32(frame.data).value(), 15u);
        }
    EXPECT_EQ(fx.frames.back().device_count, 20u);
}

TEST(ObpAcquisition, ForgetsWhatWasFetchedForAnEarlierWish) {
    Buffering fx(small(obp::Readout::fast_buffer, message::get_raw_spectrum));
    fx.acquisition.expect(5);
    EXPECT_FALSE(fx.take(1).has_value());
    fx.acquisition.expect(1);
    EXPECT_FALSE(fx.take(1).has_value());
    EXPECT_EQ(fx.frames.back().device_count, 6u) << "not the second of the five";
    EXPECT_TRUE(fx.frames.back().run_begins);
}

TEST(ObpAcquisition, GivesUpWhenTheBufferStaysEmpty) {
    Buffering fx(small(obp::Readout::fast_buffer, message::get_raw_spectrum));
    fx.device->on[message::acquire_into_buffer] = [&](const obp::Frame& request) {
        fx.device->say(MadeUpDevice::ack(request));
    };
    const auto before = fx.device->time;
    const auto error = fx.take(1);
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->fault, Fault::timed_out);
    EXPECT_LE(fx.device->time - before, 1100ms);
}

TEST(ObpAcquisition, ThrowsSpectraOfAnotherIntegrationTimeAwayAndCountsThem) {
    Buffering qe(small(obp::Readout::buffered, message::get_buffered_spectrum));
    qe.integration = 20ms;
    qe.device->on[message::abort_acquisition] = [&](const obp::Frame& request) {
        if (qe.counted == 2) qe.integration = 10ms;
        qe.device->say(MadeUpDevice::ack(request));
    };
    EXPECT_FALSE(qe.take(1).has_value());
    EXPECT_EQ(qe.frames.at(0).device_count, 3u);
    EXPECT_EQ(qe.acquisition.stale(), 2u);
}

TEST(ObpAcquisition, GivesUpWhenOnlySpectraOfAnotherIntegrationTimeCome) {
    Buffering qe(small(obp::Readout::buffered, message::get_buffered_spectrum));
    qe.integration = 20ms;
    const auto error = qe.take(1);
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->fault, Fault::protocol);
    EXPECT_THAT(error->what, HasSubstr("other integration times than 10000 µs"));
}

TEST(ObpAcquisition, AsksOnceForAFrameThatComesOnRequest) {
    Buffering sts(small(obp::Readout::on_request, message::get_raw_spectrum));
    sts.device->answers[message::get_raw_spectrum] = obp::encode_plain({7, 8, 9, 10});
    EXPECT_FALSE(sts.take(1).has_value());
    EXPECT_THAT(sts.frames.at(0).counts, ElementsAre(7, 8, 9, 10));
    EXPECT_EQ(sts.device->asked.size(), 1u);
}

TEST(ObpAcquisition, RefusesAFrameThatIsTooShort) {
    Buffering sts(small(obp::Readout::on_request, message::get_raw_spectrum));
    sts.device->answers[message::get_raw_spectrum] = obp::encode_plain({7, 8, 9});
    const auto error = sts.take(1);
    ASSERT_TRUE(error.has_value());
    EXPECT_THAT(error->what, HasSubstr("6 of 8 bytes"));
}

TEST(ObpAcquisition, DerivesTheWidthAndRefusesSumsOfUnknownMany) {
    Buffering st(small(obp::Readout::obp2, obp::message2::get_spectrum));
    st.device->answers[obp::message2::get_spectrum] = obp::encode_obp2({false, {7, 8, 9, 10}});
    EXPECT_FALSE(st.take(1).has_value());
    EXPECT_THAT(st.frames.at(0).counts, ElementsAre(7, 8, 9, 10));
    st.device->answers[obp::message2::get_spectrum] = obp::encode_obp2({true, {70000, 8, 9, 10}});
    const auto error = st.take(1);
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->fault, Fault::unsupported);
    EXPECT_FALSE(error->remedy.empty());
}

}  // namespace
}  // namespace singel::instrument::ocean_obp
