#include "tests/unit/firmware-bridge-obp/host.hpp"

// What every virtual OBP unit promises, row by row.
namespace singel::test {
namespace {

struct EveryObp : testing::TestWithParam<std::string_view> {
    ObpHost host{GetParam()};
    const obp::Model& model = host.model;
    bool obp2() const { return model.version == obp::version_2; }
    // A message that every version has, without an argument.
    static constexpr std::uint32_t serial = message::get_serial;
};

INSTANTIATE_TEST_SUITE_P(Models, EveryObp, testing::ValuesIn(device::obp_model_names()), plain_name);

// For the second generation the messages that these promises take are not known.
struct EveryFirstObp : EveryObp {};
INSTANTIATE_TEST_SUITE_P(Models, EveryFirstObp, testing::ValuesIn(names_of(&first_generation)), plain_name);

struct TwoPairsOfEndpoints : EveryObp {};
bool two_pairs(const obp::Model& model) {
    return model.second_command_endpoint != 0;
}
INSTANTIATE_TEST_SUITE_P(Models, TwoPairsOfEndpoints, testing::ValuesIn(names_of(&two_pairs)), plain_name);

struct PacketsOf64Bytes : EveryObp {};
bool small_packets(const obp::Model& model) {
    return model.packet_size == 64;
}
INSTANTIATE_TEST_SUITE_P(Models, PacketsOf64Bytes, testing::ValuesIn(names_of(&small_packets)), plain_name);

TEST_P(EveryObp, ShowsTheIdentityAndEndpointsOfItsModel) {
    const device::Descriptors& shown = host->descriptors();
    EXPECT_EQ(shown.vendor_id, model.vendor_id);
    EXPECT_EQ(shown.product_id, model.product_id);
    EXPECT_EQ(shown.speed == device::Speed::full, model.packet_size == 64);
    EXPECT_THAT(shown.strings.at(1), testing::HasSubstr("virtual"));
    std::vector<int> addresses;
    const Bytes& bytes = shown.configuration;
    for (std::size_t at = 18; at + 7 <= bytes.size(); at += 7) {
        addresses.push_back(bytes[at + 2]);
        EXPECT_EQ(bytes[at + 4] | bytes[at + 5] << 8, model.packet_size);
    }
    EXPECT_THAT(addresses, testing::IsSupersetOf({int{model.command_endpoint}, int{model.reply_endpoint}}));
}

TEST_P(EveryObp, TellsItsSerialAndEchoesRegarding) {
    EXPECT_EQ(obp::read_text(host.get(serial)), host->descriptors().strings.at(2));
    obp::Frame request = host.request(serial);
    request.regarding = 0xDEADBEEF;
    EXPECT_EQ(host.exchange(request).regarding, 0xDEADBEEFu);
}

TEST_P(EveryObp, RefusesMessagesThatItDoesNotKnow) {
    for (const std::uint32_t type : {0x00FFFFFFu, 0x000FFF00u, 0x00A00001u}) EXPECT_EQ(host.refusal(type), 2);
    EXPECT_EQ(host.set(0x00ABCDEF, obp::u32(1)), 2) << "whether an ACK is wanted or not";
}

TEST_P(EveryObp, RefusesMessagesThatItCannotRead) {
    Bytes bytes = obp::encode(host.request(serial));
    const auto error_for = [&](std::size_t at, std::uint8_t value) {
        Bytes changed = bytes;
        changed[at] = value;
        host.write(changed);
        const auto reply = host.read();
        return reply ? int{reply->error} : -1;
    };
    EXPECT_EQ(error_for(3, 0x33), 1) << "protocol version";
    EXPECT_EQ(error_for(3, obp2() ? 0x11 : 0x20), 1) << "the version of the other generation";
    EXPECT_EQ(error_for(22, 1), 3) << "an MD5 that is zero";
    EXPECT_EQ(error_for(22, 7), 8) << "checksum type";
    EXPECT_EQ(error_for(23, 17), 6) << "immediate length";
    EXPECT_EQ(error_for(63, 0), 14) << "footer";
    EXPECT_EQ(error_for(0, 0), -1) << "no message at all: the host must time out";
    EXPECT_EQ(error_for(40, 19), -1) << "a length that cannot be";
    EXPECT_EQ(host.refusal(serial, obp::u8(1)), 5);
    EXPECT_EQ(host.refusal(serial, Bytes(9000)), 4) << "larger than it listens to";
    EXPECT_FALSE(host.get(serial).empty()) << "and it goes on";
}

TEST_P(EveryObp, UnderstandsAMessageWithARightChecksum) {
    obp::Frame request = host.request(serial);
    request.checksum = obp::Checksum::md5;
    EXPECT_EQ(host.exchange(request).error, 0);
}

TEST_P(EveryObp, AcknowledgesASettingOnlyWhenAsked) {
    const std::uint32_t type = obp2() ? message2::set_integration_time : message::set_integration_time;
    host.ask_for(type, obp::u32(100'000));
    EXPECT_FALSE(host.read()) << "no ACK was wanted";
    EXPECT_EQ(host.set(type, obp::u32(100'000)), 0);
}

TEST_P(EveryObp, RefusesIntegrationTimesOutOfRangeAndWrongLengths) {
    const std::uint32_t type = obp2() ? message2::set_integration_time : message::set_integration_time;
    EXPECT_EQ(host.set(type, obp::u32(model.min_integration_us)), 0);
    EXPECT_EQ(host.set(type, obp::u32(model.max_integration_us)), 0);
    EXPECT_EQ(host.set(type, obp::u32(model.min_integration_us - 1)), 6);
    EXPECT_EQ(host.set(type, obp::u32(model.max_integration_us + 1)), 6);
    EXPECT_EQ(host.set(type, obp::u16(1)), 5);
    EXPECT_EQ(host.set(type, Bytes(20)), 5);
    if (obp2()) return;
    EXPECT_EQ(host.number(message::get_integration_time), model.max_integration_us) << "the old value stays";
    EXPECT_EQ(host.number(message::get_shortest_integration_time), model.min_integration_us);
    EXPECT_EQ(host.number(message::get_longest_integration_time), model.max_integration_us);
    EXPECT_EQ(host.number(message::get_integration_time_step), model.step_us);
}

TEST_P(EveryObp, HoldsWavelengthsThatRise) {
    std::vector<float> c;
    if (obp2()) {
        c = *obp::read_f32_list(host.get(message2::get_wavelengths));
        c.erase(c.begin());
    } else {
        for (std::uint8_t i = 0; i < host.number(message::get_wavelength_coefficient_count); ++i)
            c.push_back(*obp::read_f32(host.get(message::get_wavelength_coefficient, obp::u8(i))));
        EXPECT_EQ(host.refusal(message::get_wavelength_coefficient, obp::u8(99)), 6);
    }
    ASSERT_EQ(c.size(), 4u);
    double before = 150;
    for (std::size_t pixel = 0; pixel < model.pixels; ++pixel) {
        double nm = 0;
        for (std::size_t i = c.size(); i-- > 0;) nm = nm * static_cast<double>(pixel) + static_cast<double>(c[i]);
        ASSERT_GT(nm, before);
        before = nm;
    }
    EXPECT_LT(before, 1150);
}

TEST_P(EveryObp, HoldsTheNonlinearityThatItBendsItsCountsWith) {
    std::vector<float> c;
    if (obp2()) {
        c = *obp::read_f32_list(host.get(message2::get_nonlinearity));
        c.erase(c.begin());
    } else {
        for (std::uint8_t i = 0; i < host.number(message::get_nonlinearity_coefficient_count); ++i)
            c.push_back(*obp::read_f32(host.get(message::get_nonlinearity_coefficient, obp::u8(i))));
    }
    ASSERT_EQ(c.size(), 8u);
    EXPECT_FLOAT_EQ(c[0], 0.95F);
    EXPECT_NEAR(static_cast<double>(c[1]) * model.full_scale, 0.05, 1e-6);
}

TEST_P(EveryObp, ReadsAllOnesWhereItsMemoryIsErased) {
    ObpHost erased(GetParam(), {}, {{device::FaultKind::all_ones_memory, 0, {}}});
    const Bytes data =
        obp2() ? erased.get(message2::get_wavelengths) : erased.get(message::get_wavelength_coefficient, obp::u8(0));
    EXPECT_THAT(data, testing::Each(0xFF));
    EXPECT_FALSE(obp::read_f32_list(data)) << "no number";
}

TEST_P(TwoPairsOfEndpoints, AnswerOnTheOneThatBelongsToTheRequest) {
    host.bytes(host.start_out(model.second_command_endpoint, obp::encode(host.request(serial))));
    EXPECT_FALSE(host.read());
    const auto other = host.start_in(model.second_reply_endpoint, 64);
    EXPECT_EQ(obp::read_text(obp::decode_reply(host.bytes(other))->data), host->descriptors().strings.at(2));
}

// At 512 bytes a packet a piece of 64 is a short packet, and ends the message.
TEST_P(PacketsOf64Bytes, MakeUpAMessageAndDropWhatIsCutShort) {
    const obp::Frame request = host.request(message::set_alias, Bytes(20, 'a'), obp::flag::ack_wanted);
    const Bytes bytes = obp::encode(request);
    host.bytes(host.start_out(model.command_endpoint, Bytes(bytes.begin(), bytes.begin() + 64)));
    EXPECT_FALSE(host.read());
    host.bytes(host.start_out(model.command_endpoint, Bytes(bytes.begin() + 64, bytes.end())));
    EXPECT_EQ(host.answer(request).error, 0);
    host.bytes(host.start_out(model.command_endpoint, Bytes(bytes.begin(), bytes.begin() + 70)));
    EXPECT_FALSE(host.read());
    EXPECT_FALSE(host.get(serial).empty()) << "the short packet ended the cut message";
}

TEST_P(EveryFirstObp, KeepsWhatAHostSetWhenTheNextOneComes) {
    host.set_integration(microseconds(123'456));
    EXPECT_EQ(host.set(message::set_trigger, obp::u8(3)), 0);
    EXPECT_EQ(host.set(message::set_scans_to_average, obp::u16(7)), 0);
    EXPECT_EQ(host.set(message::set_boxcar, obp::u8(2)), 0);
    EXPECT_EQ(host.set(message::set_lamp, obp::u8(1)), 0);
    host->reset(host.now());
    EXPECT_EQ(host.number(message::get_integration_time), 123'456u);
    EXPECT_EQ(host.number(message::get_trigger), 3u);
    EXPECT_EQ(host.number(message::get_scans_to_average), 7u);
    EXPECT_EQ(host.number(message::get_boxcar), 2u);
    EXPECT_EQ(host.number(message::get_lamp), 1u);
    host->unplug(host.now());
    host->plug(host.now());
    EXPECT_EQ(host.number(message::get_trigger), 0u) << "power was away";
    EXPECT_EQ(host.number(message::get_scans_to_average), 1u);
}

TEST_P(EveryObp, RefusesSettingsOutOfRange) {
    if (obp2()) {
        EXPECT_EQ(host.set(message2::set_trigger, obp::u8(4)), 6);
        EXPECT_EQ(host.set(message2::set_trigger, {}), 5);
        return;
    }
    EXPECT_EQ(host.set(message::set_trigger, obp::u8(4)), 6);
    EXPECT_EQ(host.set(message::set_scans_to_average, obp::u16(0)), 6);
    EXPECT_EQ(host.set(message::set_scans_to_average, obp::u8(1)), 5);
    EXPECT_EQ(host.set(message::set_boxcar, obp::u8(200)), 6);
    EXPECT_EQ(host.set(message::set_lamp, obp::u8(2)), 6);
    EXPECT_EQ(host.set(message::set_checksum_type, obp::u8(2)), 8);
    EXPECT_EQ(host.set(message::set_acquisition_delay, obp::u32(335'501)), 6);
    EXPECT_EQ(host.number(message::get_trigger), 0u);
}

TEST_P(EveryFirstObp, SignsItsAnswersFromWhenItWasToldAndForTheNextHostToo) {
    EXPECT_EQ(host.exchange(host.request(serial)).checksum, obp::Checksum::none);
    EXPECT_EQ(host.set(message::set_checksum_type, obp::u8(1)), 0);
    host->reset(host.now());
    EXPECT_EQ(host.exchange(host.request(serial)).checksum, obp::Checksum::md5);
}

TEST_P(EveryObp, ListsTheMessagesThatItKnowsOrSaysThatItCannot) {
    const obp::Frame reply = host.exchange(host.request(message::get_supported_messages));
    if (reply.error != 0) {
        EXPECT_EQ(reply.error, 2);
        return;
    }
    const auto types = *obp::read_u32_list(reply.data);
    EXPECT_THAT(types, testing::IsSupersetOf({serial, message::set_integration_time, model.spectrum_message}));
    EXPECT_EQ(std::count(types.begin(), types.end(), message::set_cooler), model.cooled ? 1 : 0);
    EXPECT_EQ(std::count(types.begin(), types.end(), message::set_light_source), model.laser ? 1 : 0);
}

TEST_P(EveryFirstObp, LeavesTheBusAndComesBackWhenItIsReset) {
    EXPECT_EQ(host.set(message::set_scans_to_average, obp::u16(7)), 0);
    EXPECT_EQ(host.set(message::reset), 0);
    host.pass(milliseconds(20));
    EXPECT_FALSE(host->present());
    host.pass(seconds(2));
    EXPECT_TRUE(host->present());
    EXPECT_EQ(host.number(message::get_scans_to_average), 1u) << "as at power-up";
}

TEST_P(EveryFirstObp, GoesBackToItsDefaultsWhenToldSo) {
    EXPECT_EQ(host.set(message::set_scans_to_average, obp::u16(7)), 0);
    EXPECT_EQ(host.set(message::reset_to_defaults), 0);
    EXPECT_TRUE(host->present());
    EXPECT_EQ(host.number(message::get_scans_to_average), 1u);
}

TEST_P(EveryFirstObp, KeepsAliasUserStringsAndCalibrationWithoutPower) {
    EXPECT_EQ(host.set(message::set_alias, obp::text("left bench")), 0);
    EXPECT_EQ(host.set(message::set_alias, Bytes(33, 'x')), 5);
    EXPECT_EQ(host.set(message::set_user_string, obp::text("\x01hello")), 0);
    EXPECT_EQ(host.set(message::set_user_string, obp::text("\x09hello")), 6);
    const Bytes coefficient = wire::Writer().u8(2).f32le(0.5F).bytes();
    EXPECT_EQ(host.set(message::set_wavelength_coefficient, coefficient), 0);
    EXPECT_EQ(host.set(message::set_wavelength_coefficient, wire::Writer().u8(9).f32le(0.5F).bytes()), 6);
    host->unplug(host.now());
    host->plug(host.now());
    EXPECT_EQ(obp::read_text(host.get(message::get_alias)), "left bench");
    EXPECT_EQ(host.number(message::get_alias_length), 32u);
    EXPECT_EQ(obp::read_text(host.get(message::get_user_string, obp::u8(1))), "hello");
    EXPECT_EQ(host.get(message::get_user_string, obp::u8(0)), Bytes{});
    EXPECT_EQ(*obp::read_f32(host.get(message::get_wavelength_coefficient, obp::u8(2))), 0.5F);
}

TEST_P(EveryObp, DescribesItsDetectorAndBench) {
    if (obp2()) {
        const auto dark = *obp::read_u32_list(host.get(message2::get_dark_pixels));
        EXPECT_EQ(dark.empty(), model.dark_ranges == 0);
        EXPECT_EQ(host.number(message2::get_saturation_level), model.full_scale);
        return;
    }
    EXPECT_EQ(host.number(message::get_pixels), model.pixels);
    const auto dark = *obp::read_ranges(host.get(message::get_electric_dark_pixels), model.pixels);
    EXPECT_EQ(dark.size(), model.dark_ranges);
    EXPECT_EQ(obp::read_ranges(host.get(message::get_active_pixels), model.pixels)->size(), 1u);
    EXPECT_EQ(host.number(message::get_saturation_level), model.full_scale);
    EXPECT_LT(host.number(message::get_baseline_level), model.full_scale / 10);
    EXPECT_EQ(host.number(message::get_slit_um), 25u);
    EXPECT_EQ(host.number(message::get_vendor_id), model.vendor_id);
    EXPECT_EQ(host.number(message::get_product_id), model.product_id);
    EXPECT_FALSE(host.get(message::get_grating).empty());
    EXPECT_EQ(host.refusal(message::get_irradiance), 12) << "valid, but the information does not exist";
    const auto all = *obp::read_f32_list(host.get(message::get_temperatures));
    EXPECT_EQ(all.size(), host.number(message::get_temperature_count));
    EXPECT_EQ(*obp::read_f32(host.get(message::get_temperature, obp::u8(1))), all[1]);
    EXPECT_EQ(host.refusal(message::get_temperature, obp::u8(2)), 6);
    const auto hot = *obp::read_u16_list(host.get(message::get_hot_pixels));
    EXPECT_FALSE(hot.empty());
    EXPECT_EQ(host.set(message::set_hot_pixels, obp::u16_list({5, 6})), 0);
    EXPECT_EQ(*obp::read_u16_list(host.get(message::get_hot_pixels)), (std::vector<std::uint16_t>{5, 6}));
    EXPECT_EQ(host.set(message::set_hot_pixels, obp::u16_list({0xFFFF})), 6);
}

TEST_P(EveryObp, AnswersAnotherQuestionOnceWhenToldSo) {
    host->inject({device::FaultKind::wrong_regarding, 0, {}}, host.now());
    const obp::Frame request = host.ask_for(serial);
    EXPECT_FALSE(obp::answers(*host.read(), request));
    EXPECT_FALSE(host.get(serial).empty());
}

TEST_P(EveryObp, DefersAnAnswerAndGivesItLater) {
    host->inject({device::FaultKind::deferred, 0, milliseconds(300)}, host.now());
    const obp::Frame request = host.ask_for(serial);
    const obp::Frame first = host.answer(request);
    EXPECT_EQ(first.error, 255);
    EXPECT_EQ(first.flags, obp::flag::response) << "neither ACK nor NACK";
    host.pass(milliseconds(299));
    EXPECT_FALSE(host.read());
    host.pass(milliseconds(1));
    EXPECT_EQ(host.answer(request).error, 0);
}

TEST_P(EveryObp, SignsOnceWronglyWhenToldSo) {
    host->inject({device::FaultKind::wrong_checksum, 0, {}}, host.now());
    host.ask_for(serial);
    const auto bytes = host.bytes(host.start_in(model.reply_endpoint, host.packet()));
    EXPECT_EQ(bytes[22], 1);
    const auto reply = obp::decode_reply(bytes);
    ASSERT_FALSE(reply);
    EXPECT_THAT(reply.error().what, testing::HasSubstr("checksum"));
    EXPECT_FALSE(host.get(serial).empty());
}

TEST_P(EveryObp, HasTheAnswerOfAnEarlierSessionInItsQueueWhenToldSo) {
    ObpHost late(GetParam(), {}, {{device::FaultKind::old_reply, 0, {}}});
    const obp::Frame request = late.ask_for(serial);
    const auto old = late.read();
    ASSERT_TRUE(old);
    EXPECT_FALSE(obp::answers(*old, request));
    EXPECT_EQ(old->type, model.spectrum_message);
    EXPECT_EQ(late.answer(request).error, 0) << "behind it";
}

}  // namespace
}  // namespace singel::test
