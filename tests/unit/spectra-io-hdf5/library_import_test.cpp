#include "spectra/io/library_import.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <gtest/gtest.h>

#include "spectra/io/library_file.hpp"
#include "spectra/io/read_spectra.hpp"
#include "temporary_folder.hpp"

namespace singel::spectra::io {
namespace {

class LibraryImport : public TemporaryFolder {
protected:
    void write(const std::string& name, const std::string& text) const {
        std::filesystem::create_directories(path(name).parent_path());
        std::ofstream(path(name)) << text;
    }

    static std::string columns(int first, int last, double band) {
        std::string text = "Raman shift (cm-1),intensity\n";
        for (int shift = first; shift <= last; ++shift) {
            const double x = (shift - band) / 5.0;
            text += std::to_string(shift) + "," + std::to_string(1000.0 * std::exp(-x * x)) + "\n";
        }
        return text;
    }

    core::Result<Import> import_folder(const ImportOptions& options = {}) const {
        const std::vector<std::filesystem::path> sources{path("in")};
        return import_library(sources, options);
    }
};

const core::Reference* find(const core::ReferenceSet& set, std::string_view name) {
    const auto found = std::ranges::find_if(set.references, [&](const auto& r) { return r.substance.name == name; });
    return found == set.references.end() ? nullptr : &*found;
}

TEST_F(LibraryImport, NamesEachReferenceByItsFile) {
    write("in/acetaminophen.csv", columns(300, 900, 500));
    write("in/below/Substance X.csv", columns(400, 1000, 700));
    write("in/.hidden.csv", "no spectrum");
    const auto imported = import_folder();
    ASSERT_TRUE(imported) << imported.error().sentence();
    EXPECT_TRUE(imported->refused.empty());
    const auto& set = imported->references;
    ASSERT_EQ(set.references.size(), 2U);
    EXPECT_EQ(set.axis.low(), 300.0);
    EXPECT_EQ(set.axis.high(), 1000.0);
    const auto* x = find(set, "Substance X");
    ASSERT_NE(x, nullptr);
    EXPECT_EQ(x->source, "below/Substance X.csv");
    EXPECT_EQ(x->first, 100U);
    EXPECT_EQ(x->origin, core::ReferenceOrigin::measured);
    EXPECT_TRUE(x->substance.role.empty());
}

// An absorbance of depth at 1100 cm⁻¹, as a transmittance in percent.
std::string infrared_jcamp(double depth, const std::string& y_units) {
    std::string text =
        "##TITLE=powder\n##JCAMP-DX=4.24\n##DATA TYPE=INFRARED SPECTRUM\n##XUNITS=1/CM\n##YUNITS=" + y_units +
        "\n##NPOINTS=401\n##XYPOINTS=(XY..XY)\n";
    for (int place = 900; place <= 1300; ++place) {
        const double x = (place - 1100.0) / 20.0;
        const double transmittance = 100.0 * std::pow(10.0, -depth * std::exp(-x * x));
        text += std::to_string(place) + ", " + std::to_string(transmittance) + "\n";
    }
    return text + "##END=\n";
}

TEST_F(LibraryImport, KeepsTheAbsorbanceOfATransmittance) {
    write("in/powder.jdx", infrared_jcamp(0.8, "TRANSMITTANCE"));
    const auto imported = import_folder();
    ASSERT_TRUE(imported) << imported.error().sentence();
    EXPECT_EQ(imported->references.technique, core::Technique::infrared);
    const auto row = imported->references.row(0);
    EXPECT_NEAR(row[200], 0.8F, 1e-4F);
    EXPECT_NEAR(row[220], 0.8F * std::exp(-1.0F), 1e-4F);
    EXPECT_NEAR(row[0], 0.0F, 1e-4F);
}

TEST_F(LibraryImport, CutsOffWhatLetNoLightThroughAndSaysSo) {
    write("in/powder.jdx", infrared_jcamp(6.0, "TRANSMITTANCE"));
    const auto imported = import_folder();
    ASSERT_TRUE(imported) << imported.error().sentence();
    EXPECT_EQ(imported->references.row(0)[200], 3.0F);
    EXPECT_EQ(imported->references.references[0].last, 401U);
    ASSERT_EQ(imported->warnings.size(), 1U);
    EXPECT_NE(imported->warnings[0].find("no light"), std::string::npos);
}

TEST_F(LibraryImport, LeavesOutATransmittanceThatDoesNotSaySo) {
    write("in/powder.jdx", infrared_jcamp(0.8, "ARBITRARY UNITS"));
    const auto imported = import_folder();
    ASSERT_FALSE(imported);
    EXPECT_NE(imported.error().remedy.find("absorbance"), std::string::npos);
}

TEST_F(LibraryImport, AddsWhatTheStarterTablesKnowOfAName) {
    write("in/acetaminophen.csv", columns(300, 900, 500));
    const auto imported = import_folder();
    ASSERT_TRUE(imported);
    const core::Substance& substance = imported->references.references[0].substance;
    EXPECT_EQ(substance.role, "adulterant");
    EXPECT_TRUE(std::ranges::count(substance.synonyms, "paracetamol"));
    EXPECT_FALSE(std::ranges::count(substance.synonyms, "acetaminophen"));
}

TEST_F(LibraryImport, PassesOverBadFilesAndSaysWhy) {
    write("in/good.csv", columns(300, 900, 500));
    write("in/README.md", "This folder holds spectra.\n");
    write("in/empty.csv", "");
    write("in/peaks.csv", columns(500, 540, 520));
    write("in/huge range.csv", columns(300, 450, 400) + "9000000,1\n");
    const auto imported = import_folder();
    ASSERT_TRUE(imported) << imported.error().sentence();
    EXPECT_EQ(imported->references.references.size(), 1U);
    ASSERT_EQ(imported->refused.size(), 4U);
    for (const auto& refused : imported->refused) EXPECT_FALSE(refused.where.empty()) << refused.what;
    const auto peaks = std::ranges::find_if(imported->refused, [](const auto& e) { return e.where == "peaks.csv"; });
    ASSERT_NE(peaks, imported->refused.end());
    EXPECT_NE(peaks->what.find("41 points"), std::string::npos);
}

TEST_F(LibraryImport, KeepsSeveralReferencesOfOneName) {
    write("in/a/lactose.csv", columns(300, 900, 500));
    write("in/b/lactose.csv", columns(300, 900, 510));
    const auto imported = import_folder();
    ASSERT_TRUE(imported);
    ASSERT_EQ(imported->references.references.size(), 2U);
    EXPECT_EQ(imported->references.references[0].substance.name, imported->references.references[1].substance.name);
    EXPECT_NE(imported->references.references[0].source, imported->references.references[1].source);
}

TEST_F(LibraryImport, MarksWhatIsWatched) {
    write("in/acetaminophen.csv", columns(300, 900, 500));
    write("in/lactose.csv", columns(300, 900, 600));
    ImportOptions options;
    options.watched = {"Paracetamol", "fentanyl"};
    const auto imported = import_folder(options);
    ASSERT_TRUE(imported);
    EXPECT_TRUE(find(imported->references, "acetaminophen")->watched);
    EXPECT_FALSE(find(imported->references, "lactose")->watched);
    ASSERT_EQ(imported->warnings.size(), 1U);
    EXPECT_NE(imported->warnings[0].find("fentanyl"), std::string::npos);
    options = {};
    options.watch_all = true;
    EXPECT_TRUE(find(import_folder(options)->references, "lactose")->watched);
}

TEST_F(LibraryImport, SaysThatThereIsNothing) {
    std::filesystem::create_directory(path("in"));
    EXPECT_EQ(import_folder().error().fault, core::Fault::not_found);
    const std::vector<std::filesystem::path> missing{path("nowhere")};
    EXPECT_EQ(import_library(missing).error().fault, core::Fault::not_found);
}

TEST_F(LibraryImport, ReadsARealLibrary) {
    const std::filesystem::path folder = SINGEL_SHARED_DATA "/raman-library-785xs";
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no measured spectra at " << folder;
    const std::vector<std::filesystem::path> sources{folder};
    const auto imported = import_library(sources);
    ASSERT_TRUE(imported) << imported.error().sentence();
    for (const auto& refused : imported->refused) ADD_FAILURE() << refused.sentence();
    const auto& set = imported->references;
    EXPECT_EQ(set.references.size(), 80U);
    EXPECT_EQ(set.technique, core::Technique::raman);
    ASSERT_TRUE(write_library(path("lib.h5"), set));
    const auto opened = open_library(path("lib.h5"));
    ASSERT_TRUE(opened) << opened.error().sentence();
    EXPECT_EQ(opened->id, set.id);

    // These files lie on whole wavenumbers already, so nothing may change on the way into the library.
    const auto scan = read_spectra(folder / "caffeine.csv")->front().scan();
    const core::Reference* caffeine = find(*opened, "caffeine");
    ASSERT_EQ(caffeine->last - caffeine->first, scan.size());
    const auto row = opened->row(static_cast<std::size_t>(caffeine - opened->references.data()));
    for (std::size_t i = 0; i < scan.size(); ++i) {
        ASSERT_EQ(opened->axis[caffeine->first + i], scan.axis[i]);
        ASSERT_FLOAT_EQ(row[caffeine->first + i], static_cast<float>(scan.values[i]));
    }
}

// Measured points that happen to lie on the grid: interpolation may add 2 % of the value, or 20 counts on a slope.
TEST_F(LibraryImport, TakesTheDarkOffWhereAFileHoldsIt) {
    const std::filesystem::path file = SINGEL_SHARED_DATA "/raman-queries-785x/caffeine.csv";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "no measured spectrum at " << file;
    const std::vector<std::filesystem::path> sources{file};
    const auto imported = import_library(sources);
    ASSERT_TRUE(imported) << imported.error().sentence();
    const auto measured = read_spectra(file);
    const auto& raw = measured->front().raw;
    const auto& dark = measured->front().dark;
    ASSERT_FALSE(raw.empty() || dark.empty());
    const auto& set = imported->references;
    int compared = 0;
    for (std::size_t i = 100; i + 100 < raw.size(); ++i) {
        const double place = raw.axis[i] - set.axis[0];
        if (std::abs(place - std::round(place)) > 0.02) continue;
        const double net = raw.values[i] - dark.values[i];
        EXPECT_NEAR(set.row(0)[static_cast<std::size_t>(std::lround(place))], net, 0.02 * std::abs(net) + 20.0);
        ++compared;
    }
    EXPECT_GT(compared, 20);
}

}  // namespace
}  // namespace singel::spectra::io
