#include <cmath>
#include <numbers>

#include "spectra/io/library_file.hpp"
#include "spectra/io/starter_bands.hpp"

namespace singel::spectra::io {
namespace {

// The range that the sources saw: a band outside says nothing by being missing.
constexpr double first_cm1 = 305.0, last_cm1 = 2000.0;

// Where a neighbour hides a band's width: the median of all widths that the table does state.
constexpr double default_width_cm1 = 12.8;

// Half Gaussian (the instrument), half Lorentzian (the band): the sources state neither part, and an even mix is
// wrong by less than either alone. Height 1 at the centre, half of it at half the width on both sides.
double pseudo_voigt(double distance, double width) {
    const double x = 2.0 * distance / width;
    return 0.5 * std::exp(-std::numbers::ln2 * x * x) + 0.5 / (1.0 + x * x);
}

core::Spectrum draw(const BandSet& set, const core::Axis& axis) {
    core::Spectrum spectrum;
    spectrum.axis = axis;
    spectrum.technique = core::Technique::raman;
    spectrum.values.assign(axis.size(), 0.0);
    spectrum.provenance.source = set.source_id;
    for (const Band& band : set.bands) {
        const double width = band.width ? band.width->value : default_width_cm1;
        for (std::size_t i = 0; i < axis.size(); ++i)
            spectrum.values[i] += band.relative_intensity * pseudo_voigt(axis[i] - band.position.value, width);
    }
    return spectrum;
}

}  // namespace

core::ReferenceSet starter_library() {
    static const core::ReferenceSet library = [] {
        const auto points = static_cast<std::size_t>(last_cm1 - first_cm1) + 1;
        const auto axis = core::Axis::uniform(core::AxisKind::raman_shift_cm1, first_cm1, 1.0, points);
        std::vector<NewReference> references;
        for (const BandSet& set : starter_bands()) {
            core::Reference reference;
            reference.substance = set.substance;
            reference.form = set.form;
            reference.origin = core::ReferenceOrigin::band_table;
            reference.source = set.citation;
            reference.licence = set.licence;
            references.push_back({std::move(reference), draw(set, axis)});
        }
        return core::value_or_throw(make_reference_set(std::move(references), core::Technique::raman));
    }();
    return library;
}

}  // namespace singel::spectra::io
