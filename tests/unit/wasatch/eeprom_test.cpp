#include "firmware-bridge/wire/fid/eeprom.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "firmware-bridge/wire/fid/eeprom_check.hpp"
#include "firmware-bridge/wire/fid/eeprom_fields.hpp"

namespace singel::firmware_bridge::wire::fid {

namespace {

void set_detector(Eeprom& e) {
    e.celsius_to_dac = {4100.0F, -143.0F, -0.5F};
    e.adc_to_celsius = {61.4F, -0.011F, -8e-7F};
    e.max_detector_celsius = 20;
    e.min_detector_celsius = -20;
    e.thermistor_ohms = 10000;
    e.thermistor_beta = 3450;
    e.detector = "S16011-1006";
    e.active_pixels = 1024;
    e.active_rows = 64;
    e.actual_pixels = 1044;
    e.roi = {30, 1000};
    e.vertical_roi = {{{1, 2}, {3, 4}, {5, 6}}};
    e.linearity = {1, 2, 3, 4, 5};
    e.detector_timeout = std::chrono::seconds(60);
    e.horizontal_binning = 1;
    e.bad_pixels = {5, 203};
    e.startup_detector_celsius = -15;
}

// A made-up unit of the newest format, every field different from its default.
Eeprom example(std::uint8_t format = 16) {
    Eeprom e;
    set_detector(e);
    e.model = "WP-785-TEST";
    e.serial = "WP-12345";
    e.baud_rate = 300;
    e.has_cooling = e.has_laser = true;
    e.feature_mask = feature::interlock_feedback | feature::gen15;
    e.slit_um = 25;
    e.startup_integration = std::chrono::milliseconds(10);
    e.startup_trigger = 1;
    e.gain = 1.9F;
    e.gain_odd = 1.8F;
    e.offset = -3;
    e.offset_odd = 4;
    e.laser_tec_setpoint = 800;
    e.format = format;
    e.wavelength_nm = {800.0F, 0.15F, 1e-5F, -1e-8F, 1e-12F};
    e.calibration_date = "06/30/2021";
    e.calibrated_by = "JR";
    e.laser_warm_up = std::chrono::seconds(7);
    e.laser_percent_of_mw = {2.0F, 0.18F, 1.2e-4F, -1.2e-7F};
    e.max_laser_mw = 450;
    e.min_laser_mw = 10;
    e.excitation_nm = 785.05F;
    e.min_integration = std::chrono::milliseconds(3);
    e.max_integration = std::chrono::milliseconds(60000);
    e.resolution_cm1 = 6.1F;
    e.laser_watchdog = std::chrono::seconds(10);
    e.light_source = 2;
    e.power_timeout = std::chrono::seconds(600);
    e.user_text = "hello";
    e.product_configuration = "C-IC";
    e.subformat = Subformat::raman_intensity;
    e.raman_intensity = {-0.2F, 1e-4F, 2e-7F};
    return e;
}

// With page 8 and everything else that only the newest format has.
Eeprom newest() {
    Eeprom e = example(newest_format);
    e.max_laser_celsius = -5;
    e.startup_scans = 3;
    e.laser_attenuator = 25;
    e.laser_password = "open sesame";
    e.xs_features = 0x80000001;
    e.accessory_state = 0x1234;
    e.strobe_period = std::chrono::microseconds(3000000000);
    e.strobe_width = std::chrono::microseconds(2);
    e.strobe_delay = std::chrono::microseconds(3);
    e.strobe_count = 500;
    e.max_battery_celsius = 60;
    e.pixel_correction = PixelCorrection::etalon;
    e.usb_manufacturer = "Wasatch Photonics";
    e.latched_failures = 0x81;
    return e;
}

Eeprom through_memory(const Eeprom& e) {
    const Decoded<std::vector<Page>> pages = encode_eeprom(e);
    EXPECT_TRUE(pages);
    const Decoded<Eeprom> back = decode_eeprom(*pages);
    EXPECT_TRUE(back);
    return *back;
}

bool mentions(const Verdict& verdict, std::string_view word) {
    for (const std::string& problem : verdict.problems) {
        if (problem.find(word) != std::string::npos) return true;
    }
    return false;
}

}  // namespace

TEST(Eeprom, SurvivesTheRoundTrip) {
    EXPECT_EQ(through_memory(example()), example());
}

class EveryFormat : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Formats, EveryFormat, testing::Values(2, 3, 4, 5, 7, 8, 9, 10, 12, 15, 16, 18, 19));

