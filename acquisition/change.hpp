#pragma once

#include <optional>
#include <string>
#include <vector>

#include "acquisition/records/record.hpp"

// What differs between two results of one sample, as far as a person would be told something else.
namespace singel::acquisition {

template <class T>
struct BeforeAfter {
    T before{}, after{};
    friend bool operator==(const BeforeAfter&, const BeforeAfter&) = default;
};

struct CertaintyChange {
    std::string name;
    BeforeAfter<spectra::identify::Certainty> certainty;
};

// What was said of a substance that is not among the components.
struct Negative {
    bool covered = false;         // the library can recognise it
    std::optional<double> limit;  // share; none when none can be given
};

struct LimitChange {
    std::string name;
    BeforeAfter<Negative> said;
};

struct Change {
    std::vector<spectra::identify::Component> appeared, disappeared;
    std::vector<BeforeAfter<std::string>> renamed;  // one group of references that cannot be told apart
    std::vector<CertaintyChange> certainty;
    std::vector<LimitChange> limits;  // of substances that both results speak of and neither names
    std::optional<BeforeAfter<bool>> unknown;
    std::optional<BeforeAfter<bool>> usable;
    std::optional<BeforeAfter<Sign>> sign;

    bool any() const;
};

// Shares that move within one finding are no change; limits are compared as they are printed, in whole percent.
Change change(const records::Record& before, const records::Record& after);

// Keys of `singel reanalyse --json`: appeared, disappeared, renamed, certainty_changed, limits_changed, unknown,
// usable, sign; those without a change are empty lists or null. One object, one line, no newline.
std::string change_json(const records::Record& before, const records::Record& after, const Change& change,
                        std::optional<int> kept_version);

}  // namespace singel::acquisition
