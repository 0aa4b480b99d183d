#include "spectra/learn/exchanged.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "spectra/process/resample.hpp"

namespace singel::spectra::learn {
namespace {

constexpr double step = 1.0;  // cm⁻¹

Item as_query(const core::ReferenceSet& set, std::size_t i) {
    const core::Reference& reference = set.references[i];
    Item item{reference.substance.name, {}};
    const auto axis = set.axis.values().subspan(reference.first, reference.last - reference.first);
    const auto row = set.row(i).subspan(reference.first, axis.size());
    item.spectrum.axis =
        core::value_or_throw(core::Axis::make(set.axis.kind(), std::vector<double>(axis.begin(), axis.end())));
    item.spectrum.values.assign(row.begin(), row.end());
    item.spectrum.technique = set.technique;
    item.spectrum.noise = core::NoiseBasis::estimated;
    return item;
}

core::Result<core::ReferenceSet> as_references(const std::vector<Item>& items) {
    double low = 1e9, high = 0.0;
    for (const Item& item : items) {
        low = std::min(low, std::ceil(item.spectrum.axis.low()));
        high = std::max(high, std::floor(item.spectrum.axis.high()));
    }
    if (items.empty() || !(high > low + step))
        return core::failure(core::Fault::invalid_argument, "the queries share no range");
    core::ReferenceSet set;
    set.technique = items.front().spectrum.technique;
    const auto points = static_cast<std::size_t>((high - low) / step) + 1;
    set.axis = core::Axis::uniform(items.front().spectrum.axis.kind(), low, step, points);
    const auto values = std::make_shared<std::vector<float>>(items.size() * points, 0.0f);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto row = process::resample(items[i].spectrum, set.axis);
        if (!row) return tl::unexpected(row.error());
        const auto finite = [](double value) { return std::isfinite(value); };
        core::Reference reference;
        reference.substance.name = items[i].name;
        reference.first = static_cast<std::size_t>(std::ranges::find_if(row->values, finite) - row->values.begin());
        reference.last =
            points - static_cast<std::size_t>(std::find_if(row->values.rbegin(), row->values.rend(), finite) -
                                              row->values.rbegin());
        for (std::size_t k = reference.first; k < reference.last; ++k)
            (*values)[i * points + k] = static_cast<float>(row->values[k]);
        set.references.push_back(std::move(reference));
    }
    set.values = *values;
    set.owner = values;
    return set;
}

}  // namespace

core::Result<Exchanged> exchanged(const Paired& paired, const core::ReferenceSet& set) {
    auto references = as_references(paired.queries);
    if (!references) return tl::unexpected(references.error());
    Exchanged result{{}, *std::move(references)};
    std::map<std::size_t, Pair> of_reference;
    for (const Pair& pair : paired.pairs)
        for (const std::size_t reference : pair.references) {
            if (set.references[reference].last < set.references[reference].first + 2) continue;
            Pair& other = of_reference[reference];
            other.references.push_back(pair.query);
            other.solid = pair.solid;
            other.substance = pair.substance;
        }
    for (auto& [reference, pair] : of_reference) {
        pair.query = result.paired.queries.size();
        result.paired.queries.push_back(as_query(set, reference));
        result.paired.pairs.push_back(std::move(pair));
    }
    return result;
}

}  // namespace singel::spectra::learn
