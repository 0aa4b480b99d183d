#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>

#include "instrument/families.hpp"
#include "instrument/known_models.hpp"
#include "instrument/udev/rules.hpp"

// Files that are made from the model tables. SINGEL_REGENERATE=1 writes them anew; see ADDING_A_DEVICE.md.
namespace singel::instrument {
namespace {

using testing::HasSubstr;

const std::filesystem::path instrument_folder = std::filesystem::path(SINGEL_TEST_DIR) / "../instrument";
constexpr std::string_view table_begins = "<!-- made from families() -->\n", table_ends = "<!-- end -->\n";

std::string text_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(stream), {});
}

void regenerate(const std::filesystem::path& file, const std::string& wanted) {
    if (std::getenv("SINGEL_REGENERATE") != nullptr) std::ofstream(file, std::ios::binary) << wanted;
}

std::string with_table(const std::string& document) {
    const auto begin = document.find(table_begins);
    const auto end = document.find(table_ends);
    if (begin == std::string::npos || end == std::string::npos) return {};
    return document.substr(0, begin + table_begins.size()) + models_table() + document.substr(end);
}

TEST(UdevRules, AreTheOnesThatTheModelTablesGive) {
    const auto file = instrument_folder / "udev" / udev_rules_file;
    regenerate(file, udev_rules());
    EXPECT_EQ(text_of(file), udev_rules());
}

TEST(UdevRules, GiveEachModelToWhoeverSitsAtTheMachineAndNoneToTheWorld) {
    const std::string rules = udev_rules();
    for (const Family& family : families())
        for (const KnownModel& model : family.models)
            EXPECT_THAT(rules, HasSubstr(fmt::format(
                                   "ATTR{{idVendor}}==\"{:04x}\", ATTR{{idProduct}}==\"{:04x}\", TAG+=\"uaccess\"\n",
                                   model.vendor_id, model.product_id)))
                << model.name;
    EXPECT_THAT(rules, HasSubstr("ACTION!=\"add|bind|change\""));
    for (const char* word : {"MODE", "GROUP", "OWNER", "RUN"}) EXPECT_THAT(rules, Not(HasSubstr(word)));
}

TEST(TableOfModels, NamesEveryModelAndHowItWasVerified) {
    const auto file = instrument_folder / "DEVICES.md";
    regenerate(file, with_table(text_of(file)));
    const std::string document = text_of(file);
    EXPECT_EQ(document, with_table(document));
    EXPECT_THAT(document, HasSubstr(models_table()));
}

TEST(TableOfModels, SaysNotYetProvenOfAllThatNoUnitHasAnswered) {
    for (const Verified verified : {Verified::documents, Verified::virtual_unit, Verified::other_programs})
        EXPECT_THAT(std::string(phrase(verified)), HasSubstr("not yet proven on this model")) << name(verified);
    EXPECT_THAT(std::string(phrase(Verified::hardware)), Not(HasSubstr("not yet proven")));
}

TEST(TableOfModels, TakesAModelThatOnlyItsMemoryKnowsForTheLeastProvenOfItsFamily) {
    Description description;
    description.family = std::string(families().front().name);
    const KnownModel& row = families().front().models.front();
    description.identity.model = std::string(row.name);
    EXPECT_EQ(verified_of(description), row.verified);
    description.identity.model = "no such model";
    for (const KnownModel& model : families().front().models) EXPECT_LE(verified_of(description), model.verified);
    description.family = "no such family";
    EXPECT_EQ(verified_of(description), Verified::documents);
}

}  // namespace
}  // namespace singel::instrument
