#include "spectra/identify/search.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <random>
#include <thread>

#include "spectra/identify/groups.hpp"
#include "spectra/identify/library.hpp"
#include "spectra/identify/observe.hpp"
#include "tests/unit/spectra-identify/synthetic.hpp"

namespace singel::tests {
namespace {

namespace core = spectra::core;
namespace identify = spectra::identify;

// Half of the work on another thread, the last part first.
void on_two_threads(std::size_t n, const std::function<void(std::size_t)>& f) {
    std::jthread other([&] {
        for (std::size_t i = n; i-- > n / 2;) f(i);
    });
    for (std::size_t i = 0; i < n / 2; ++i) f(i);
}

std::vector<std::pair<std::size_t, double>> all_compared(const identify::Observed& observed,
                                                         const identify::Library& library, std::size_t wanted) {
    std::vector<std::pair<std::size_t, double>> all;
    for (std::size_t i = 0; i < library.size(); ++i)
        if (library.usable[i] != 0) all.emplace_back(i, identify::hqi_of(observed, library, i));
    std::ranges::stable_sort(all, [](const auto& a, const auto& b) { return a.second > b.second; });
    if (all.size() > wanted) all.resize(wanted);
    return all;
}

std::vector<std::pair<std::size_t, double>> ranked(const core::Spectrum& spectrum, const identify::Library& library,
                                                   std::size_t wanted,
                                                   const core::ParallelFor& parallel = core::in_order) {
    std::vector<std::pair<std::size_t, double>> list;
    for (const auto& hit : core::value_or_throw(identify::rank(spectrum, library, wanted, parallel)))
        list.emplace_back(hit.reference, hit.hqi);
    return list;
}

// 90 substances of which every third is in the library five times: as it is, again, and with traces of another.
const std::vector<Drawn>& crowded() {
    static const std::vector<Drawn> all = [] {
        auto drawn = substances(90, 11);
        for (std::size_t i = 0; i < 90; i += 3) {
            drawn.push_back(drawn[i]);
            for (const double trace : {1e-3, 1e-5, 1e-7}) {
                drawn.push_back(drawn[i]);
                drawn.back().lines.front().height *= 1.0 + trace;
            }
        }
        return drawn;
    }();
    return all;
}

void cover_in_part(core::ReferenceSet& set) {
    for (std::size_t i = 0; i < set.references.size(); ++i) {
        if (i % 7 == 1) set.references[i].first = 150 + i % 400;
        if (i % 7 == 2) set.references[i].last = 1500 + i % 400;
        if (i % 50 == 3) set.references[i].last = 300;  // too little: not usable
    }
}

const identify::LibraryPtr& crowded_library() {
    static const identify::LibraryPtr library = [] {
        auto set = reference_set(crowded());
        for (std::size_t i = 0; i < set.references.size(); ++i)
            set.references[i].substance.name += "/" + std::to_string(i);
        cover_in_part(set);
        return prepared(set);
    }();
    return library;
}

class RankingOfACrowdedLibrary : public testing::TestWithParam<std::pair<double, double>> {
protected:
    const std::vector<Drawn>& drawn = crowded();
    const identify::LibraryPtr& library = crowded_library();
    core::Spectrum scan(std::size_t i) const {
        return measure(drawn, {.parts = {{i, 0.8}, {i + 5, 0.2}}, .low = GetParam().first, .high = GetParam().second},
                       i);
    }
};

TEST_P(RankingOfACrowdedLibrary, IsThatOfComparingEachReference) {
    for (const std::size_t i : {0u, 1u, 31u, 80u}) {
        const auto observed = core::value_or_throw(identify::observe(scan(i), *library));
        for (const std::size_t wanted : {1u, 10u, 300u})
            EXPECT_EQ(ranked(scan(i), *library, wanted), all_compared(observed, *library, wanted));
    }
}

TEST_P(RankingOfACrowdedLibrary, IsTheSameOnSeveralThreads) {
    EXPECT_EQ(ranked(scan(3), *library, 20, on_two_threads), ranked(scan(3), *library, 20));
}

INSTANTIATE_TEST_SUITE_P(OverTheWholeRangeAndPartOfIt, RankingOfACrowdedLibrary,
                         testing::Values(std::pair{290.0, 2310.0}, std::pair{500.0, 1800.0}));

TEST(Ranking, KeepsLibraryOrderAmongEqualReferences) {
    const auto one = substances(1, 3).front();
    const auto library = prepared(reference_set(std::vector<Drawn>(40, one)));
    const auto hits = ranked(measure({one}, {.parts = {{0, 1.0}}}, 1), *library, 10);
    ASSERT_EQ(hits.size(), 10u);
    for (std::size_t k = 0; k < hits.size(); ++k) EXPECT_EQ(hits[k].first, k);
}

TEST(Ranking, OfNothingWantedIsEmpty) {
    const auto drawn = substances(5, 3);
    EXPECT_TRUE(ranked(measure(drawn, {.parts = {{0, 1.0}}}, 1), *prepared(reference_set(drawn)), 0).empty());
}

TEST(Group, HoldsTheSubstancesThatAFullComparisonFinds) {
    // 0 is in the library as 90 to 93 too.
    EXPECT_THAT(identify::group_of(*crowded_library(), 0),
                testing::ElementsAre("substance 0/0", "substance 0/90", "substance 0/91", "substance 0/92",
                                     "substance 0/93"));
    EXPECT_THAT(identify::group_of(*crowded_library(), 4), testing::ElementsAre("substance 4/4"));
}

// Scores and bounds of any kind, without spectra behind them.
class GreatestOfMany : public testing::Test {
protected:
    std::vector<double> scores;
    std::size_t scored = 0;

