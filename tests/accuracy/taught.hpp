#pragma once

#include <cstdint>
#include <vector>

#include "tests/accuracy/scene.hpp"

namespace singel::tests::accuracy {

// Everything that ships as learned, from these materials alone, in all directions of the scene. Solids are mixed
// with solids and liquids with liquids.
identify::Learned taught(const Scene& scene, const std::vector<std::size_t>& materials, std::uint64_t seed);

}  // namespace singel::tests::accuracy
