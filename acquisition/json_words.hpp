#pragma once

#include <string>
#include <utility>

#include "spectra/core/result.hpp"

// Words of our JSON, read backwards.
namespace singel::acquisition {

inline spectra::core::Failure refused_json(std::string what) {
    return spectra::core::Failure(spectra::core::Fault::wrong_format, std::move(what), "record JSON",
                                  "Pass the JSON that `singel check --json` printed.");
}

// The enumerator whose printed name this is, from the first to `last`. The names have one home each. Throws
// core::Failure.
template <class Enumeration, class Name>
Enumeration enumerator(const std::string& text, Enumeration last, Name name) {
    for (int i = 0; i <= static_cast<int>(last); ++i)
        if (name(static_cast<Enumeration>(i)) == text) return static_cast<Enumeration>(i);
    throw refused_json("unknown word \"" + text.substr(0, 60) + "\"");
}

}  // namespace singel::acquisition
