#pragma once

#include <string>
#include <vector>

#include "acquisition/pipeline/measure.hpp"
#include "acquisition/plan.hpp"
#include "acquisition/records/record.hpp"
#include "spectra/core/parallel.hpp"
#include "spectra/identify/identify.hpp"

// From raw frames to what may be said. Pure: the same frames, library and plan give the same record but for its
// random id and code. Throws core::Failure.
namespace singel::acquisition::pipeline {

// The name under which the library or the watch list knows a substance; unchanged when neither does.
std::string known_name(const std::string& substance, const spectra::core::ReferenceSet& references);

enum class Accounts { left_out, given };  // of each component: the evidence behind its name

// Identifies with the product's watch list, grown by what was asked about. Refuses a library of another technique.
spectra::identify::Identification identify_scan(const spectra::core::Spectrum& scan,
                                                const spectra::identify::Library& library,
                                                const std::vector<std::string>& also_about,
                                                const spectra::core::ParallelFor& parallel,
                                                Accounts accounts = Accounts::left_out);

// What may be said of a record, from its identification, strips and lighting.
Verdict verdict_of(const records::Record& record);

records::Record judge(Measured measured, const instrument::Description& description, const Plan& plan,
                      const spectra::identify::Library& library, const spectra::core::ParallelFor& parallel);

}  // namespace singel::acquisition::pipeline
