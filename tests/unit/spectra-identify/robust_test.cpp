#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <numeric>
#include <thread>

#include "tests/unit/spectra-identify/synthetic.hpp"

// What must not change an answer: the order of the library, how the work is divided, a copy of the library, the unit
// of the spectrum, and references that are in no sample.
namespace singel::tests {
namespace {

using spectra::identify::Certainty;
using spectra::identify::Identification;
namespace core = spectra::core;
namespace identify = spectra::identify;

std::vector<std::pair<std::string, double>> said(const Identification& result) {
    std::vector<std::pair<std::string, double>> said;
    for (const auto& component : result.components)
        if (component.certainty != Certainty::could_not_tell)
            said.emplace_back(component.name, component.share.value());
    return said;
}

void expect_same(const Identification& one, const Identification& other, double shares_within) {
    const auto a = said(one), b = said(other);
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_EQ(a[i].first, b[i].first);
        EXPECT_NEAR(a[i].second, b[i].second, shares_within);
    }
    EXPECT_EQ(one.unknown.present, other.unknown.present);
}

const std::vector<Drawn>& drawn() {
    static const std::vector<Drawn> list = substances(40, 71);
    return list;
}

std::vector<core::Spectrum> samples() {
    std::vector<core::Spectrum> list;
    for (std::size_t k = 0; k < 4; ++k)
        list.push_back(
            measure(drawn(), {.parts = {{k, 0.55}, {k + 10, 0.3}, {k + 20, 0.15}}, .noise = 0.004}, k + 1));
    return list;
}

TEST(Answer, IsTheSameForEveryOrderOfTheLibrary) {
    std::vector<Drawn> turned = drawn();
    std::ranges::reverse(turned);
    std::rotate(turned.begin(), turned.begin() + 13, turned.end());
    const auto one = prepared(reference_set(drawn())), other = prepared(reference_set(turned));
    // Fits of the same members in another order agree to rounding.
    for (const auto& sample : samples()) expect_same(identified(sample, one), identified(sample, other), 1e-6);
}

TEST(Answer, IsTheSameForEveryNumberOfThreads) {
    const auto library = prepared(reference_set(drawn()));
    const core::ParallelFor four = [](std::size_t n, const std::function<void(std::size_t)>& f) {
        std::vector<std::jthread> threads;
        for (std::size_t t = 0; t < 4; ++t)
            threads.emplace_back([t, n, &f] {
                for (std::size_t i = t; i < n; i += 4) f(i);
            });
    };
    for (const auto& sample : samples()) {
        const Identification one = identified(sample, library);
        const Identification many = core::value_or_throw(identify::identify(sample, *library, {}, four));
        expect_same(one, many, 0.0);
        EXPECT_EQ(one.curves.residual, many.curves.residual);
        EXPECT_EQ(one.unknown.p_value, many.unknown.p_value);
    }
}

TEST(Answer, DoesNotChangeWhenEachReferenceIsThereTwice) {
    std::vector<Drawn> twice = drawn();
    twice.insert(twice.end(), drawn().begin(), drawn().end());
    const auto once = prepared(reference_set(drawn())), doubled = prepared(reference_set(twice));
    for (const auto& sample : samples()) expect_same(identified(sample, once), identified(sample, doubled), 1e-6);
}

TEST(Answer, DoesNotChangeWithTheScaleOfTheSpectrum) {
    const auto library = prepared(reference_set(drawn()));
    for (auto sample : samples()) {
        const Identification before = identified(sample, library);
        for (double& value : sample.values) value *= 3.7e5;
        expect_same(before, identified(sample, library), 1e-6);
    }
}

TEST(Answer, HardlyChangesWithHundredsOfSubstancesThatAreNotThere) {
    std::vector<Drawn> more = drawn();
    for (Drawn& other : substances(300, 997)) {
        other.name = "distractor " + other.name;
        more.push_back(std::move(other));
    }
    const auto few = prepared(reference_set(drawn())), many = prepared(reference_set(more));
    for (const auto& sample : samples()) expect_same(identified(sample, few), identified(sample, many), 0.02);
}

// A part of everything is at most everything: before the priors were scaled with the misfit, the first member of a
// clean spectrum with several strong parts could reach five times the spectrum, and growth ended there.
TEST(Answer, NamesAllPartsOfACleanSpectrumOfSix) {
    const auto library = prepared(reference_set(drawn()));
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        std::vector<std::pair<std::size_t, double>> parts;
        for (std::size_t k = 0; k < 6; ++k) parts.emplace_back((seed * 7 + k * 5) % 40, 1.0 / 6.0);
        const auto result = identified(measure(drawn(), {.parts = parts, .noise = 0.0005}, seed), library);
        for (const auto& part : parts)
            EXPECT_TRUE(std::ranges::any_of(said(result), [&](const auto& one) {
                return one.first == drawn()[part.first].name;
            })) << drawn()[part.first].name;
    }
}

}  // namespace
}  // namespace singel::tests
