#pragma once

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "spectra/io/library_file.hpp"

namespace singel::spectra::io {

// A reference on its own axis from low to high, step 1, with one band.
inline NewReference example_reference(const std::string& name, double low, double high, double band) {
    NewReference made;
    made.reference.substance.name = name;
    made.spectrum.technique = core::Technique::raman;
    made.spectrum.axis =
        core::Axis::uniform(core::AxisKind::raman_shift_cm1, low, 1.0, static_cast<std::size_t>(high - low) + 1);
    for (double shift : made.spectrum.axis.values()) {
        const double x = (shift - band) / 6.0;
        made.spectrum.values.push_back(100.0 + 1000.0 * std::exp(-x * x));
    }
    return made;
}

// Three references in which every field is used, with letters beyond ASCII.
inline core::ReferenceSet example_library() {
    std::vector<NewReference> references;
    references.push_back(example_reference("caffeine", 300, 400, 340));
    references.push_back(example_reference("paracetamol", 310, 390, 350));
    references.push_back(example_reference("γ-butyrolactone", 300, 380, 360));
    core::Reference& reference = references[1].reference;
    reference.substance.synonyms = {"acetaminophen", "N-acetyl-p-aminophenol"};
    reference.substance.cas = "example";
    reference.substance.substance_class = "analgesic";
    reference.substance.role = "adulterant";
    reference.form = "form I";
    reference.origin = core::ReferenceOrigin::band_table;
    reference.watched = true;
    reference.instrument = "WP-785";
    reference.source = "somewhere.csv";
    reference.licence = "CC0";
    return *make_reference_set(std::move(references), core::Technique::raman);
}

}  // namespace singel::spectra::io
