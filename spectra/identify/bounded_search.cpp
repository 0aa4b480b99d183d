#include "spectra/identify/bounded_search.hpp"

#include <algorithm>
#include <limits>

namespace singel::spectra::identify {
namespace {

constexpr std::size_t block = 512, scored_at_once = 64;
constexpr double never = -std::numeric_limits<double>::infinity();

// The wanted-th greatest lower bound: nothing that stays below it can be among the wanted.
double bar_of(std::span<const Bounds> bounds, std::size_t wanted) {
    std::vector<double> heap;  // the greatest so far, the least of them first
    for (const Bounds& one : bounds) {
        if (one.low == never || (heap.size() == wanted && one.low <= heap.front())) continue;
        if (heap.size() == wanted) {
            std::ranges::pop_heap(heap, std::greater{});
            heap.pop_back();
        }
        heap.push_back(one.low);
        std::ranges::push_heap(heap, std::greater{});
    }
    return heap.size() == wanted ? heap.front() : never;
}

bool before(const Scored& a, const Scored& b) {
    return a.score != b.score ? a.score > b.score : a.index < b.index;
}

void keep_best(std::vector<Scored>& best, std::size_t wanted) {
    std::ranges::sort(best, before);
    if (best.size() > wanted) best.resize(wanted);
}

}  // namespace

Bounds excluded() {
    return {never, never};
}

std::vector<Bounds> all_bounds(std::size_t count, const BoundsOf& bounds_of, const core::ParallelFor& parallel) {
    std::vector<Bounds> bounds(count);
    parallel((count + block - 1) / block, [&](std::size_t b) {
        const std::size_t first = b * block;
        bounds_of(first, std::span(bounds).subspan(first, std::min(block, count - first)));
    });
    return bounds;
}

std::vector<Scored> greatest(std::span<const Bounds> bounds, std::size_t wanted, const ScoreOf& score_of,
                             const core::ParallelFor& parallel) {
    if (wanted == 0) return {};
    const double bar = bar_of(bounds, wanted);
    std::vector<Scored> candidates;
    for (std::size_t i = 0; i < bounds.size(); ++i)
        if (bounds[i].high != never && bounds[i].high >= bar) candidates.push_back({i, bounds[i].high});
    std::ranges::sort(candidates, before);
    std::vector<Scored> best;
    for (std::size_t first = 0; first < candidates.size(); first += scored_at_once) {
        if (best.size() == wanted && candidates[first].score < best.back().score) break;
        const auto some = std::span(candidates).subspan(first, std::min(scored_at_once, candidates.size() - first));
        parallel(some.size(), [&](std::size_t k) { some[k].score = score_of(some[k].index); });
        best.insert(best.end(), some.begin(), some.end());
        keep_best(best, wanted);
    }
    return best;
}

}  // namespace singel::spectra::identify