// What a format does not have comes back as the default, everything else as it was; encoding again changes nothing.
TEST_P(EveryFormat, KeepsItsOwnFieldsAndLeavesTheOthersAtTheirDefaults) {
    Eeprom whole = newest();
    whole.format = static_cast<std::uint8_t>(GetParam());
    if (whole.format < 4) whole.excitation_nm = 785;  // whole nanometres
    if (whole.format < 7) {
        whole.subformat = Subformat::user;
        whole.raman_intensity.clear();
    }
    const Eeprom back = through_memory(whole);
    EXPECT_EQ(through_memory(back), back);
    Eeprom untouched;
    untouched.format = whole.format;
    for (const Field& field : eeprom_fields()) {
        const bool elsewhere = field.name == "excitation wavelength" || field.name.starts_with("integration time");
        if (!has(field, whole.format) && elsewhere) continue;
        const Eeprom& expected = has(field, whole.format) ? whole : untouched;
        EXPECT_EQ(field_text(field, back), field_text(field, expected));
    }
}

TEST(EepromFields, LieInTheirPageAndDoNotOverlapWithinAFormat) {
    constexpr std::size_t sizes[] = {1, 1, 2, 2, 4, 4, 1};
    for (int format = 0; format <= newest_format; ++format) {
        std::set<std::pair<int, std::size_t>> taken;
        for (const Field& field : eeprom_fields()) {
            if (!has(field, static_cast<std::uint8_t>(format))) continue;
            const std::size_t size =
                field.stored == Stored::text ? field.length : sizes[static_cast<std::size_t>(field.stored)];
            for (std::size_t i = 0; i < size; ++i) {
                EXPECT_LT(field.offset + i, page_bytes) << field.name;
                EXPECT_TRUE(taken.emplace(field.page, field.offset + i).second) << field.name << " in " << format;
            }
        }
    }
}

TEST(EepromSubformats, SurviveTheRoundTrip) {
    Eeprom user = newest();
    user.subformat = Subformat::user;
    user.raman_intensity.clear();
    EXPECT_EQ(through_memory(user), user);

    Eeprom spline = user;
    spline.subformat = Subformat::spline;
    spline.user_text.clear();
    spline.spline.emplace();
    for (int i = 0; i < 14; ++i)
        spline.spline->points.push_back({700.0F + float(i), 0.5F * float(i), -0.25F * float(i)});
    spline.spline->min = 700;
    spline.spline->max = 713;
    EXPECT_EQ(through_memory(spline), spline);

    Eeprom untethered = newest();
    untethered.subformat = Subformat::untethered;
    untethered.untethered = Untethered{1, 0x2345, 3, 4, 0x5678, 6, 7, 8, 9};
    EXPECT_EQ(through_memory(untethered), untethered) << "with its intensity polynomial";

    Eeprom regions = user;
    regions.subformat = Subformat::detector_regions;
    regions.regions = DetectorRegions{{DetectorRegion{{1, 2}, {1, 2, 3, 4}}, DetectorRegion{{3, 4}, {5, 6, 7, 8}},
                                       DetectorRegion{{5, 6}, {9, 10, 11, 12}}},
                                      3};
    EXPECT_EQ(through_memory(regions), regions);

    Eeprom two = newest();
    two.subformat = Subformat::multi_wavelength;
    two.second_excitation = SecondExcitation{830, {800, 0.1F, 1e-5F, 0, 1e-12F}, {10, 900}, 6.5F, {0.1F, 0.2F}, 2};
    EXPECT_EQ(through_memory(two), two);
}

TEST(EepromSubformats, LieWhereTheDocumentPutsThem) {
    Eeprom e = newest();
    e.subformat = Subformat::detector_regions;
    e.regions.emplace();
    e.regions->regions[2].pixels = {0x1234, 0};
    e.regions->count = 3;
    const auto pages = *encode_eeprom(e);
    EXPECT_EQ(pages[6][40] | pages[6][41] << 8, 0x1234);
    EXPECT_EQ(pages[7][0], 3);
    Page p7{};
    p7[26] = 7;
    std::vector<Page> raw = pages;
    raw[5][63] = 5;
    raw[7] = p7;
    EXPECT_EQ(decode_eeprom(raw)->second_excitation->roi.start, 7);
}

