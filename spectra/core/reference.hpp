#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spectra/core/axis.hpp"
#include "spectra/core/provenance.hpp"

// A library as data. It lies in core because the file layer that stores it and the engine that uses it must
// both know it, and neither may see the other.
namespace singel::spectra::core {

enum class ReferenceOrigin {
    measured,    // a spectrum of the pure substance
    band_table,  // drawn from published band positions: names at most "probable", has no share
};

std::string_view name(ReferenceOrigin origin);

struct Substance {
    std::string name;  // as printed: "caffeine"
    std::vector<std::string> synonyms;
    std::string cas;              // CAS registry number, may be empty
    std::string substance_class;  // "opioid", "sugar" …, may be empty
    std::string role;             // active, adulterant, cut, solvent, packaging; may be empty
    friend bool operator==(const Substance&, const Substance&) = default;
};

struct Reference {
    Substance substance;
    std::string form;  // "monohydrate", "HCl"; may be empty
    ReferenceOrigin origin = ReferenceOrigin::measured;
    bool watched = false;    // every result must speak about it
    std::string instrument;  // model that measured it
    std::string source;      // file or publication
    std::string licence;
    std::size_t first = 0, last = 0;  // grid points [first, last) that it covers
    friend bool operator==(const Reference&, const Reference&) = default;
};

// All references on one grid: row i of values belongs to references[i]; points outside [first, last) are 0.
struct ReferenceSet {
    std::string id;  // digest of the content
    Technique technique = Technique::unknown;
    Axis axis;
    std::vector<Reference> references;
    std::span<const float> values;      // references.size() * axis.size(), row after row
    std::shared_ptr<const void> owner;  // keeps values alive (a mapped file or a vector)

    std::span<const float> row(std::size_t i) const { return values.subspan(i * axis.size(), axis.size()); }
};

}  // namespace singel::spectra::core
