#include "spectra/io/read_spectra.hpp"

#include <cmath>
#include <filesystem>
#include <gmock/gmock.h>
#include <string>

#include "parse.hpp"

using namespace singel::spectra;
using namespace singel::spectra::io;
using testing::HasSubstr;
namespace fs = std::filesystem;

namespace {

const fs::path data = SINGEL_SHARED_DATA;

class SharedData : public testing::Test {
protected:
    void SetUp() override {
        if (!fs::exists(data)) GTEST_SKIP() << "no real data at " << data;
    }
};

std::vector<fs::path> files_in(const fs::path& folder, const std::string& ending) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ending) files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

std::vector<Measurement> read(const fs::path& file) {
    auto measurements = read_spectra(file);
    EXPECT_TRUE(measurements) << measurements.error().sentence();
    return measurements ? *measurements : std::vector<Measurement>(1);
}

}  // namespace

using RealFiles = SharedData;

TEST_F(RealFiles, EveryLibraryFileIsRead) {
    const auto files = files_in(data / "raman-library-785xs", ".csv");
    EXPECT_EQ(files.size(), 80u);
    for (const fs::path& file : files) {
        const auto m = read(file).at(0);
        EXPECT_EQ(m.scan().axis.kind(), core::AxisKind::raman_shift_cm1) << file;
        EXPECT_GT(m.scan().size(), 1800u) << file;
        EXPECT_EQ(m.scan().noise, core::NoiseBasis::none) << file;
        EXPECT_EQ(m.title, file.stem().string());
    }
}

TEST_F(RealFiles, EveryQueryFileIsReadAsRawMinusDark) {
    const auto files = files_in(data / "raman-queries-785x", ".csv");
    EXPECT_EQ(files.size(), 60u);
    for (const fs::path& file : files) {
        const auto m = read(file).at(0);
        EXPECT_EQ(m.scan().size(), 2048u) << file;
        EXPECT_EQ(m.scan().noise, core::NoiseBasis::estimated) << file;
        EXPECT_FALSE(m.dark.empty()) << file;
        EXPECT_EQ(m.scan().provenance.instrument.serial, "WP-01977") << file;
    }
}

TEST_F(RealFiles, AQueryHasTheNumbersOfItsFile) {
    const auto m = read(data / "raman-queries-785x" / "acetaminophen.csv").at(0);
    EXPECT_DOUBLE_EQ(m.scan().axis[0], 132.25);
    EXPECT_DOUBLE_EQ(m.scan().values[0], 982.25 - 906.0);
    EXPECT_DOUBLE_EQ(m.processed.values[2047], 11.08);
    EXPECT_EQ(m.integration_time, std::chrono::milliseconds(287));
}

TEST_F(RealFiles, TheFourCompressionTwinsAreOneSpectrum) {
    std::vector<Measurement> twins;
    for (const char* form : {"fix", "packed", "squeezed", "difdup"})
        twins.push_back(read(data / "formats/jcamp" / ("compression_jcamp-" + std::string(form) + ".dx")).at(0));
    ASSERT_EQ(twins[0].processed.size(), 16384u);
    for (const Measurement& twin : twins) {
        EXPECT_EQ(twin.processed.values, twins[0].processed.values);
        EXPECT_EQ(twin.processed.axis, twins[0].processed.axis);
    }
}

TEST_F(RealFiles, EveryJcampFileIsRead) {
    const auto files = files_in(data / "formats/jcamp", ".jdx");
    EXPECT_EQ(files.size(), 13u);
    for (const fs::path& file : files) EXPECT_FALSE(read(file).at(0).processed.empty()) << file;
    EXPECT_EQ(read(data / "formats/jcamp/tree-uv.jdx").size(), 2u);
}

TEST_F(RealFiles, EveryBwtekFileIsRead) {
    for (const fs::path& file : files_in(data / "calibration/bwtek-785", ".txt")) {
        const auto m = read(file).at(0);
        EXPECT_FALSE(m.raw.empty()) << file;
        EXPECT_EQ(m.wavelengths.size(), m.raw.size()) << file;
    }
}

TEST_F(RealFiles, BothOpenSpecyFilesAreOneSpectrum) {
    const auto columns = read(data / "formats/text/raman_hdpe.csv").at(0).processed;
    const auto row = read(data / "formats/text/raman_hdpe_os.csv").at(0).processed;
    ASSERT_EQ(columns.size(), row.size());
    // The row's axis is rounded to whole cm⁻¹.
    for (std::size_t i = 0; i < row.size(); ++i) EXPECT_NEAR(row.axis[i], columns.axis[i], 0.51);
}

