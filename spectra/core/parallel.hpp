#pragma once

#include <cstddef>
#include <functional>

namespace singel::spectra::core {

// Calls f(0) … f(n - 1) once each, in any order and on any threads, and returns when all are done. spectra
// starts no thread: what can run in parallel takes one of these, and gives the same result for all of them.
using ParallelFor = std::function<void(std::size_t n, const std::function<void(std::size_t)>& f)>;

inline void in_order(std::size_t n, const std::function<void(std::size_t)>& f) {
    for (std::size_t i = 0; i < n; ++i) f(i);
}

}  // namespace singel::spectra::core
