#include <gtest/gtest.h>
#include <set>

#include "tests/accuracy/run.hpp"

using namespace singel;
using namespace singel::tests::accuracy;

namespace {

constexpr const char* nowhere = "no-such-folder";

Options small(const std::string& rows) {
    Options options;
    options.data = nowhere;
    options.rows = rows;
    options.splits = 1;
    options.trials = 1;
    options.spikes = 4;
    options.distractors = 10;
    options.learning = 5;
    options.exchanged = false;
    return options;
}

TEST(Folds, NeverMixWhatTeachesAndWhatIsTested) {
    std::vector<std::size_t> list;
    for (std::size_t i = 0; i < 25; ++i) list.push_back(i);
    const auto folds = halves(list, 4, 3);
    ASSERT_EQ(folds.size(), 8u);
    for (const Fold& fold : folds) {
        std::set<std::size_t> all(fold.learn.begin(), fold.learn.end());
        for (const std::size_t one : fold.test) EXPECT_TRUE(all.insert(one).second) << one;
        EXPECT_EQ(all.size(), list.size());
    }
    EXPECT_EQ(folds[0].learn, folds[1].test);
    EXPECT_NE(folds[0].learn, folds[2].learn);
}

TEST(Materials, JoinFilesOfOneSubstanceAndKeepTheirPlaceWhenExchanged) {
    Options options = small("A");
    options.exchanged = true;
    const Scene scene = make_scene(options, core::in_order);
    ASSERT_EQ(scene.directions.size(), 2u);
    const Direction &forward = scene.directions[0], &back = scene.directions[1];
    ASSERT_EQ(forward.materials.size(), back.materials.size());
    for (std::size_t i = 0; i < forward.materials.size(); ++i) {
        EXPECT_EQ(forward.materials[i].name, back.materials[i].name);
        EXPECT_EQ(forward.materials[i].queries, back.materials[i].references);
    }
}

TEST(Materials, MergeThroughASharedFileAndNothingElse) {
    Measured measured;
    for (const char* name : {"isopropanol", "2-propanol", "water"}) {
        Item item{name, {}};
        item.spectrum.axis = core::Axis::uniform(core::AxisKind::raman_shift_cm1, 300.0, 2.0, 1000);
        item.spectrum.values.assign(1000, 1.0);
        for (std::size_t i = 0; i < 5; ++i) item.spectrum.values[200 + 10 * i] = 50.0 + static_cast<double>(i);
        measured.queries.push_back(item);
        measured.library.push_back(item);
    }
    measured.pairs = {{0, {0, 1}, false}, {1, {1}, false}, {2, {2}, true}};
    const auto list = materials(measured, core::in_order);
    ASSERT_EQ(list.size(), 2u);
    EXPECT_EQ(list[0].queries, (std::vector<std::size_t>{0, 1}));
    EXPECT_EQ(list[0].references, (std::vector<std::size_t>{0, 1}));
    EXPECT_NEAR(list[0].likeness, 1.0, 1e-9);
    EXPECT_FALSE(other_form(list[0]));
}

TEST(Sums, HaveTheSharesTheyWereAskedFor) {
    const Scene scene = make_scene(small("A"), core::in_order);
    const Direction& direction = scene.directions[0];
    std::mt19937_64 random(4);
    const Sample sample = draw_sample(direction, {1, 2, 3, 4}, 3, 0.1, random);
    ASSERT_EQ(sample.parts.size(), 3u);
    EXPECT_NEAR(sample.parts[0].share + sample.parts[1].share, 0.9, 1e-12);
    EXPECT_EQ(sample.parts[2].share, 0.1);
    EXPECT_EQ(std::set<std::size_t>(sample.materials.begin(), sample.materials.end()).size(), 3u);
}

TEST(Ask, NamesWhatIdentifyNames) {
    const Scene scene = make_scene(small("A"), core::in_order);
    const Direction& direction = scene.directions[0];
    for (std::size_t i = 0; i < 4; ++i) {
        std::mt19937_64 random(i);
        const Sample sample = draw_sample(direction, {1, 2, 3, 4, 5, 6}, 2, 0.2, random);
        const auto spectrum = direction.sums.of(sample.parts, 0.005, random);
        const auto result = core::value_or_throw(identify::identify(spectrum, *direction.library, {}));
        std::multiset<std::string> said, asked;
        for (const identify::Component& component : result.components)
            if (component.certainty != identify::Certainty::could_not_tell) said.insert(component.name);
        const Outcome outcome = answered(direction, *direction.library, sample, spectrum, 0);
        for (const Said& one : outcome.said)
            if (one.named) asked.insert(direction.library->reference(one.reference).substance.name);
        EXPECT_EQ(said, asked);
        EXPECT_EQ(result.unknown.present, outcome.unknown);
        EXPECT_FALSE(said.empty());
    }
}

TEST(AccuracyProgram, RunsEndToEndOnMadeUpSubstancesAndSaysSo) {
    const Table table = run(small("ABCFULS"), core::in_order);
    EXPECT_NE(table.head.find("made-up"), std::string::npos);
    std::set<std::string> rows;
    for (const Figure& figure : table.figures) rows.insert(figure.row);
    EXPECT_EQ(rows, (std::set<std::string>{"A", "B", "C", "F", "L", "S", "U"}));
    for (const Figure& figure : table.figures) {
        EXPECT_GE(figure.value, 0.0) << figure.what;
        EXPECT_LE(figure.range.low, figure.range.high) << figure.what;
    }
}

TEST(AccuracyProgram, GivesTheSameTableInAnyOrderOfWork) {
    const core::ParallelFor backwards = [](std::size_t n, const std::function<void(std::size_t)>& f) {
        for (std::size_t i = n; i > 0; --i) f(i - 1);
    };
    EXPECT_EQ(json_of(run(small("C"), core::in_order)), json_of(run(small("C"), backwards)));
}

}  // namespace