TEST(EepromSubformats, WithImpossibleCountsGiveNothing) {
    Eeprom e = newest();
    e.subformat = Subformat::spline;
    e.user_text.clear();
    e.raman_intensity.clear();
    e.spline.emplace();
    auto pages = *encode_eeprom(e);
    pages[6][0] = 15;
    EXPECT_TRUE(decode_eeprom(pages)->spline->points.empty());
    pages[5][63] = 1;
    pages[6][0] = 8;
    EXPECT_TRUE(decode_eeprom(pages)->raman_intensity.empty());
}

TEST(EepromCorrection, IsAValueAPixelFromPageTenOn) {
    std::vector<float> factors(1000);
    for (std::size_t i = 0; i < factors.size(); ++i) factors[i] = 1.0F + 0.001F * float(i);
    EXPECT_EQ(correction_pages(PixelCorrection::etalon, 1000), 63u);
    EXPECT_EQ(correction_pages(PixelCorrection::ingaas, 512), 64u);
    EXPECT_EQ(correction_pages(PixelCorrection::none, 512), 0u);
    EXPECT_EQ(*decode_correction(encode_correction(factors), 1000), factors);
    EXPECT_FALSE(decode_correction(encode_correction(factors), 1009));
}

TEST(Eeprom, NamesPageOffsetFieldAndValueOfWhatDoesNotFit) {
    Eeprom e = example();
    e.laser_watchdog = std::chrono::seconds(70000);
    EXPECT_EQ(encode_eeprom(e).error().what, "page 3, offset 52, laser watchdog: 70000 does not fit");
    e = example();
    e.serial = "seventeen letters";
    EXPECT_EQ(encode_eeprom(e).error().what, "page 0, offset 16, serial number: seventeen letters does not fit");
}

TEST(Eeprom, LiesWhereTheDocumentPutsIt) {
    const Decoded<std::vector<Page>> encoded = encode_eeprom(example());
    ASSERT_TRUE(encoded);
    const std::vector<Page>& pages = *encoded;
    ASSERT_EQ(pages.size(), 9u);
    EXPECT_EQ(pages[0][63], 16) << "format";
    EXPECT_EQ(pages[0][38], 1) << "has laser";
    EXPECT_EQ(pages[0][16], 'W') << "serial number";
    EXPECT_EQ(pages[2][16] | pages[2][17] << 8, 1024) << "active pixels";
    EXPECT_EQ(pages[2][27] | pages[2][28] << 8, 30) << "start of the region of interest";
    EXPECT_EQ(pages[3][52], 10) << "laser watchdog";
    EXPECT_EQ(pages[5][63], 1) << "subformat";
    EXPECT_EQ(pages[6][0], 2) << "order of the intensity polynomial";
}

TEST(Eeprom, ReadsOldFormatsByTheirOwnRules) {
    const Eeprom old = through_memory(example(3));
    EXPECT_EQ(old.excitation_nm, 785.0F) << "whole nanometres on page 0";
    EXPECT_EQ(old.feature_mask, 0) << "there was no feature mask";
    EXPECT_EQ(old.min_integration, std::chrono::milliseconds(3)) << "16 bits on page 2";
    EXPECT_EQ(old.laser_watchdog, std::chrono::seconds(0));
    EXPECT_EQ(old.wavelength_nm[4], 0.0F);
    const Eeprom older = through_memory(example(2));
    EXPECT_EQ(older.startup_integration, std::chrono::milliseconds(0));
    EXPECT_EQ(through_memory(example(9)).laser_warm_up, std::chrono::seconds(20)) << "the default before format 10";
}

TEST(Eeprom, RefusesABlankMemoryAndMissingPages) {
    Page erased;
    erased.fill(0xFF);
    std::vector<Page> pages(page_count, erased);
    EXPECT_TRUE(blank(pages));
    const Decoded<Eeprom> decoded = decode_eeprom(pages);
    ASSERT_FALSE(decoded);
    EXPECT_NE(decoded.error().what.find("blank"), std::string::npos);
    pages[4][7] = 0;
    EXPECT_FALSE(blank(pages));
    EXPECT_FALSE(decode_eeprom(std::span(pages).first(7)));
}

