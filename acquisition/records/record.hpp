#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "acquisition/lighting.hpp"
#include "acquisition/statement.hpp"
#include "spectra/core/frame.hpp"
#include "spectra/core/spectrum.hpp"
#include "spectra/identify/identification.hpp"

namespace singel::acquisition::records {

// Everything measured and said of one sample. No person, no free text, no time of day: the random id is all that
// names it. A simulated sample has no claim code and lives in a store of its own.
struct Record {
    std::string id;  // random, 128 bit, hex
    std::chrono::year_month_day day;
    bool simulated = false;
    std::string claim_code;  // "7K4M-29QX"; empty when simulated
    std::string sold_as;
    std::string verified;  // how far the driver was shown to work with this model: instrument::Verified's spelling
    std::vector<StripReading> strips;
    std::vector<StripKind> skipped_strips;  // by explicit decision
    Lighting lighting;
    std::vector<spectra::core::Frame> frames;  // raw, sacred
    std::vector<spectra::core::Frame> dark;
    spectra::core::Axis axis;      // of the frames, Raman shift
    spectra::core::Spectrum scan;  // averaged, dark-corrected
    spectra::identify::Identification identification;
    Verdict verdict;
    std::string software;  // name and version
};

using RecordPtr = std::shared_ptr<const Record>;

}  // namespace singel::acquisition::records
