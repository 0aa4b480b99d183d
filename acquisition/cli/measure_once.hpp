#pragma once

#include "acquisition/pipeline/measure.hpp"
#include "acquisition/plan.hpp"

namespace singel::acquisition::cli {

enum class LightSource { sample, plain };  // what the laser scatters from; what shines by itself

struct Taken {
    instrument::Description description;
    pipeline::Measured measured;
};

// Opens, measures, closes, in this thread; Ctrl-C ends it with the laser off. A sample on an instrument without laser
// is taken as plain light. Throws core::Failure.
Taken measure_once(const InstrumentChoice& instrument, const pipeline::MeasureOptions& options, LightSource source);

}  // namespace singel::acquisition::cli
