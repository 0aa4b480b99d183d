#include <cmath>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/cli/run_program.hpp"
#include "tests/unit/acquisition/a_folder.hpp"

// The real program, as scripts use it: cli.md's words, JSON and exit codes.
namespace singel::testing {
namespace {

using acquisition::testing::TemporaryFolder;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class Singel : public ::testing::Test {
protected:
    Outcome singel(std::vector<std::string> arguments, RunOptions options = {}) {
        arguments.insert(arguments.begin(), program("singel"));
        options.environment.push_back("XDG_DATA_HOME=" + folder.path().string());
        return run_program(arguments, options);
    }
    std::vector<std::string> check_with(std::vector<std::string> more) {
        std::vector<std::string> arguments{"check",    "--virtual", "WP-785",        "--virtual-time",
                                           "--frames", "3",         "--dark-frames", "3"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return arguments;
    }
    std::string file(const std::string& name, const std::string& text) {
        const auto path = folder.path() / name;
        std::ofstream(path) << text;
        return path.string();
    }
    // A refusal is one sentence for a person and the exit code of the contract; nothing on standard output.
    void expect_refused(const Outcome& outcome, int code, const std::string& about) {
        EXPECT_EQ(outcome.code, code) << outcome.err;
        EXPECT_THAT(outcome.err, StartsWith("singel: "));
        EXPECT_THAT(outcome.err, HasSubstr(about));
        EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
        EXPECT_EQ(outcome.out, "");
    }
    // A spectrum of three bands that the file layer reads as Raman.
    std::string spectrum_file(const std::string& name) {
        std::string text = "Raman Shift (cm-1),Intensity\n";
        for (int shift = 200; shift <= 2000; ++shift) {
            double value = 100.0 + shift % 7;
            for (const double band : {555.0, 1328.0, 1656.0})
                value += 900.0 / (1.0 + std::pow((shift - band) / 5.0, 2));
            text += std::to_string(shift) + "," + std::to_string(value) + "\n";
        }
        return file(name, text);
    }

    // The same in the infrared, as JCAMP-DX says it.
    std::string infrared_file(const std::string& name) {
        std::string text =
            "##TITLE=caffeine\n##JCAMP-DX=4.24\n##DATA TYPE=INFRARED SPECTRUM\n##XUNITS=1/CM\n"
            "##YUNITS=ABSORBANCE\n##XFACTOR=1\n##YFACTOR=1\n##FIRSTX=400\n##LASTX=4000\n"
            "##NPOINTS=1801\n##XYPOINTS=(XY..XY)\n";
        for (int x = 400; x <= 4000; x += 2)
            text +=
                std::to_string(x) + ", " + std::to_string(0.01 + 0.9 / (1.0 + std::pow((x - 1650) / 10.0, 2))) + "\n";
        return file(name, text + "##END=\n");
    }

    TemporaryFolder folder;
};

TEST_F(Singel, NamesItsVersion) {
    const Outcome outcome = singel({"--version"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_THAT(outcome.out, StartsWith("singel "));
}

TEST_F(Singel, HasHelpForEveryCommand) {
    for (const char* command :
         {"devices", "check", "capture", "identify", "library", "calibrate", "export", "doctor"})
        EXPECT_EQ(singel({command, "--help"}).code, 0) << command;
}

TEST_F(Singel, RefusesAnUnknownOptionCommandOrNothingAtAll) {
    expect_refused(singel({"check", "--no-such-option"}), 2, "--no-such-option");
    expect_refused(singel({"no-such-command"}), 2, "no-such-command");
    expect_refused(singel({}), 2, "subcommand");
}

TEST_F(Singel, ListsVirtualInstrumentsAsSimulated) {
    const Outcome outcome = singel({"devices", "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const json devices = json::parse(outcome.out)["devices"];
    bool seen = false;
    for (const json& device : devices) {
        for (const char* key : {"id", "family", "model", "serial", "speed", "permission", "state"})
            EXPECT_TRUE(device.contains(key)) << key;
        if (device["id"] == "virtual:WP-785") seen = device["simulated"].get<bool>();
    }
    EXPECT_TRUE(seen);
}

TEST_F(Singel, ChecksASampleAndRecordsIt) {
    const Outcome outcome = singel(check_with({"--scene", "caffeine:70,acetaminophen:30", "--sold-as", "caffeine",
                                               "--strip", "fentanyl=2", "--strip", "nitazene=2", "--json"}));
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const json result = json::parse(outcome.out);
    EXPECT_TRUE(result["simulated"]);
    EXPECT_THAT(result["instrument"]["model"].get<std::string>(), StartsWith("WP-785"));
    EXPECT_EQ(result["instrument"]["link"], "in_process");
    EXPECT_TRUE(result["sample"]["claim_code"].is_null());
    EXPECT_TRUE(result["verdict"]["finished"]);
    EXPECT_EQ(result["technique"], "raman");
    // The starter library rests on band tables: it names at most "probable" and never gives a share.
    for (const json& component : result["components"]) {
        EXPECT_NE(component["certainty"], "found");
        EXPECT_TRUE(component["share"].is_null());
    }
    bool speaks_of_fentanyl = false;
    for (const char* list : {"not_detected", "not_covered"})
        for (const json& one : result[list]) speaks_of_fentanyl |= one["name"] == "fentanyl";
    EXPECT_TRUE(speaks_of_fentanyl);
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "singel/simulated.sqlite"));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "singel/samples.sqlite"));
}

TEST_F(Singel, SaysFirstOfAllThatAVirtualInstrumentIsNoTest) {
    const Outcome outcome = singel(check_with({"--scene", "caffeine"}));
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_THAT(outcome.out, StartsWith("SIMULATED"));
    EXPECT_THAT(outcome.out, HasSubstr("Not finished: use strips."));
    EXPECT_THAT(outcome.out, HasSubstr("What this test cannot recognise"));
}

TEST_F(Singel, LetsAStripDecideOverASilentSpectrum) {
    const Outcome outcome =
        singel(check_with({"--scene", "caffeine", "--strip", "fentanyl=1", "--strip", "nitazene=skipped", "--json"}));
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(json::parse(outcome.out)["verdict"]["sign"], "dangerous");
}

TEST_F(Singel, ExportsSimulatedSamplesOnlyWhenAsked) {
    ASSERT_EQ(singel(check_with({"--scene", "caffeine"})).code, 0);
    const std::string out = (folder.path() / "out.h5").string();
    const Outcome nothing = singel({"export", "--out", out});
    expect_refused(nothing, 1, "nothing to export");
    EXPECT_FALSE(std::filesystem::exists(out));
    const Outcome exported = singel({"export", "--out", out, "--simulated", "--json"});
    ASSERT_EQ(exported.code, 0) << exported.err;
    EXPECT_EQ(json::parse(exported.out)["samples"], 1);
    EXPECT_TRUE(std::filesystem::exists(out));
    expect_refused(singel({"export", "--out", out, "--from", "yesterday"}), 2, "yesterday");
    expect_refused(singel({"export", "--out", out, "--layout", "nexus"}), 2, "nexus");
}

TEST_F(Singel, EndsAnInterruptedCheckWithThreeAndRecordsNothing) {
    RunOptions options;
    options.interrupt_after = std::chrono::milliseconds(1500);
    const Outcome outcome =
        singel({"check", "--virtual", "WP-785", "--scene", "caffeine", "--frames", "500"}, options);
    expect_refused(outcome, 3, "interrupted");
    EXPECT_EQ(singel({"export", "--out", (folder.path() / "x.h5").string(), "--simulated"}).code, 1);
}

TEST_F(Singel, EndsWithThreeWhenTheInstrumentIsUnplugged) {
    expect_refused(singel(check_with({"--scene", "caffeine", "--faults", "unplug@60"})), 3, "");
}

TEST_F(Singel, SaysThatThereIsNoInstrument) {
    // An empty bus: the sandbox of a test has no spectrometer attached.
    expect_refused(singel({"check"}), 2, "");
    expect_refused(singel({"check", "--device", "usb:dead:beef:9-9"}), 2, "");
    expect_refused(singel({"check", "--virtual", "WP-9000"}), 2, "WP-9000");
}

TEST_F(Singel, RefusesAnInstrumentWithoutLaser) {
    expect_refused(singel({"check", "--virtual", "USB2000+", "--virtual-time"}), 2, "laser");
}

TEST_F(Singel, RefusesAWrongStripSceneOrFault) {
    expect_refused(singel(check_with({"--strip", "fentanyl"})), 2, "KIND=LINES");
    expect_refused(singel(check_with({"--strip", "heroin=1"})), 2, "heroin=1");
    expect_refused(singel(check_with({"--scene", "unobtainium:1"})), 2, "unobtainium");
    expect_refused(singel(check_with({"--faults", "explode@3"})), 2, "explode");
}

TEST_F(Singel, RefusesAMissingWrongOrTruncatedLibrary) {
    expect_refused(singel(check_with({"--library", "/nowhere/lib.h5"})), 2, "lib.h5");
    expect_refused(singel(check_with({"--library", file("text.h5", "not a library")})), 2, "text.h5");
    const std::string whole = (folder.path() / "whole.h5").string();
    ASSERT_EQ(singel({"library", "import", spectrum_file("caffeine.csv"), "-o", whole}).code, 0);
    std::filesystem::resize_file(whole, std::filesystem::file_size(whole) / 2);
    expect_refused(singel({"library", "list", whole}), 2, "whole.h5");
}

TEST_F(Singel, RefusesALibraryOfAnotherTechnique) {
    const std::string library = (folder.path() / "ir.h5").string(), spectrum = infrared_file("caffeine.jdx");
    ASSERT_EQ(singel({"library", "import", spectrum, "-o", library}).code, 0);
    expect_refused(singel(check_with({"--scene", "empty", "--library", library})), 2, "infrared");
    expect_refused(singel({"identify", spectrum}), 2, "infrared");
}

TEST_F(Singel, RefusesAFullDiskBeforeMeasuring) {
    RunOptions options;
    options.largest_file = 100'000;
    const Outcome outcome = singel(check_with({"--scene", "caffeine"}), options);
    expect_refused(outcome, 2, "disk");
}

TEST_F(Singel, RefusesAStoreThatCannotBeWritten) {
    expect_refused(singel(check_with({"--scene", "caffeine", "--store", "/proc/nowhere"})), 2, "/proc/nowhere");
}

TEST_F(Singel, AnswersEveryGoodFileAndEndsWithTwoForABadOne) {
    const std::string good = spectrum_file("good.csv");
    const Outcome outcome =
        singel({"identify", good, "/nowhere/missing.csv", file("bad.csv", "this is no spectrum"), good, "--json"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_THAT(outcome.err, HasSubstr("missing.csv"));
    EXPECT_THAT(outcome.err, HasSubstr("bad.csv"));
    const json results = json::parse(outcome.out)["results"];
    ASSERT_EQ(results.size(), 2U);
    EXPECT_EQ(results[0]["source"], good + "#0");
    EXPECT_FALSE(results[0]["simulated"]);
}

TEST_F(Singel, PrintsOneFileAsOneObjectAndLinesWhenAsked) {
    const std::string good = spectrum_file("good.csv");
    EXPECT_TRUE(json::parse(singel({"identify", good, "--json"}).out).contains("components"));
    const Outcome lines = singel({"identify", good, good, "--json-lines"});
    EXPECT_EQ(std::count(lines.out.begin(), lines.out.end(), '\n'), 2);
}

TEST_F(Singel, SpeaksAboutWhatItIsAskedAbout) {
    const Outcome outcome =
        singel({"identify", spectrum_file("good.csv"), "--limits-for", "unobtainium,glucose", "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("unobtainium"));
}

TEST_F(Singel, ImportsListsAndVerifiesALibrary) {
    const std::string library = (folder.path() / "lib.h5").string();
    const Outcome imported =
        singel({"library", "import", spectrum_file("sugar of mine.csv"), "-o", library, "--json"});
    ASSERT_EQ(imported.code, 0) << imported.err;
    EXPECT_EQ(json::parse(imported.out)["references"], 1);
    const json listed = json::parse(singel({"library", "list", library, "--json"}).out);
    EXPECT_EQ(listed["references"].size(), 1U);
    EXPECT_EQ(singel({"library", "verify", library}).code, 0);
    expect_refused(singel({"library", "import", "/nowhere", "-o", library}), 2, "nowhere");
    EXPECT_GT(json::parse(singel({"library", "list", "--json"}).out)["references"].size(), 10U);
}

TEST_F(Singel, CalibratesAVirtualInstrumentWithAVirtualLamp) {
    const std::string out = (folder.path() / "cal.json").string();
    const Outcome outcome = singel(
        {"calibrate", "wavelength", "--lamp", "ne", "--virtual", "WP-785", "--virtual-time", "-o", out, "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.err << outcome.out;
    const json calibration = json::parse(outcome.out);
    EXPECT_TRUE(calibration["accepted"]);
    EXPECT_TRUE(calibration["simulated"]);
    EXPECT_LT(calibration["rms_px"], 0.1);
    EXPECT_TRUE(std::filesystem::exists(out));
    expect_refused(singel({"calibrate", "wavelength", "--lamp", "moonlight"}), 2, "moonlight");
}

TEST_F(Singel, CapturesAFileThatItCanIdentify) {
    const std::string out = (folder.path() / "scan.csv").string();
    const Outcome captured = singel({"capture", "--virtual", "WP-785", "--virtual-time", "--scene", "caffeine",
                                     "--frames", "3", "--dark-frames", "3", "-o", out});
    ASSERT_EQ(captured.code, 0) << captured.err;
    EXPECT_THAT(captured.out, StartsWith("SIMULATED"));
    const Outcome identified = singel({"identify", out, "--json"});
    ASSERT_EQ(identified.code, 0) << identified.err;
    EXPECT_THAT(json::parse(identified.out)["instrument"]["model"].get<std::string>(), StartsWith("WP-785"));
}

TEST_F(Singel, ExaminesItsInstallation) {
    const Outcome outcome = singel({"doctor", "--json"});
    const json report = json::parse(outcome.out);
    EXPECT_EQ(outcome.code, report["ok"].get<bool>() ? 0 : 1);
    EXPECT_GE(report["checks"].size(), 4U);
    const Outcome broken = singel({"doctor", "--store", "/proc/nowhere", "--json"});
    EXPECT_EQ(broken.code, 1);
    EXPECT_FALSE(json::parse(broken.out)["ok"]);
}

TEST_F(Singel, PrintsACardOfASimulationWhenTheCardProgramIsThere) {
    if (::access(program("singel-card").c_str(), X_OK) != 0) GTEST_SKIP() << "singel-card was not built";
    const std::string card = (folder.path() / "card.pdf").string();
    const Outcome outcome = singel(check_with({"--scene", "caffeine", "--card", card, "--language", "en"}));
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    std::ifstream in(card, std::ios::binary);
    std::string start(5, '\0');
    in.read(start.data(), 5);
    EXPECT_EQ(start, "%PDF-");
    EXPECT_NE(singel(check_with({"--scene", "caffeine", "--card", "/nowhere/card.pdf"})).code, 0);
}

}  // namespace
}  // namespace singel::testing
