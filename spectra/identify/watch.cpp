#include "spectra/identify/watch.hpp"

#include <algorithm>
#include <string>

#include "spectra/identify/library.hpp"
#include "spectra/identify/names.hpp"

namespace singel::spectra::identify {
namespace {

std::vector<std::string> normalised_all(const std::string& name, const std::vector<std::string>& others) {
    std::vector<std::string> names{normalised(name)};
    for (const std::string& other : others) names.push_back(normalised(other));
    return names;
}

bool spoken_of(const Identification& identification, const Library& library,
               const std::vector<std::size_t>& references) {
    return std::ranges::any_of(references, [&](std::size_t i) {
        const std::string name = normalised(library.reference(i).substance.name);
        return std::ranges::any_of(identification.components, [&](const Component& component) {
            return std::ranges::any_of(component.group,
                                       [&](const std::string& member) { return normalised(member) == name; });
        });
    });
}

bool any_usable(const Library& library, const std::vector<std::size_t>& references) {
    return std::ranges::any_of(references, [&](std::size_t i) { return library.usable[i] != 0; });
}

// Best limit over the references of one substance: each of them would have shown it.
std::optional<double> substance_limit(const DetectionLimits* limits, const std::vector<std::size_t>& references) {
    std::optional<double> best;
    for (const std::size_t i : references) {
        const auto limit = limits ? limits->of(i) : std::nullopt;
        if (limit && (!best || *limit < *best)) best = limit;
    }
    return best;
}

// Why none of the references of one substance has a limit.
NoLimit reason(const Identification& identification, const Library& library, const DetectionLimits* limits,
               const std::vector<std::size_t>& references) {
    if (!identification.quality.usable) return NoLimit::scan_unusable;
    if (!limits) return NoLimit::noise_unknown;
    const bool tables_only = std::ranges::all_of(references, [&](std::size_t i) {
        return library.usable[i] == 0 || library.reference(i).origin == core::ReferenceOrigin::band_table;
    });
    return tables_only ? NoLimit::band_table_only : NoLimit::hidden_by_named;
}

// The members of a class, each with its references: those listed, and those the library puts into that class.
std::vector<std::vector<std::size_t>> members_of(const Library& library, const Watched& watched) {
    std::vector<std::vector<std::size_t>> members;
    std::vector<std::size_t> seen;
    for (const std::string& member : watched.members) {
        members.push_back(library.names.named({normalised(member)}));
        for (const std::size_t i : members.back()) seen.push_back(library.substance[i]);
    }
    for (const std::size_t i : library.names.of_class(normalised(watched.name))) {
        if (std::ranges::find(seen, library.substance[i]) != seen.end()) continue;
        seen.push_back(library.substance[i]);
        members.push_back(library.of_substance[library.substance[i]]);
    }
    return members;
}

void speak_of_substance(Identification& identification, const Library& library, const std::string& name,
                        const std::vector<std::size_t>& references, const DetectionLimits* limits) {
    if (spoken_of(identification, library, references)) return;
    if (references.empty()) {
        identification.not_covered.push_back({name, NotCoveredReason::no_reference});
    } else if (!any_usable(library, references)) {
        identification.not_covered.push_back({name, NotCoveredReason::outside_range});
    } else {
        NotDetected entry{name, substance_limit(limits, references), false, false, std::nullopt};
        if (!entry.detection_limit_share) entry.no_limit = reason(identification, library, limits, references);
        identification.not_detected.push_back(std::move(entry));
    }
}

// A class is as well covered as its worst member.
void speak_of_class(Identification& identification, const Library& library, const Watched& watched,
                    const DetectionLimits* limits) {
    NotDetected entry{watched.name, 0.0, false, false, std::nullopt};
    bool any = false, referenced = false;
    for (const auto& references : members_of(library, watched)) {
        if (spoken_of(identification, library, references)) return;
        referenced = referenced || !references.empty();
        if (!any_usable(library, references)) {
            entry.partly_covered = true;
            continue;
        }
        any = true;
        const auto limit = substance_limit(limits, references);
        if (!limit && !entry.no_limit) entry.no_limit = reason(identification, library, limits, references);
        if (entry.no_limit)
            entry.detection_limit_share = std::nullopt;
        else
            entry.detection_limit_share = std::max(*entry.detection_limit_share, *limit);
    }
    if (any)
        identification.not_detected.push_back(entry);
    else
        identification.not_covered.push_back(
            {watched.name, referenced ? NotCoveredReason::outside_range : NotCoveredReason::no_reference});
}

}  // namespace

void speak_of_watched(Identification& identification, const Library& library, std::span<const Watched> watch_list,
                      const DetectionLimits* limits) {
    std::vector<std::size_t> spoken;  // substances that the list itself names
    for (const Watched& watched : watch_list) {
        if (watched.members.empty()) {
            const auto references = library.names.named(normalised_all(watched.name, watched.synonyms));
            for (const std::size_t i : references) spoken.push_back(library.substance[i]);
            speak_of_substance(identification, library, watched.name, references, limits);
        } else {
            speak_of_class(identification, library, watched, limits);
        }
    }
    for (std::size_t i = 0; i < library.size(); ++i) {
        if (!library.reference(i).watched) continue;
        if (std::ranges::find(spoken, library.substance[i]) != spoken.end()) continue;
        spoken.push_back(library.substance[i]);
        speak_of_substance(identification, library, library.reference(i).substance.name,
                           library.of_substance[library.substance[i]], limits);
    }
}

}  // namespace singel::spectra::identify
