#pragma once

#include <CLI/CLI.hpp>

#include "acquisition/plan.hpp"

namespace singel::acquisition::cli {

// Which instrument a command uses; the same words for every command.
void add_instrument_options(CLI::App& command, InstrumentChoice& chosen);

// What the sample looks like: asked before any light.
void add_sample_option(CLI::App& command, SampleLook& look);

}  // namespace singel::acquisition::cli
