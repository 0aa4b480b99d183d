#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <set>

#include "spectra/io/library_file.hpp"
#include "spectra/io/starter_bands.hpp"

namespace singel::spectra::io {
namespace {

constexpr std::string_view bands_header =
    "substance,set,form,class,role,cas,position_cm1,uncertainty_cm1,relative_intensity,width_cm1,source\n";
constexpr std::string_view no_names = "substance,synonyms\n";
constexpr std::string_view one_source = "id,licence,citation\nX,MIT,A paper, with commas\n";

std::string with_row(std::string_view row) {
    return std::string(bands_header) + std::string(row) + "\n";
}

TEST(StarterBands, EveryRowIsSaneAndSourced) {
    std::size_t bands = 0;
    for (const BandSet& set : starter_bands()) {
        SCOPED_TRACE(set.substance.name + " " + set.form);
        EXPECT_FALSE(set.substance.name.empty());
        EXPECT_FALSE(set.substance.substance_class.empty());
        EXPECT_TRUE(
            (std::set<std::string>{"active", "adulterant", "cut", "solvent", "packaging"}).count(set.substance.role));
        EXPECT_GT(set.citation.size(), 40U);
        EXPECT_FALSE(set.licence.empty());
        EXPECT_GE(set.bands.size(), 2U);
        double strongest = 0.0, before = 0.0;
        for (const Band& band : set.bands) {
            EXPECT_GT(band.position.value, before);
            EXPECT_GE(band.position.value, 305.0);
            EXPECT_LE(band.position.value, 2000.0);
            strongest = std::max(strongest, band.relative_intensity);
            before = band.position.value;
            ++bands;
        }
        EXPECT_DOUBLE_EQ(strongest, 1.0);
    }
    EXPECT_EQ(bands, 654U);
}

TEST(StarterBands, EverySetHasOneSourceThroughout) {
    std::map<std::pair<std::string, std::string>, int> seen;
    for (const BandSet& set : starter_bands()) ++seen[{set.substance.name + "|" + set.form, set.source_id}];
    for (const auto& [key, times] : seen) EXPECT_EQ(times, 1) << key.first << " " << key.second;
}

TEST(StarterBands, HoldsNoSubstanceThatHasNoPublishedTable) {
    for (const auto* name : {"fentanyl", "cocaine", "heroin", "MDMA", "ketamine", "methamphetamine"})
        EXPECT_EQ(starter_substance(name), nullptr) << name;
}

TEST(StarterBands, FindsASubstanceUnderItsOtherNames) {
    ASSERT_NE(starter_substance("Acetaminophen"), nullptr);
    EXPECT_EQ(starter_substance("Acetaminophen")->name, "paracetamol");
    EXPECT_EQ(starter_substance("Thiamine_HCl")->name, "thiamine");
}

TEST(StarterBands, RefusesARowThatNamesNoKnownSource) {
    const auto tables = parse_band_tables(with_row("a,1,,c,cut,,500,1,1,10,Y"), no_names, one_source);
    ASSERT_FALSE(tables);
    EXPECT_NE(tables.error().where.find("line 2"), std::string::npos);
}

TEST(StarterBands, RefusesNumbersThatNoBandCanHave) {
    for (const auto* row : {"a,1,,c,cut,,-5,1,1,10,X", "a,1,,c,cut,,500,1,1.5,10,X", "a,1,,c,cut,,500,1,nan,10,X",
                            "a,1,,c,cut,,500,1,1,wide,X", "a,1,,c,cut,,500,,1,10,X", "a,1,,c,cut,,5OO,1,1,10,X"})
        EXPECT_FALSE(parse_band_tables(with_row(row), no_names, one_source)) << row;
    EXPECT_TRUE(parse_band_tables(with_row("a,1,,c,cut,,500,1,1,,X"), no_names, one_source));
    EXPECT_FALSE(parse_band_tables(with_row("a,1,500"), no_names, one_source));
}

TEST(StarterBands, KeepsCommasOfACitation) {
    const auto tables = parse_band_tables(with_row("a,1,,c,cut,,500,1,1,,X"), no_names, one_source);
    ASSERT_TRUE(tables);
    EXPECT_EQ(tables->front().citation, "A paper, with commas");
}

TEST(StarterLibrary, RestsOnBandTablesAndSaysSo) {
    const auto library = starter_library();
    EXPECT_EQ(library.technique, core::Technique::raman);
    EXPECT_EQ(library.axis.low(), 305.0);
    EXPECT_EQ(library.axis.high(), 2000.0);
    EXPECT_EQ(library.references.size(), 46U);
    EXPECT_EQ(library.id.size(), 64U);
    for (const auto& reference : library.references) {
        EXPECT_EQ(reference.origin, core::ReferenceOrigin::band_table);
        EXPECT_FALSE(reference.source.empty());
        EXPECT_EQ(reference.first, 0U);
        EXPECT_EQ(reference.last, library.axis.size());
    }
}

TEST(StarterLibrary, KeepsSeveralSetsOfOneSubstanceApart) {
    const auto library = starter_library();
    const auto sets_of = [&](std::string_view name) {
        return std::ranges::count_if(library.references, [&](const auto& r) { return r.substance.name == name; });
    };
    EXPECT_EQ(sets_of("paracetamol"), 2);
    EXPECT_EQ(sets_of("glucose"), 2);
    EXPECT_EQ(sets_of("citric acid"), 2);
    EXPECT_EQ(sets_of("caffeine"), 1);
}

// An isolated band, checked against the closed form: height 1 at its centre, half of it at half the width. The
// neighbours' wings and the grid of 1 cm⁻¹ leave 3 %.
TEST(StarterLibrary, DrawsABandAtItsPlaceWithItsWidth) {
    const auto library = starter_library();
    for (std::size_t i = 0; i < library.references.size(); ++i) {
        if (library.references[i].substance.name != "calcium carbonate") continue;
        const auto row = library.row(i);
        const auto strongest = static_cast<std::size_t>(std::ranges::max_element(row) - row.begin());
        EXPECT_NEAR(library.axis[strongest], 1086.5, 0.51);
        double width = 0.0;
        for (const Band& band : starter_bands()[i].bands)
            if (band.relative_intensity == 1.0) width = band.width->value;
        const auto half = std::ranges::count_if(row, [&](float v) { return v >= 0.5F * row[strongest]; });
        EXPECT_NEAR(static_cast<double>(half), width, 1.0 + 0.03 * width);
        return;
    }
    FAIL() << "no calcite";
}

TEST(StarterLibrary, UsesTheMedianWidthWhereANeighbourHidesIt) {
    std::vector<double> widths;
    for (const BandSet& set : starter_bands())
        for (const Band& band : set.bands)
            if (band.width) widths.push_back(band.width->value);
    std::ranges::sort(widths);
    EXPECT_NEAR(widths[widths.size() / 2], 12.8, 0.1);  // default_width_cm1 of starter_library.cpp
}

}  // namespace
}  // namespace singel::spectra::io
