#include "tests/accuracy/scene.hpp"

#include <algorithm>
#include <utility>

#include "spectra/learn/bench.hpp"
#include "spectra/learn/simulate.hpp"
#include "tests/accuracy/taught.hpp"

namespace singel::tests::accuracy {
namespace {

constexpr std::uint64_t split_seed = 100, teach_seed = 200;

// One name for all files of a substance, the same in both directions.
void name_substances(Measured& measured, const std::vector<Material>& materials) {
    for (Pair& pair : measured.pairs)
        for (const Material& material : materials)
            if (std::ranges::find(material.queries, pair.query) != material.queries.end())
                pair.substance = material.name;
}

Direction make_direction(std::string name, Measured measured, std::vector<Material> materials,
                         const Options& options) {
    name_substances(measured, materials);
    const Sums sums(measured.queries);
    auto library = core::value_or_throw(
        identify::prepare(reference_set(with_distractors(measured.library, options.distractors, options.seed))));
    return {std::move(name), std::move(measured), std::move(materials), sums, std::move(library)};
}

std::vector<Material> exchanged(std::vector<Material> materials) {
    for (Material& material : materials) std::swap(material.queries, material.references);
    return materials;
}

}  // namespace

Scene make_scene(const Options& options, const core::ParallelFor& parallel) {
    Scene scene{options, parallel, {}, {}, {}};
    const Measured forward = measured(options.data, options.seed);
    const std::vector<Material> list = materials(forward, parallel);
    scene.directions.push_back(make_direction("library 2026, queries 2025", forward, list, options));
    if (options.exchanged)
        scene.directions.push_back(make_direction("exchanged", reversed(forward), exchanged(list), options));
    return scene;
}

std::vector<Fold> halves(const std::vector<std::size_t>& list, std::size_t splits, std::uint64_t seed) {
    std::vector<Fold> folds;
    for (std::size_t split = 0; split < splits; ++split) {
        std::mt19937_64 random = learn::generator(seed, split);
        const auto order = learn::draw(list, list.size(), random);
        const auto half = order.begin() + static_cast<std::ptrdiff_t>(order.size() / 2);
        folds.push_back({{order.begin(), half}, {half, order.end()}, {}});
        folds.push_back({folds.back().test, folds.back().learn, {}});
    }
    return folds;
}

void teach(const Scene& scene, Fold& fold, const std::vector<std::size_t>& always, std::uint64_t seed) {
    std::vector<std::size_t> from = fold.learn;
    from.insert(from.end(), always.begin(), always.end());
    const identify::Learned learned = taught(scene, from, seed);
    for (const Direction& direction : scene.directions)
        fold.libraries.push_back(learn::with_learned(*direction.library, learned));
}

void teach_solids(Scene& scene) {
    if (!scene.solids.empty()) return;
    std::vector<std::size_t> solids, others;
    const std::vector<Material>& all = scene.directions.front().materials;
    for (std::size_t i = 0; i < all.size(); ++i) (all[i].solid ? solids : others).push_back(i);
    scene.solids = halves(solids, scene.options.splits, scene.options.seed + split_seed);
    for (std::size_t f = 0; f < scene.solids.size(); ++f)
        teach(scene, scene.solids[f], others, scene.options.seed + teach_seed + f);
}

Sample draw_sample(const Direction& direction, const std::vector<std::size_t>& from, std::size_t parts, double share,
                   std::mt19937_64& random) {
    Sample sample{learn::draw(from, parts, random), {}, {}};
    std::vector<double> shares{1.0 - share};
    if (parts == 1) shares.clear();
    if (parts == 3) shares = {0.6 * (1.0 - share), 0.4 * (1.0 - share)};
    shares.push_back(share);
    for (std::size_t k = 0; k < parts; ++k) {
        const Material& material = direction.materials[sample.materials[k]];
        std::uniform_int_distribution<std::size_t> any(0, material.queries.size() - 1);
        sample.parts.push_back({material.queries[any(random)], shares[k]});
        sample.truth.emplace_back(material.references);
    }
    return sample;
}

Outcome answered(const Direction& direction, const identify::Library& library, const Sample& sample,
                 const core::Spectrum& spectrum, std::size_t asked) {
    Outcome outcome = ask(spectrum, library, sample.truth);
    outcome.asked = asked;
    outcome.cluster = sample.materials[asked];
    outcome.share = sample.parts[asked].share;
    outcome.other_form = std::ranges::any_of(
        sample.materials, [&](std::size_t material) { return other_form(direction.materials[material]); });
    return outcome;
}

}  // namespace singel::tests::accuracy
