#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <random>

#include "tests/cli/run_program.hpp"
#include "tests/unit/acquisition/a_folder.hpp"

// A service's own pair of instruments, from two folders of spectra to an answer that names what was learned.
namespace singel::testing {
namespace {

using acquisition::testing::TemporaryFolder;
using nlohmann::json;
using ::testing::HasSubstr;

class LearnFromPairs : public ::testing::Test {
protected:
    void SetUp() override { write_pairs(12); }

    Outcome singel(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), program("singel"));
        return run_program(arguments, {.environment = {"XDG_DATA_HOME=" + path("data")}});
    }
    Outcome learn(const std::string& output) {
        return singel({"library", "learn", "--library", path("lib.h5"), "--queries", path("ours"), "--effort", "4",
                       "-o", output});
    }
    std::string path(const std::string& name) const { return (folder.path() / name).string(); }

    // Substances of six lines, on two instruments that weigh and place them a little differently.
    void write_pairs(int count) {
        std::filesystem::create_directories(folder.path() / "theirs");
        std::filesystem::create_directories(folder.path() / "ours");
        std::mt19937_64 random(1);
        std::uniform_real_distribution<double> place(350.0, 1700.0), part(0.2, 1.0);
        std::normal_distribution<double> normal;
        for (int i = 0; i < count; ++i) {
            std::array<double, 6> places{}, heights{};
            for (double& at : places) at = place(random);
            for (double& height : heights) height = 3000.0 * part(random);
            const std::string name = "substance " + std::to_string(i) + ".csv";
            write("theirs/" + name, places, heights, random);
            for (double& at : places) at += 0.3 * normal(random);
            for (double& height : heights) height *= std::exp(0.1 * normal(random));
            write("ours/" + name, places, heights, random);
        }
        ASSERT_EQ(singel({"library", "import", path("theirs"), "-o", path("lib.h5")}).code, 0);
    }
    void write(const std::string& name, const std::array<double, 6>& places, const std::array<double, 6>& heights,
               std::mt19937_64& random) {
        std::normal_distribution<double> noise(0.0, 5.0);
        std::ofstream file(folder.path() / name);
        file << "Raman Shift (cm-1),Intensity\n";
        for (int shift = 300; shift <= 1800; shift += 2) {
            double value = 500.0 + noise(random);
            for (std::size_t k = 0; k < places.size(); ++k)
                value += heights[k] / (1.0 + std::pow((shift - places[k]) / 6.0, 2));
            file << shift << ',' << value << '\n';
        }
    }
    // What the answer about one of our spectra says it was judged with.
    std::string algorithm(std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"identify", path("ours/substance 3.csv"), "--library", path("lib.h5"),
                                           "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const Outcome outcome = singel(arguments);
        EXPECT_EQ(outcome.code, 0) << outcome.err;
        return json::parse(outcome.out).at("algorithm").get<std::string>();
    }

    TemporaryFolder folder;
};

TEST_F(LearnFromPairs, MakesFiguresThatEveryAnswerThenNames) {
    const std::string shipped = algorithm();
    const Outcome learned = learn(path("own.json"));
    ASSERT_EQ(learned.code, 0) << learned.err;
    EXPECT_THAT(learned.out, HasSubstr("learned from 12 substances"));
    std::ifstream file(path("own.json"));
    const std::string id = json::parse(file).at("id");
    EXPECT_THAT(learned.out, HasSubstr(id));
    EXPECT_THAT(shipped, ::testing::Not(HasSubstr(id)));
    EXPECT_THAT(algorithm({"--learned", path("own.json")}), HasSubstr(id));
    std::filesystem::create_directories(path("data/singel"));
    std::filesystem::copy_file(path("own.json"), path("data/singel/learned-raman.json"));
    EXPECT_THAT(algorithm(), HasSubstr(id));
}

TEST_F(LearnFromPairs, SaysHowManySubstancesItNeeds) {
    for (int i = 9; i < 12; ++i) std::filesystem::remove(path("ours/substance " + std::to_string(i) + ".csv"));
    const Outcome refused = learn(path("own.json"));
    EXPECT_EQ(refused.code, 2);
    EXPECT_THAT(refused.err, HasSubstr("9 substances"));
    EXPECT_THAT(refused.err, HasSubstr("10 are needed"));
    EXPECT_FALSE(std::filesystem::exists(path("own.json")));
}

TEST_F(LearnFromPairs, RefusesAFileThatIsNoneOfLearnedFigures) {
    const Outcome refused = singel({"identify", path("ours/substance 3.csv"), "--library", path("lib.h5"),
                                    "--learned", path("ours/substance 3.csv")});
    EXPECT_EQ(refused.code, 2);
    EXPECT_THAT(refused.err, HasSubstr("not JSON"));
    EXPECT_THAT(refused.err, HasSubstr("substance 3.csv"));
}

}  // namespace
}  // namespace singel::testing
