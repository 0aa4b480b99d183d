#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spectra/core/reference.hpp"
#include "spectra/core/result.hpp"
#include "spectra/core/units.hpp"

// The band tables behind the starter library: what was read in a source, before it is drawn as a spectrum.
namespace singel::spectra::io {

struct Band {
    core::RamanShift position, uncertainty;
    double relative_intensity = 0.0;        // height; the strongest of a set is 1
    std::optional<core::RamanShift> width;  // full width at half maximum, the instrument's included; none when a
                                            // neighbour hides it
};

// One published set of bands. Several sets of one substance are alternatives and are never added together.
struct BandSet {
    core::Substance substance;
    std::string form;
    std::vector<Band> bands;                   // rising position
    std::string source_id, citation, licence;  // where each number of the set was read
};

// The embedded text of starter_bands.csv, starter_names.csv and starter_sources.csv.
extern const std::string_view starter_bands_csv, starter_names_csv, starter_sources_csv;

// Refuses a line with the wrong number of columns, an unknown source, and numbers that no band can have.
core::Result<std::vector<BandSet>> parse_band_tables(std::string_view bands, std::string_view names,
                                                     std::string_view sources);

// The embedded tables, parsed once.
const std::vector<BandSet>& starter_bands();

// The published substance of that name or synonym, letter case and underscores aside; nullptr when there is none.
const core::Substance* starter_substance(std::string_view name);

}  // namespace singel::spectra::io
