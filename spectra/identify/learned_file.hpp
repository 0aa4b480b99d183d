#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "spectra/core/provenance.hpp"
#include "spectra/core/result.hpp"
#include "spectra/identify/learned.hpp"

// What was learned, as a small JSON text with the meaning and unit of each figure: the shipped one is part of the
// program, a service keeps its own. FORMATS.md describes it.
namespace singel::spectra::identify {

struct LeftOut {
    std::string substance, reason;
};

// How much everything was learned from.
struct LearnedFrom {
    std::vector<std::string> substances;  // used, sorted
    std::vector<LeftOut> left_out;
    std::size_t pairs = 0, sums = 0, names = 0, complete = 0, spikes = 0;
    double kappa_between_substances = 0.0;  // standard deviation of ln kappa
};

struct LearnedFile {
    core::Technique technique = core::Technique::unknown;
    double low_cm1 = 0.0, high_cm1 = 0.0;  // range it was learned on
    std::vector<std::string> sources;      // the instruments and spectra, in words
    std::uint64_t seed = 0;
    LearnedFrom from;
    Learned learned;
};

std::string write_learned(const LearnedFile& file);

// Refuses what is not such a file, a newer version, figures that are missing, unknown, of another number or outside
// their limits, weights for other features than this program's, and figures that were changed by hand (their digest
// is part of the file). The error's where names the figure.
core::Result<LearnedFile> read_learned(std::string_view text);

// The shipped text (learned/raman-785.json).
extern const std::string_view shipped_raman_text;

}  // namespace singel::spectra::identify
