#pragma once

#include <cstdlib>

// What must hold for every input; fuzz targets are built without the assertions of a test framework.
namespace singel::test {

inline void must(bool holds) {
    if (!holds) std::abort();
}

}  // namespace singel::test
