#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "spectra/core/parallel.hpp"
#include "tests/accuracy/ask.hpp"
#include "tests/accuracy/materials.hpp"
#include "tests/accuracy/sums.hpp"

// What all rows share: the two directions between two instruments, the splits of the substances, and what was
// learned for each split. A row never reports on a substance that taught its library.
namespace singel::tests::accuracy {

struct Options {
    std::string rows = "ABCFULS";
    std::uint64_t seed = 1;
    std::size_t splits = 4;     // of the solids; each gives two folds
    std::size_t trials = 14;    // of a share and fold, pairs; triples get half
    std::size_t spikes = 1000;  // in each direction
    std::size_t distractors = 250;
    double noise = 0.005;       // of the strongest band
    bool exchanged = true;      // both directions
    std::size_t learning = 60;  // per cent of the usual number of simulated samples
    unsigned workers = 0;       // 0: all cores
    std::string data, json;
};

// One instrument's queries against the other's library.
struct Direction {
    std::string name;
    Measured measured;
    std::vector<Material> materials;  // the same substance at the same place in both directions
    Sums sums;
    identify::LibraryPtr library;  // with distractors; nothing learned in it is used
};

// Places in Direction::materials.
struct Fold {
    std::vector<std::size_t> learn, test;
    std::vector<identify::LibraryPtr> libraries;  // one a direction, with what learn taught
};

struct Scene {
    Options options;
    spectra::core::ParallelFor parallel;
    std::vector<Direction> directions;
    std::map<std::pair<std::size_t, std::size_t>, std::vector<Outcome>> sums;  // of row C, by direction and parts
    std::vector<Fold> solids;  // halves of the solids, each tested with what the other half and all liquids taught
};

Scene make_scene(const Options& options, const spectra::core::ParallelFor& parallel);

// Halves of a list, each once to learn and once to test; no member is in both.
std::vector<Fold> halves(const std::vector<std::size_t>& list, std::size_t splits, std::uint64_t seed);

// Fills the libraries of a fold from its learn half; always: taught in addition (liquids).
void teach(const Scene& scene, Fold& fold, const std::vector<std::size_t>& always, std::uint64_t seed);
void teach_solids(Scene& scene);

// Parts drawn without repetition from the fold's test half, the share of the last one given.
struct Sample {
    std::vector<std::size_t> materials;
    std::vector<Part> parts;
    Truth truth;
};
Sample draw_sample(const Direction& direction, const std::vector<std::size_t>& from, std::size_t parts, double share,
                   std::mt19937_64& random);

// The answer, with what the table asks of it: the part with the given place is the one in question.
Outcome answered(const Direction& direction, const identify::Library& library, const Sample& sample,
                 const spectra::core::Spectrum& spectrum, std::size_t asked);

}  // namespace singel::tests::accuracy
