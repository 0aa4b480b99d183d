#include "tests/accuracy/taught.hpp"

#include <algorithm>

#include "spectra/learn/relearn.hpp"

namespace singel::tests::accuracy {

identify::Learned taught(const Scene& scene, const std::vector<std::size_t>& materials, std::uint64_t seed) {
    std::vector<learn::Source> sources;
    for (const Direction& direction : scene.directions) {
        learn::Source& source = sources.emplace_back(learn::Source{direction.measured, direction.library, {}});
        for (std::size_t i = 0; i < direction.measured.pairs.size(); ++i)
            if (std::ranges::any_of(materials, [&](std::size_t material) {
                    return direction.materials[material].name == direction.measured.pairs[i].substance;
                }))
                source.pairs.push_back(i);
    }
    learn::Effort effort;
    for (std::size_t* count : {&effort.sums, &effort.complete, &effort.spikes})
        *count = std::max<std::size_t>(*count * scene.options.learning / 100, 1);
    return core::value_or_throw(learn::relearn(sources, effort, seed, scene.parallel)).learned;
}

}  // namespace singel::tests::accuracy