TEST_F(RealFiles, EveryMixtureRowIsRead) {
    const auto mixtures = read(data / "raman-mixtures/mixtures.csv");
    EXPECT_EQ(mixtures.size(), 25u);
    EXPECT_EQ(read(data / "raman-mixtures/pures.csv").size(), 13u);
    EXPECT_THAT(mixtures.at(0).title, HasSubstr(";"));
    EXPECT_DOUBLE_EQ(mixtures.at(0).processed.axis[0], 239.0);
}

TEST_F(RealFiles, OtherFormatsAreNamedAndRefused) {
    for (const fs::path& file : files_in(data / "formats/spc", ".spc")) {
        const auto read = read_spectra(file);
        ASSERT_FALSE(read) << file;
        EXPECT_EQ(read.error().fault, core::Fault::unsupported) << file;
        EXPECT_THAT(read.error().what, HasSubstr("SPC"));
    }
    const auto opus = read_spectra(data / "formats/opus/ftir_ps.0");
    ASSERT_FALSE(opus);
    EXPECT_THAT(opus.error().what, HasSubstr("OPUS"));
}

TEST_F(RealFiles, NoCutOfAFileIsReadAsAnotherSpectrum) {
    const auto whole = read(data / "raman-queries-785x" / "caffeine.csv").at(0);
    for (std::uintmax_t part = 1; part < 10; ++part) {
        const auto copy = fs::temp_directory_path() / ("singel-cut-" + std::to_string(::getpid()) + ".csv");
        fs::copy_file(data / "raman-queries-785x" / "caffeine.csv", copy, fs::copy_options::overwrite_existing);
        fs::resize_file(copy, fs::file_size(copy) * part / 10);
        EXPECT_FALSE(read_spectra(copy)) << part << "/10";
        fs::remove(copy);
    }
}

TEST(ReadSpectra, SaysThatAFileIsNotThere) {
    const auto missing = read_spectra("/nowhere/at all.csv");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().fault, core::Fault::not_found);
    EXPECT_EQ(missing.error().where, "/nowhere/at all.csv");
}

TEST(ReadSpectra, RefusesAFolder) {
    const auto folder = read_spectra(fs::temp_directory_path());
    ASSERT_FALSE(folder);
    EXPECT_THAT(folder.error().what, HasSubstr("folder"));
}

TEST(ParseSpectra, RefusesEmptyBinaryAndTooLongInput) {
    EXPECT_THAT(refused("").what, HasSubstr("empty"));
    EXPECT_THAT(refused(" \n\r\n\xEF\xBB\xBF").fault, core::Fault::wrong_format);
    EXPECT_THAT(refused(std::string_view("a\0b", 3)).what, HasSubstr("binary"));
    EXPECT_THAT(refused("\x89HDF\r\n\x1a\n").what, HasSubstr("HDF5"));
    const auto limited = parse_spectra(std::string_view("1 2\n3 4\n"), "a.txt", ReadLimits{.max_bytes = 4});
    ASSERT_FALSE(limited);
    EXPECT_THAT(limited.error().what, HasSubstr("8 bytes are more than the 4"));
}

TEST(ParseSpectra, HonoursTheLimitOfPoints) {
    std::string text = "Raman shift\n";
    for (int i = 0; i < 100; ++i) text += std::to_string(i) + " 1\n";
    EXPECT_TRUE(parse_spectra(text, "a", ReadLimits{.max_points = 100}));
    const auto limited = parse_spectra(text, "a", ReadLimits{.max_points = 99});
    ASSERT_FALSE(limited);
    EXPECT_EQ(limited.error().where, "a, line 101");
}

TEST(Measurement, ScanIsRawWithoutDarkAndProcessedWithoutRaw) {
    Measurement m;
    m.processed.values = {3.0, 4.0};
    EXPECT_EQ(m.scan().values, (std::vector<double>{3.0, 4.0}));
    m.raw.values = {5.0, 6.0};
    EXPECT_EQ(m.scan().values, (std::vector<double>{5.0, 6.0}));
    m.dark.values = {1.0, 1.0};
    EXPECT_EQ(m.scan().values, (std::vector<double>{4.0, 5.0}));
}