TEST(Eeprom, RefusesToEncodeWhatDoesNotFit) {
    Eeprom e = example();
    e.model = "a model name of more than sixteen characters";
    EXPECT_FALSE(encode_eeprom(e));
    e = example();
    e.bad_pixels.assign(16, 1);
    EXPECT_FALSE(encode_eeprom(e));
    e = example();
    e.raman_intensity.assign(9, 0.1F);
    EXPECT_FALSE(encode_eeprom(e));
}

TEST(EepromCheck, PassesAHealthyUnit) {
    const Verdict verdict = check(example());
    EXPECT_TRUE(verdict.wavelengths_usable);
    EXPECT_TRUE(verdict.laser_usable);
    EXPECT_TRUE(verdict.problems.empty()) << verdict.problems.front();
}

TEST(EepromCheck, FindsCoefficientsThatAreNotNumbers) {
    for (std::size_t i = 0; i < 5; ++i) {
        Eeprom e = example();
        e.wavelength_nm[i] =
            i % 2 == 0 ? std::numeric_limits<float>::quiet_NaN() : std::numeric_limits<float>::infinity();
        const Verdict verdict = check(e);
        EXPECT_FALSE(verdict.wavelengths_usable);
        EXPECT_FALSE(verdict.laser_usable) << "any doubt keeps the laser at 0";
        EXPECT_TRUE(mentions(verdict, "wavelength"));
    }
}

TEST(EepromCheck, NamesPageOffsetFieldAndValueOfEachProblem) {
    const auto first_problem = [](auto change, std::uint8_t format = 16) {
        Eeprom e = example(format);
        change(e);
        const Verdict verdict = check(e);
        EXPECT_FALSE(verdict.laser_usable);
        return verdict.problems.empty() ? std::string() : verdict.problems.front();
    };
    EXPECT_EQ(first_problem([](Eeprom& e) { e.wavelength_nm[4] = std::nanf(""); }),
              "page 2, offset 21, wavelength c4: nan is not a finite number");
    EXPECT_EQ(first_problem([](Eeprom& e) { e.laser_percent_of_mw[1] = std::nanf(""); }),
              "page 3, offset 16, laser power c1: nan is not a finite number");
    EXPECT_EQ(first_problem([](Eeprom& e) { e.active_pixels = 65535; }),
              "page 2, offset 16, active pixels: 65535 is not between 2 and 8192");
    EXPECT_EQ(first_problem([](Eeprom& e) { e.max_laser_mw = 2000; }),
              "page 3, offset 32, laser power min: 10; page 3, offset 28, laser power max: 2000 mW; a laser has more "
              "than 0 and less than 1000 mW");
    EXPECT_EQ(first_problem([](Eeprom& e) { e.excitation_nm = 0; }, 3),
              "page 0, offset 39, excitation wavelength: 0 nm is no laser line");
    EXPECT_EQ(first_problem([](Eeprom& e) { e.max_integration = std::chrono::milliseconds(1); }, 4),
              "page 2, offset 21, integration time min: 3; page 2, offset 23, integration time max: 1");
}

TEST(EepromCheck, RefusesTimesThatNoSetterTakes) {
    Eeprom e = example();
    e.max_integration = std::chrono::milliseconds(1000000000);
    EXPECT_FALSE(check(e).laser_usable);
}

TEST(EepromCheck, FindsWavelengthsThatTurnBackInTheRegionOfInterest) {
    Eeprom e = example();
    e.wavelength_nm = {800.0F, 0.1F, -1e-4F, 0, 0};  // turns at pixel 500
    EXPECT_FALSE(check(e).wavelengths_usable);
    e.roi = {0, 450};
    EXPECT_TRUE(check(e).wavelengths_usable) << "outside the region of interest it does not matter";
    e.wavelength_nm = {900.0F, -0.1F, 0, 0, 0};
    EXPECT_TRUE(check(e).wavelengths_usable) << "falling is monotonic too";
    e.wavelength_nm = {900.0F, 0, 0, 0, 0};
    EXPECT_FALSE(check(e).wavelengths_usable);
}

