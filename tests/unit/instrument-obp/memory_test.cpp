#include "instrument/ocean_obp/memory.hpp"

#include <gmock/gmock.h>
#include <limits>

#include "instrument/ocean_obp/defaults.hpp"
#include "tests/unit/instrument-obp/made_up_device.hpp"

// What a device says about itself is believed where it can be.
namespace singel::instrument::ocean_obp {
namespace {

using core::Fault;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace std::chrono_literals;
namespace message = obp::message;

const Model& model_named(std::string_view name) {
    return *std::ranges::find(models, name, [](const Model& model) { return model.known.name; });
}

struct Opened : Talk {
    explicit Opened(std::string_view name) : model(model_named(name)) {
        auto& answers = device->answers;
        answers[message::get_serial] = obp::text("S03738");
        answers[message::get_hardware_revision] = obp::u8(2);
        answers[message::get_firmware_revision] = obp::u16(0x0106);
        answers[message::get_pixels] = obp::u32(static_cast<std::uint32_t>(model.facts.pixels));
        answers[message::get_wavelength_coefficient_count] = obp::u8(2);
        coefficients(message::get_wavelength_coefficient, {350.0F, 0.5F});
    }
    void coefficients(std::uint32_t type, std::vector<float> values) {
        device->on[type] = [this, values](const obp::Frame& request) {
            device->say(MadeUpDevice::reply_to(request, obp::f32(values.at(request.data.at(0)))));
        };
    }
    std::optional<core::Error> look() { return run(look_into(*this)); }
    static asio::awaitable<void> look_into(Opened& self) {
        const KnownMessages known = co_await read_known_messages(self.pipe);
        self.description = co_await describe(self.pipe, known, self.model);
    }
    Model model;
    Description description;
};

TEST(ObpMemory, TellsWhatTheDeviceIs) {
    Opened sts("STS");
    sts.device->answers[message::get_shortest_integration_time] = obp::u32(20);
    sts.device->answers[message::get_longest_integration_time] = obp::u32(10'000'000);
    sts.device->answers[message::get_integration_time_step] = obp::u32(10);
    sts.device->answers[message::get_hot_pixels] = obp::u16_list({700, 12});
    sts.device->answers[message::get_saturation_level] = obp::u32(16000);
    EXPECT_FALSE(sts.look().has_value());
    const Description& description = sts.description;
    EXPECT_THAT(description.warnings, IsEmpty());
    EXPECT_EQ(description.identity.serial, "S03738");
    EXPECT_EQ(description.firmware, "firmware 0106, hardware 2");
    EXPECT_EQ(description.integration.min, 20us);
    EXPECT_EQ(description.integration.max, 10s);
    EXPECT_EQ(description.integration.step, 10us);
    EXPECT_EQ(description.full_scale, 16000u);
    EXPECT_EQ(description.bad_pixels, (std::vector<std::size_t>{12, 700}));
    ASSERT_EQ(description.wavelengths.size(), 1024u);
    EXPECT_DOUBLE_EQ(description.wavelengths.values()[2], 351.0);
}

TEST(ObpMemory, TakesTheRowForWhatTheDeviceDoesNotTell) {
    Opened qe("QE-PRO");
    EXPECT_FALSE(qe.look().has_value());
    EXPECT_THAT(qe.description.warnings, IsEmpty());
    EXPECT_EQ(qe.description.integration.min, 8ms);
    EXPECT_EQ(qe.description.full_scale, 200'000u);
    EXPECT_EQ(qe.description.electric_dark.size(), 2u);
    EXPECT_EQ(qe.description.usable.first, 4u);
    EXPECT_EQ(qe.description.usable.last, 1039u);
}

TEST(ObpMemory, RefusesImpossibleNumbersWithFieldAndValue) {
    Opened sts("STS");
    sts.device->answers[message::get_shortest_integration_time] = obp::u32(0);
    sts.device->answers[message::get_longest_integration_time] = obp::u32(1'000'000'000);
    sts.device->answers[message::get_integration_time_step] = obp::u32(0);
    sts.device->answers[message::get_hot_pixels] = obp::u16_list({60000});
    sts.device->answers[message::get_saturation_level] = obp::u32(1'000'000'000);
    sts.device->answers[message::get_active_pixels] = obp::ranges({{5, 1024}});
    EXPECT_FALSE(sts.look().has_value());
    const auto& warnings = sts.description.warnings;
    EXPECT_THAT(warnings, Contains(HasSubstr("shortest integration time cannot be used: it is 0 µs")));
    EXPECT_THAT(warnings, Contains(HasSubstr("longest integration time cannot be used: it is 1000000000 µs")));
    EXPECT_THAT(warnings, Contains(HasSubstr("integration time step cannot be used: it is 0 µs")));
    EXPECT_THAT(warnings, Contains(HasSubstr("hot pixel cannot be used: it is number 60000 of 1024")));
    EXPECT_THAT(warnings, Contains(HasSubstr("saturation level cannot be used: it is 1000000000")));
    EXPECT_THAT(warnings, Contains(HasSubstr("active pixels cannot be used")));
    EXPECT_EQ(sts.description.integration.min, 10us);
    EXPECT_EQ(sts.description.integration.max, 85s);
    EXPECT_EQ(sts.description.full_scale, 16383u);
    EXPECT_THAT(sts.description.bad_pixels, IsEmpty());
}

TEST(ObpMemory, LeavesTheAxisEmptyWhenACoefficientIsNoNumber) {
    for (const float wrong : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
        Opened sts("STS");
        sts.coefficients(message::get_wavelength_coefficient, {350.0F, wrong});
        EXPECT_FALSE(sts.look().has_value());
        EXPECT_TRUE(sts.description.wavelengths.empty());
        EXPECT_THAT(sts.description.warnings, Contains(HasSubstr("wavelength coefficient 1")));
    }
}

TEST(ObpMemory, LeavesTheAxisEmptyWhenItDoesNotRise) {
    Opened sts("STS");
    sts.coefficients(message::get_wavelength_coefficient, {350.0F, 0.0F});
    EXPECT_FALSE(sts.look().has_value());
    EXPECT_TRUE(sts.description.wavelengths.empty());
    EXPECT_THAT(sts.description.warnings, Contains(HasSubstr("wavelengths cannot be used")));
}

TEST(ObpMemory, RefusesTooManyCoefficients) {
    Opened sts("STS");
    sts.device->answers[message::get_wavelength_coefficient_count] = obp::u8(255);
    EXPECT_FALSE(sts.look().has_value());
    EXPECT_THAT(sts.description.warnings, Contains(HasSubstr("it has 255 coefficients")));
    EXPECT_EQ(sts.device->count(message::get_wavelength_coefficient), 0);
}

TEST(ObpMemory, DoesNotOpenADeviceWithOtherPixels) {
    Opened sts("STS");
    sts.device->answers[message::get_pixels] = obp::u32(1'000'000'000);
    const auto error = sts.look();
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->fault, Fault::protocol);
    EXPECT_THAT(error->what, HasSubstr("1000000000 pixels, a STS has 1024"));
}

TEST(ObpMemory, ReadsSecondVersionCoefficientsAfterTheirLeadingNumber) {
    Opened sr2("SR2");
    sr2.device->answers[obp::message2::get_wavelengths] = obp::f32_list({99.0F, 200.0F, 0.25F});
    sr2.device->answers[obp::message2::get_nonlinearity] = obp::f32_list({99.0F, 1.0F, 1e-6F});
    EXPECT_FALSE(sr2.look().has_value());
    ASSERT_EQ(sr2.description.wavelengths.size(), 2110u);
    EXPECT_DOUBLE_EQ(sr2.description.wavelengths.values()[4], 201.0);
    ASSERT_EQ(sr2.description.nonlinearity.size(), 2u);
    EXPECT_DOUBLE_EQ(sr2.description.nonlinearity[0], 1.0);
    EXPECT_EQ(sr2.device->asked.front().version, obp::version_1) << "the pipe of this test speaks the first version";
}

TEST(ObpMemory, KnowsTheLaserByTheWavelengths) {
    const auto axis = [](double first, double step) {
        return core::device_wavelength_axis(std::vector<double>{first, step}, 1024).value();
    };
    EXPECT_EQ(excitation_of(axis(790, 0.15)), core::DeviceNm{785});
    EXPECT_EQ(excitation_of(axis(535, 0.1)), core::DeviceNm{532});
    EXPECT_EQ(excitation_of(axis(200, 0.1)), std::nullopt);
    EXPECT_EQ(excitation_of(core::Axis{}), std::nullopt);
}

TEST(ObpDefaults, PutsWhatOutlivesASessionToKnownValuesAndReadsBack) {
    Talk talk;
    std::map<std::uint32_t, Bytes> kept{{message::get_scans_to_average, obp::u16(5)}};
    talk.device->on[message::set_scans_to_average] = [&](const obp::Frame& request) {
        kept[message::get_scans_to_average] = request.data;
        talk.device->say(MadeUpDevice::ack(request));
    };
    talk.device->on[message::get_scans_to_average] = [&](const obp::Frame& request) {
        talk.device->say(MadeUpDevice::reply_to(request, kept[message::get_scans_to_average]));
    };
    KnownMessages known;
    known.types = {message::set_scans_to_average, message::get_scans_to_average};
    EXPECT_FALSE(talk.run(put_defaults(talk.pipe, known, model_named("STS").facts)).has_value());
    EXPECT_EQ(kept[message::get_scans_to_average], obp::u16(1));
    EXPECT_EQ(talk.device->asked.size(), 2u) << "nothing is sent that the device does not list";
}

TEST(ObpDefaults, RefusesADeviceThatKeepsItsOwnValue) {
    Talk talk;
    talk.device->answers[message::get_scans_to_average] = obp::u16(5);
    KnownMessages known;
    known.types = {message::set_scans_to_average, message::get_scans_to_average};
    const auto error = talk.run(put_defaults(talk.pipe, known, model_named("STS").facts));
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->fault, Fault::protocol);
    EXPECT_THAT(error->what, HasSubstr("keeps 0500 instead of 0100"));
}

}  // namespace
}  // namespace singel::instrument::ocean_obp
