#pragma once

#include <functional>

#include "tests/accuracy/figures.hpp"
#include "tests/accuracy/scene.hpp"

namespace singel::tests::accuracy {

using Seen = std::function<void(const Table&)>;

// The rows asked for, in their order. The same for any number of workers. seen: called with each row alone when it is
// known, for the patience of who waits.
Table run(const Options& options, const spectra::core::ParallelFor& parallel, const Seen& seen = {});

}  // namespace singel::tests::accuracy