TEST(EepromCheck, TakesAllPixelsWhereTheRegionOfInterestIsNotSet) {
    Eeprom e = example();
    for (const PixelSpan roi : {PixelSpan{0, 0}, PixelSpan{500, 20}, PixelSpan{0, 1024}}) {
        e.roi = roi;
        EXPECT_EQ(usable_pixels(e), (PixelSpan{0, 1023}));
    }
}

TEST(EepromCheck, KeepsTheLaserAtZeroWhenItsNumbersAreWrong) {
    const auto wrong = [](auto change) {
        Eeprom e = example();
        change(e);
        const Verdict verdict = check(e);
        EXPECT_TRUE(verdict.wavelengths_usable) << "the wavelengths have nothing to do with it";
        return !verdict.laser_usable && !verdict.problems.empty();
    };
    EXPECT_TRUE(wrong([](Eeprom& e) { e.max_laser_mw = 1000; }));
    EXPECT_TRUE(wrong([](Eeprom& e) {
        e.max_laser_mw = 0;
        e.min_laser_mw = 0;
    }));
    EXPECT_TRUE(wrong([](Eeprom& e) { e.min_laser_mw = 451; }));
    EXPECT_TRUE(wrong([](Eeprom& e) { e.min_laser_mw = -1; }));
    EXPECT_TRUE(wrong([](Eeprom& e) { e.max_laser_mw = std::nanf(""); }));
    EXPECT_TRUE(wrong([](Eeprom& e) { e.laser_percent_of_mw[2] = std::nanf(""); }));
    EXPECT_TRUE(wrong([](Eeprom& e) { e.laser_percent_of_mw = {0, 0.2F, -3e-4F, 0}; })) << "falls above 333 mW";
    EXPECT_TRUE(wrong([](Eeprom& e) { e.excitation_nm = 0; }));
    EXPECT_TRUE(wrong([](Eeprom& e) { e.min_integration = std::chrono::milliseconds(60001); }));
    EXPECT_TRUE(wrong([](Eeprom& e) { e.min_detector_celsius = 21; }));
}

TEST(EepromCheck, AsksNothingOfALaserThatIsNotThere) {
    Eeprom e = example();
    e.has_laser = false;
    e.laser_percent_of_mw = {};
    const Verdict verdict = check(e);
    EXPECT_TRUE(verdict.problems.empty());
    EXPECT_FALSE(verdict.laser_usable);
}

// ---- memories of real units (Wasatch.PY, MIT licence) -----------------------------------------------------------

namespace {

nlohmann::json shared_memory(const std::string& file) {
    std::ifstream in(std::filesystem::path(SINGEL_SHARED_DATA) / "eeprom" / file);
    return in ? nlohmann::json::parse(in) : nlohmann::json();
}

// "[array('B', [87, 80, …]), array('B', […]), …]"
std::vector<Page> pages_of(const std::string& text) {
    std::vector<Page> pages;
    std::vector<unsigned> numbers;
    for (std::size_t i = 0; i < text.size();) {
        if (!std::isdigit(static_cast<unsigned char>(text[i]))) {
            ++i;
            continue;
        }
        std::size_t used = 0;
        numbers.push_back(static_cast<unsigned>(std::stoul(text.substr(i, 4), &used)));
        i += used;
    }
    for (std::size_t first = 0; first + page_bytes <= numbers.size(); first += page_bytes) {
        Page& page = pages.emplace_back();
        for (std::size_t i = 0; i < page_bytes; ++i) page[i] = static_cast<std::uint8_t>(numbers[first + i]);
    }
    return pages;
}

}  // namespace

