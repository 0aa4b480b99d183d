#include <algorithm>
#include <cmath>

#include "firmware-bridge/wire/fid/eeprom_check.hpp"
#include "tests/fuzz-wire/must.hpp"

// A memory with anything in it: what is decoded can be judged, and a laser that may be used has sound numbers.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace singel::firmware_bridge::wire;
    using singel::test::must;
    std::vector<fid::Page> pages(std::min(fid::page_count, (size + fid::page_bytes - 1) / fid::page_bytes));
    for (std::size_t i = 0; i < std::min(size, pages.size() * fid::page_bytes); ++i) {
        pages[i / fid::page_bytes][i % fid::page_bytes] = data[i];
    }
    const Decoded<fid::Eeprom> eeprom = fid::decode_eeprom(pages);
    if (!eeprom) return 0;
    const auto once = fid::encode_eeprom(*eeprom);
    must(once.has_value());
    must(*fid::encode_eeprom(*fid::decode_eeprom(*once)) == *once);
    const fid::Verdict verdict = fid::check(*eeprom);
    const fid::PixelSpan usable = fid::usable_pixels(*eeprom);
    must(usable.start <= usable.end);
    if (verdict.wavelengths_usable) {
        const double first = fid::polynomial(eeprom->wavelength_nm, usable.start);
        const double last = fid::polynomial(eeprom->wavelength_nm, usable.end);
        must(std::isfinite(first) && std::isfinite(last) && first != last && first > 0 && last > 0);
    }
    if (verdict.laser_usable) {
        must(eeprom->has_laser && verdict.wavelengths_usable && verdict.problems.empty());
        must(eeprom->max_laser_mw > 0 && eeprom->max_laser_mw < 1000 && eeprom->min_laser_mw >= 0);
    }
    return 0;
}
