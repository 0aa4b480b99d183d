#pragma once

#include "tests/accuracy/figures.hpp"
#include "tests/accuracy/scene.hpp"

namespace singel::tests::accuracy {

// The rows asked for, in their order. The same for any number of workers.
Table run(const Options& options, const spectra::core::ParallelFor& parallel);

}  // namespace singel::tests::accuracy
