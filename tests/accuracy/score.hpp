#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

// What accuracy is counted with. Nothing here knows a spectrum.
namespace singel::tests::accuracy {

struct Range {
    double low = 0.0, high = 0.0;  // 95 %
};

// One fitted member of one sample. Named (found or probable) is one rule, for hits and for false names.
struct Said {
    double certainty = 0.0;
    bool named = false, found = false;
    std::optional<std::size_t> truth;  // which part of the sample it names rightly; none: a false name
    bool by_group = false;             // rightly only through the group it cannot be told from
    std::size_t reference = 0;
    double share = 0.0;                // of what is fitted
    std::optional<Range> share_range;  // as it is shown; none where nothing is
};

// What was answered about one sample.
struct Outcome {
    std::vector<Said> said;
    std::size_t parts = 1;    // what is really in it
    std::size_t asked = 0;    // the part that the row asks after
    std::size_t cluster = 0;  // trials with the same substance in question are not independent
    double share = 1.0;       // of the part asked after
    bool other_form = false;  // a part of it is another solid form than the library's
    bool abstained = false;   // refused, or called not usable
    bool unknown = false;
    double unexplained = 0.0;
};

// Part named: found or probable, or at more than a certainty.
bool names_part(const Outcome& outcome, std::size_t part, std::optional<double> above = {});
std::size_t false_names(const Outcome& outcome, std::optional<double> above = {});
std::size_t false_found(const Outcome& outcome);

// A ratio of sums with the sums kept for each cluster.
class Ratio {
public:
    void count(std::size_t cluster, double amount, double of = 1.0);
    double value() const;  // 0 without trials
    double trials() const;
    // Percentiles of 1000 draws of clusters with repetition; where every trial agrees, the Wilson interval, because
    // a bootstrap of equal values knows no error. For sums of ones among trials (parts of a whole) only.
    Range interval(std::uint64_t seed) const;

private:
    struct Sum {
        double amount = 0.0, of = 0.0;
    };
    std::map<std::size_t, Sum> sums_;
};

// The certainty above which there are at most so many false names a sample, read off these very samples.
double certainty_at(std::span<const Outcome> outcomes, double false_names_per_sample);

struct Bin {
    double predicted = 0.0, observed = 0.0;
    std::size_t count = 0;
};

// Ten equal bins of certainty, empty ones left out; least: only what was given at least this certainty.
std::vector<Bin> reliability(std::span<const Outcome> outcomes, double least = 0.0);
// Mean distance of certainty and observed frequency over the bins, weighted by their counts; 0 when all are empty.
double calibration_error(std::span<const Bin> bins);
// Its 95 % range over draws of clusters with repetition.
Range calibration_range(std::span<const Outcome> outcomes, double least, std::uint64_t seed);

// The value that a part of the list exceeds (part 0.05: at most one in twenty are above it).
double upper_quantile(std::vector<double> values, double part);

}  // namespace singel::tests::accuracy