TEST(RealEeprom, OfAnXsUnitIsReadFromItsBytes) {
    const nlohmann::json file = shared_memory("EEPROM-EM-9c65d19f4c.json");
    if (file.is_null()) GTEST_SKIP() << "no shared data: eeprom/EEPROM-EM-9c65d19f4c.json";
    const std::vector<Page> pages = pages_of(file["buffers"]);
    ASSERT_EQ(pages.size(), 8u);
    const Decoded<Eeprom> e = decode_eeprom(pages);
    ASSERT_TRUE(e);
    EXPECT_EQ(e->model, "WP");
    EXPECT_EQ(e->serial, "EM");
    EXPECT_EQ(e->format, file["format"]);
    EXPECT_EQ(e->detector, file["detector"]);
    EXPECT_EQ(e->active_pixels, file["active_pixels_horizontal"]);
    EXPECT_EQ(e->active_rows, file["active_pixels_vertical"]);
    EXPECT_EQ(e->slit_um, file["slit_size_um"]);
    for (std::size_t i = 0; i < 5; ++i)
        EXPECT_EQ(e->wavelength_nm[i], file["wavelength_coeffs"][i].get<float>()) << i;
    EXPECT_EQ(e->gain_odd, file["detector_gain_odd"].get<float>());
    EXPECT_EQ(e->max_detector_celsius, file["max_temp_degC"]);
    EXPECT_EQ(e->min_detector_celsius, file["min_temp_degC"]);
    EXPECT_EQ(e->thermistor_beta, file["tec_beta"]);
    EXPECT_EQ(e->calibration_date, file["calibration_date"]);
    EXPECT_EQ(e->calibrated_by, file["calibrated_by"]);
    EXPECT_EQ(e->max_laser_mw, file["max_laser_power_mW"].get<float>());
    EXPECT_EQ(e->max_integration.count(), file["max_integration_time_ms"]);
    EXPECT_EQ(e->user_text, file["user_text"]);
    EXPECT_EQ(static_cast<int>(e->subformat), file["subformat"]);
    EXPECT_TRUE(e->bad_pixels.empty());
    const Verdict verdict = check(*e);
    EXPECT_TRUE(verdict.wavelengths_usable);
    EXPECT_EQ(usable_pixels(*e), (PixelSpan{0, 1951})) << "its region of interest was never set";
}

class RealUnit : public testing::TestWithParam<const char*> {};

TEST_P(RealUnit, SurvivesTheRoundTripAndIsJudged) {
    const nlohmann::json file = shared_memory(GetParam());
    if (file.is_null()) GTEST_SKIP() << "no shared data: eeprom/" << GetParam();
    const nlohmann::json& m = file["EEPROM"];
    Eeprom e = example(14);
    e.laser_watchdog = e.power_timeout = e.detector_timeout = std::chrono::seconds(0);
    e.light_source = e.horizontal_binning = 0;
    e.laser_tec_setpoint = 0;
    e.model = m["Model"].get<std::string>().substr(0, 16);
    e.serial = m["Serial"];
    e.has_laser = m["IncLaser"];
    e.has_cooling = m["IncCooling"];
    for (std::size_t i = 0; i < 5; ++i) e.wavelength_nm[i] = m["WavecalCoeffs"][i];
    for (std::size_t i = 0; i < 4; ++i) e.laser_percent_of_mw[i] = m["LaserPowerCoeffs"][i];
    for (std::size_t i = 0; i < 3; ++i) e.adc_to_celsius[i] = m["ADCToTempCoeffs"][i];
    e.min_laser_mw = m["MinLaserPowerMW"];
    e.max_laser_mw = m["MaxLaserPowerMW"];
    e.excitation_nm = m["ExcitationWavelengthNM"];
    e.active_pixels = m["ActivePixelsHoriz"];
    e.roi = {m["ROIHorizStart"], m["ROIHorizEnd"]};
    e.min_detector_celsius = m["DetectorTempMin"];
    e.max_detector_celsius = m["DetectorTempMax"];
    e.raman_intensity.clear();
    for (const nlohmann::json& c : m["RelIntCorrCoeffs"]) e.raman_intensity.push_back(c);
    e.bad_pixels.clear();
    for (const nlohmann::json& pixel : m["BadPixels"]) {
        if (pixel >= 0) e.bad_pixels.push_back(pixel);
    }
    EXPECT_EQ(through_memory(e), e);
    const Verdict verdict = check(e);
    EXPECT_TRUE(verdict.wavelengths_usable);
    EXPECT_EQ(verdict.laser_usable, e.has_laser);
    EXPECT_TRUE(verdict.problems.empty()) << verdict.problems.front();
}

INSTANTIATE_TEST_SUITE_P(FromWasatch, RealUnit,
                         testing::Values("WP-00887-mock.json", "WP-00904-mock.json", "WP-00913-mock.json"));

}  // namespace singel::firmware_bridge::wire::fid
