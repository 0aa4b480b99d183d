#include "spectra/io/axis_words.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string>

#include "spectra/io/text.hpp"

namespace singel::spectra::io {
namespace {

using Words = std::initializer_list<std::string_view>;

bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// Whole words only: "nm" must not be found in "environment".
bool says(std::string_view head, Words words) {
    return std::ranges::any_of(words, [&](std::string_view word) {
        for (std::size_t at = head.find(word); at != std::string_view::npos; at = head.find(word, at + 1)) {
            const std::size_t end = at + word.size();
            const bool begins = at == 0 || !letter(head[at - 1]) || !letter(word.front());
            if (begins && (end == head.size() || !letter(head[end]) || !letter(word.back()))) return true;
        }
        return false;
    });
}

// A Raman shift axis begins near the laser line and reaches into the fingerprint region.
bool suits_raman(std::span<const double> x) {
    const auto [low, high] = std::ranges::minmax(x);
    return low > -500.0 && low < 700.0 && high > 1200.0 && high < 5000.0;
}

}  // namespace

core::Result<AxisWords> axis_words(std::string_view head, std::span<const double> x) {
    if (x.empty()) return core::failure(core::Fault::wrong_format, "an axis without values");
    const std::string words = lower_case(head);
    const bool infrared = says(words, {"infrared", "ftir", "ft-ir", "atr", "absorbance", "transmittance"});
    const bool raman = says(words, {"raman"});
    const bool inverse = says(words, {"cm-1", "cm^-1", "cm⁻¹", "1/cm", "wavenumber", "wavenumbers", "raman shift"});
    if (inverse || raman) {
        if (infrared && !raman) return AxisWords{core::AxisKind::wavenumber_cm1, core::Technique::infrared, false};
        return AxisWords{core::AxisKind::raman_shift_cm1, core::Technique::raman, false};
    }
    if (says(words, {"nm", "wavelength", "wavelengths", "nanometers", "nanometres", "spectrasuite", "oceanview",
                     "oceanoptics", "ooibase32"}))
        return AxisWords{core::AxisKind::wavelength_device_nm, core::Technique::unknown, false};
    if (infrared) return AxisWords{core::AxisKind::wavenumber_cm1, core::Technique::infrared, true};
    if (suits_raman(x)) return AxisWords{core::AxisKind::raman_shift_cm1, core::Technique::raman, true};
    const auto [low, high] = std::ranges::minmax(x);
    return core::failure(core::Fault::wrong_format,
                         fmt::format("the file does not say what its first column is, and {} to {} does not suit a "
                                     "Raman shift",
                                     low, high),
                         {},
                         "Put a line such as 'Raman shift (cm-1), intensity' or 'Wavelength (nm), intensity' on top");
}

}  // namespace singel::spectra::io
