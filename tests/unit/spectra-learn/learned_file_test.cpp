#include "spectra/identify/learned_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "spectra/identify/learned_fields.hpp"

namespace singel::spectra::identify {
namespace {

using Json = nlohmann::ordered_json;
using testing::HasSubstr;

// Every figure different, so that no two can be taken for each other.
LearnedFile full_file() {
    LearnedFile file;
    file.technique = core::Technique::raman;
    file.low_cm1 = 302.0;
    file.high_cm1 = 2300.0;
    file.sources = {"60 queries against library \"a\""};
    file.seed = 18446744073709551615u;
    file.from.substances = {"caffeine", "urea"};
    file.from.left_out = {{"glucose", "another form"}};
    file.from.pairs = 1;
    file.from.sums = 2;
    file.from.names = 3;
    file.from.complete = 4;
    file.from.spikes = 5;
    file.from.kappa_between_substances = 0.4;
    double value = 0.11;
    for (const LearnedField& field : learned_fields()) {
        if (field.list != nullptr)
            field.list(file.learned) = {1.5, 1.0 / 3.0 + 2.0, 7.25};
        else
            for (double& place : field.values(file.learned)) place = value += 0.013;
    }
    file.learned.possible = 0.2;
    file.learned.probable = 0.5;
    file.learned.found = 0.9;
    file.learned.backgrounds = {{"glass", 302.0, 8.0, {0.1, 0.25, 0.05}, 0.4, true}};
    return file;
}

// The full file with one part changed.
template <class Change>
core::Error refusal(const Change& change) {
    Json json = Json::parse(write_learned(full_file()));
    change(json);
    const auto read = read_learned(json.dump());
    EXPECT_FALSE(read.has_value());
    return read ? core::Error{} : read.error();
}

TEST(LearnedFileText, IsReadBackAsItWasWritten) {
    const LearnedFile file = full_file();
    const std::string text = write_learned(file);
    const auto read = read_learned(text);
    ASSERT_TRUE(read) << read.error().sentence();
    EXPECT_EQ(write_learned(*read), text);
    EXPECT_EQ(digest(read->learned), digest(file.learned));
    EXPECT_EQ(read->seed, file.seed);
    EXPECT_EQ(read->from.spikes, 5u);
    EXPECT_EQ(read->learned.backgrounds[0].values, file.learned.backgrounds[0].values);
    EXPECT_EQ(read->learned.unknown_null, file.learned.unknown_null);
}

TEST(LearnedFileText, SaysUnitAndMeaningOfEachFigure) {
    const Json json = Json::parse(write_learned(full_file()));
    for (const LearnedField& field : learned_fields()) {
        const Json& figure = json.at("figures").at(std::string(field.key));
        EXPECT_EQ(figure.at("unit"), field.unit);
        EXPECT_FALSE(figure.at("meaning").get<std::string>().empty()) << field.key;
    }
}

TEST(LearnedDigest, ChangesWithEachFigure) {
    const Learned learned = full_file().learned;
    for (const LearnedField& field : learned_fields()) {
        Learned changed = learned;
        values_of(field, changed).back() += 0.001;
        EXPECT_NE(digest(changed), digest(learned)) << field.key;
    }
    Learned changed = learned;
    changed.backgrounds[0].values[1] += 0.001;
    EXPECT_NE(digest(changed), digest(learned));
    changed = learned;
    changed.assumed = true;
    EXPECT_NE(digest(changed), digest(learned));
}

TEST(LearnedFileText, ThatIsNoneIsRefused) {
    for (const char* text : {"", "{", "[]", "null", "{}", "{\"schema\": \"something else\"}"}) {
        const auto read = read_learned(text);
        ASSERT_FALSE(read) << text;
        EXPECT_EQ(read.error().fault, core::Fault::wrong_format) << text;
    }
}

TEST(LearnedFileText, OfANewerVersionAsksForANewerProgram) {
    const core::Error error = refusal([](Json& json) { json["version"] = 2; });
    EXPECT_EQ(error.fault, core::Fault::unsupported);
    EXPECT_THAT(error.sentence(), HasSubstr("newer program"));
}

TEST(LearnedFileText, WithoutAFigureIsRefusedByItsName) {
    for (const LearnedField& field : learned_fields()) {
        const std::string key(field.key);
        EXPECT_EQ(refusal([&](Json& json) { json["figures"].erase(key); }).where, key);
    }
}

TEST(LearnedFileText, WithAFigureThatTheProgramDoesNotKnowIsRefused) {
    EXPECT_EQ(refusal([](Json& json) { json["figures"]["luck"] = {{"value", 1.0}}; }).where, "luck");
}

TEST(LearnedFileText, WithWeightsForOtherFeaturesIsRefused) {
    const core::Error error = refusal([](Json& json) { json["features"][0] = "phase of the moon"; });
    EXPECT_EQ(error.where, "features");
    EXPECT_THAT(error.remedy, HasSubstr("learn again"));
}

TEST(LearnedFileText, WithFiguresOutsideTheirLimitsIsRefused) {
    EXPECT_EQ(refusal([](Json& json) { json["figures"]["found"]["value"] = 1.5; }).where, "found");
    EXPECT_EQ(refusal([](Json& json) {
                  json["figures"]["mismatch"]["value"] = {1.0, -1.0, 1.0, 1.0};
              }).where,
              "mismatch");
    EXPECT_EQ(refusal([](Json& json) { json["figures"]["mismatch"]["value"] = {1.0}; }).where, "mismatch");
    EXPECT_EQ(refusal([](Json& json) {
                  json["figures"]["unknown_null"]["value"] = {2.0, 1.0};
              }).where,
              "unknown_null");
    EXPECT_EQ(refusal([](Json& json) { json["figures"]["limit_kappa"]["value"] = "many"; }).where, "limit_kappa");
    EXPECT_EQ(refusal([](Json& json) { json["figures"]["probable"]["value"] = 0.95; }).where, "found");
    EXPECT_EQ(refusal([](Json& json) { json["backgrounds"][0]["step_cm1"] = 0.0; }).where, "backgrounds");
}

TEST(LearnedFileText, ChangedByHandIsRefused) {
    EXPECT_EQ(refusal([](Json& json) { json["figures"]["limit_kappa"]["value"] = 1.0; }).where, "id");
}

TEST(ShippedLearned, IsReadAndSaysWhatItWasLearnedFrom) {
    const auto read = read_learned(shipped_raman_text);
    ASSERT_TRUE(read) << read.error().sentence();
    EXPECT_EQ(read->technique, core::Technique::raman);
    EXPECT_EQ(digest(learned_raman()), digest(read->learned));
    EXPECT_FALSE(read->sources.empty());
    EXPECT_GT(read->from.complete, 0u);
    EXPECT_TRUE(found_false_rate(read->learned).has_value());
    EXPECT_FALSE(read->learned.assumed);
}

}  // namespace
}  // namespace singel::spectra::identify
