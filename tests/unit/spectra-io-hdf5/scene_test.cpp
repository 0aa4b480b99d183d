#include "spectra/io/scene.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <numeric>
#include <unistd.h>

#include "spectra/io/library_file.hpp"
#include "spectra/io/names.hpp"

namespace singel::spectra::io {
namespace {

double strongest(const SceneSpec& scene) {
    return scene.spectrum.empty() ? 0.0 : *std::ranges::max_element(scene.spectrum.values);
}

double height_at(const core::Spectrum& spectrum, double shift) {
    return spectrum.values[static_cast<std::size_t>(std::lround(shift - spectrum.axis[0]))];
}

// Two references of one known band each, on 500 points, with areas 1 : 4.
core::ReferenceSet two_bands(core::ReferenceOrigin origin) {
    std::vector<NewReference> references;
    for (int k = 0; k < 2; ++k) {
        core::Spectrum spectrum;
        spectrum.axis = core::Axis::uniform(core::AxisKind::raman_shift_cm1, 500.0, 1.0, 500);
        spectrum.technique = core::Technique::raman;
        for (double shift : spectrum.axis.values()) {
            const double x = (shift - (k == 0 ? 620.0 : 850.0)) / 8.0;
            const double slope = origin == core::ReferenceOrigin::measured ? 300.0 + 0.2 * shift : 0.0;
            spectrum.values.push_back((k == 0 ? 100.0 : 400.0) * std::exp(-x * x) + slope);
        }
        core::Reference reference;
        reference.substance.name = k == 0 ? "left" : "1,2-right";
        reference.substance.synonyms = {k == 0 ? "L" : "R"};
        reference.origin = origin;
        references.push_back({reference, spectrum});
    }
    return *make_reference_set(std::move(references), core::Technique::raman);
}

class TextFile {
public:
    TextFile(std::string_view name, std::string_view text)
        : path_(std::filesystem::temp_directory_path() / (std::to_string(::getpid()) + std::string(name))) {
        std::ofstream(path_) << text;
    }
    ~TextFile() { std::filesystem::remove(path_); }
    std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

TEST(Scene, IsEmptyForEmptyText) {
    for (const auto* text : {"", "empty", "Empty", "seed=3"}) {
        const auto scene = read_scene(text, starter_library());
        ASSERT_TRUE(scene) << text;
        EXPECT_TRUE(scene->spectrum.empty());
    }
}

TEST(Scene, FindsSubstancesByNameAndSynonymInAnyCase) {
    const auto library = starter_library();
    const auto a = read_scene("Caffeine:70,ACETAMINOPHEN:30", library);
    const auto b = read_scene("caffeine:7,paracetamol:3", library);
    ASSERT_TRUE(a && b);
    for (std::size_t i = 0; i < a->spectrum.size(); ++i)
        EXPECT_NEAR(a->spectrum.values[i], b->spectrum.values[i], 1e-12);
    EXPECT_EQ(a->spectrum.axis.kind(), core::AxisKind::raman_shift_cm1);
    EXPECT_DOUBLE_EQ(strongest(*a), 1.0);
    EXPECT_TRUE(read_scene("citric acid monohydrate", library));
    EXPECT_TRUE(read_scene("citric acid (anhydrous)", library));
}

TEST(Scene, MixesByRamanArea) {
    const auto library = two_bands(core::ReferenceOrigin::band_table);
    const auto scene = read_scene("left:25,1,2-right:75", library);
    ASSERT_TRUE(scene) << scene.error().sentence();
    // Bands of one width: their heights are in the ratio of their areas, whatever the references' own heights.
    EXPECT_NEAR(height_at(scene->spectrum, 620.0) / height_at(scene->spectrum, 850.0), 1.0 / 3.0, 1e-6);
}

// The baseline is estimated, not known: 3 % of the ratio.
TEST(Scene, LeavesTheReferencesBaselineOut) {
    const auto scene = read_scene("L:1,R:1", two_bands(core::ReferenceOrigin::measured));
    ASSERT_TRUE(scene) << scene.error().sentence();
    EXPECT_NEAR(height_at(scene->spectrum, 620.0) / height_at(scene->spectrum, 850.0), 1.0, 0.03);
    EXPECT_LT(height_at(scene->spectrum, 740.0), 0.02);
}

TEST(Scene, TakesOptionsAfterCommas) {
    const auto scene = read_scene("caffeine,fluorescence=2,brightness=0.8,seed=7", starter_library());
    ASSERT_TRUE(scene);
    EXPECT_EQ(scene->fluorescence, 2.0);
    EXPECT_EQ(scene->brightness, 0.8);
    EXPECT_EQ(scene->seed, 7U);
    for (const auto* text : {"caffeine,laser_power=0.5,brightness=0.8", "caffeine,brightness=0.8,laser_power=0.5"}) {
        const auto dim = read_scene(text, starter_library());
        ASSERT_TRUE(dim);
        EXPECT_EQ(dim->brightness, 0.4);
    }
}

TEST(Scene, RefusesOptionsThatCannotBe) {
    for (const auto* text :
         {"caffeine,fluorescence=-1", "caffeine,brightness=nan", "caffeine,seed=x", "caffeine,seed=-1",
          "caffeine,laser_power=2", "caffeine,colour=2", "caffeine,brightness="})
        EXPECT_FALSE(read_scene(text, starter_library())) << text;
}

TEST(Scene, RefusesUnknownNamesWithThoseNearIt) {
    const auto scene = read_scene("cafeine:50,paracetamol:50", starter_library());
    ASSERT_FALSE(scene);
    EXPECT_EQ(scene.error().fault, core::Fault::invalid_argument);
    EXPECT_NE(scene.error().what.find("\"cafeine\""), std::string::npos);
    EXPECT_NE(scene.error().remedy.find("caffeine"), std::string::npos);
    EXPECT_TRUE(near_names("fentanyl", starter_library()).empty());
}

TEST(Scene, RefusesPartsThatAreNoAmount) {
    for (const auto* text : {"caffeine:0", "caffeine:-1", "caffeine:inf", "caffeine:nan", "caffeine:", "caffeine:1,"})
        EXPECT_EQ(read_scene(text, starter_library()).has_value(), std::string_view(text) == "caffeine:1,") << text;
}

TEST(Scene, TakesAMeasuredFileAsItIsDownToItsBroadMinimum) {
    std::string text;
    for (int shift = 300; shift < 1800; ++shift) {
        const double x = (shift - 1000.0) / 6.0;
        text += std::to_string(shift) + "," + std::to_string(5000.0 + 0.5 * shift + 2000.0 * std::exp(-x * x)) + "\n";
    }
    const TextFile file("scene.csv", text);
    const auto scene = read_scene(file.path() + ",brightness=0.3", starter_library());
    ASSERT_TRUE(scene) << scene.error().sentence();
    EXPECT_DOUBLE_EQ(strongest(*scene), 1.0);
    // The slope (its fluorescence) stays: 750 counts of it over the range against the band's 2350 above the floor.
    EXPECT_GT(scene->spectrum.values.back(), 0.25);
    EXPECT_LT(scene->spectrum.values.front(), 0.01);
    EXPECT_EQ(scene->brightness, 0.3);
}

TEST(Scene, RefusesAFileThatIsNotThereAndAFlatOne) {
    const auto missing = read_scene("/nowhere/at/all.csv", starter_library());
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().fault, core::Fault::not_found);
    std::string text;
    for (int i = 0; i < 200; ++i) text += std::to_string(300 + i) + ",7\n";
    const TextFile flat("flat.csv", text);
    EXPECT_FALSE(read_scene(flat.path(), starter_library()));
}

TEST(Scene, ShinesALampsLines) {
    const auto scene = read_scene("lamp:ne,brightness=2", starter_library());
    ASSERT_TRUE(scene) << scene.error().sentence();
    EXPECT_EQ(scene->spectrum.axis.kind(), core::AxisKind::wavelength_air_nm);
    EXPECT_DOUBLE_EQ(strongest(*scene), 1.0);
    const auto at = [&](double nm) {
        return scene->spectrum.values[static_cast<std::size_t>(std::lround((nm - scene->spectrum.axis[0]) / 0.05))];
    };
    EXPECT_GT(at(703.241), 0.3);  // Ne I 703.2413 nm in air, NIST ASD
    EXPECT_LT(at(695.0), 1e-6);
    const auto unknown = read_scene("lamp:led", starter_library());
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().fault, core::Fault::invalid_argument);
}

TEST(Scene, ReadsTheQueriesOfARealInstrument) {
    const std::filesystem::path folder = SINGEL_SHARED_DATA "/raman-queries-785x";
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no measured spectra at " << folder;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const auto scene = read_scene(entry.path().string(), starter_library());
        ASSERT_TRUE(scene) << scene.error().sentence();
        EXPECT_EQ(scene->spectrum.axis.kind(), core::AxisKind::raman_shift_cm1);
        EXPECT_DOUBLE_EQ(strongest(*scene), 1.0);
        EXPECT_GE(*std::ranges::min_element(scene->spectrum.values), 0.0);
    }
}

}  // namespace
}  // namespace singel::spectra::io