    std::vector<std::size_t> found(double error, std::size_t wanted) {
        std::vector<identify::Bounds> bounds;
        for (const double score : scores) bounds.push_back({score - error, score + error});
        scored = 0;
        std::vector<std::size_t> indices;
        for (const auto& one : identify::greatest(bounds, wanted, [&](std::size_t i) { return ++scored, scores[i]; }))
            indices.push_back(one.index);
        return indices;
    }
    std::vector<std::size_t> sorted(std::size_t wanted) const {
        std::vector<std::size_t> order(scores.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
        order.resize(std::min(wanted, order.size()));
        return order;
    }
};

TEST_F(GreatestOfMany, AreThoseOfSortingAll) {
    std::mt19937 random(3);
    std::normal_distribution<double> normal;
    for (int i = 0; i < 5000; ++i) scores.push_back(normal(random));
    for (const double error : {0.0, 0.01, 1.0, 100.0}) EXPECT_EQ(found(error, 10), sorted(10)) << error;
}

TEST_F(GreatestOfMany, AreFoundInOrderWhenAllAreEqual) {
    scores.assign(2000, 0.5);
    EXPECT_EQ(found(0.01, 10), sorted(10));
}

TEST_F(GreatestOfMany, ScoreFewWhereBoundsAreTight) {
    for (int i = 0; i < 5000; ++i) scores.push_back(static_cast<double>(i % 1000));
    EXPECT_EQ(found(0.4, 5), sorted(5));
    EXPECT_LE(scored, 64u);
}

TEST_F(GreatestOfMany, ReturnFewerWhereFewAre) {
    scores = {1.0, 3.0, 2.0};
    EXPECT_EQ(found(0.1, 10), sorted(10));
}

TEST_F(GreatestOfMany, NeverScoreWhatIsExcluded) {
    const std::vector<identify::Bounds> bounds{{0.0, 1.0}, identify::excluded(), {0.0, 1.0}};
    const auto best = identify::greatest(bounds, 3, [](std::size_t i) {
        EXPECT_NE(i, 1u);
        return 0.5;
    });
    EXPECT_EQ(best.size(), 2u);
}

}  // namespace
}  // namespace singel::tests
