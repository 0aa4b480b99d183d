#include "acquisition/change.hpp"

#include <algorithm>
#include <map>

#include "acquisition/watch_list.hpp"
#include "spectra/identify/names.hpp"

namespace singel::acquisition {

namespace {

using spectra::identify::Component;
using spectra::identify::Identification;
using Components = std::vector<Component>;

Components::const_iterator named(const Components& components, const std::string& name) {
    return std::ranges::find_if(components, [&](const Component& c) { return same_substance(c.name, name); });
}

bool in_group(const Component& component, const std::string& name) {
    return std::ranges::any_of(component.group,
                               [&](const std::string& member) { return same_substance(member, name); });
}

void compare_components(const Components& before, const Components& after, Change& change) {
    for (const Component& now : after) {
        const auto same = named(before, now.name);
        if (same == before.end()) {
            change.appeared.push_back(now);
        } else if (same->certainty != now.certainty) {
            change.certainty.push_back({now.name, {same->certainty, now.certainty}});
        }
    }
    for (const Component& then : before)
        if (named(after, then.name) == after.end()) change.disappeared.push_back(then);
}

// A name that gave way to another of the same group is the same finding under another name.
void join_renamed(Change& change) {
    for (auto now = change.appeared.begin(); now != change.appeared.end();) {
        const auto then =
            std::ranges::find_if(change.disappeared, [&](const Component& c) { return in_group(*now, c.name); });
        if (then == change.disappeared.end()) {
            ++now;
            continue;
        }
        change.renamed.push_back({then->name, now->name});
        if (then->certainty != now->certainty)
            change.certainty.push_back({now->name, {then->certainty, now->certainty}});
        change.disappeared.erase(then);
        now = change.appeared.erase(now);
    }
}

std::map<std::string, std::pair<std::string, Negative>> negatives(const Identification& identification) {
    std::map<std::string, std::pair<std::string, Negative>> all;
    for (const auto& one : identification.not_detected)
        all[spectra::identify::normalised(one.name)] = {one.name, {true, one.detection_limit_share}};
    for (const auto& one : identification.not_covered)
        all[spectra::identify::normalised(one.name)] = {one.name, {false, std::nullopt}};
    return all;
}

bool told_alike(const Negative& a, const Negative& b) {
    if (a.covered != b.covered || a.limit.has_value() != b.limit.has_value()) return false;
    return !a.limit || limit_in_percent(*a.limit) == limit_in_percent(*b.limit);
}

void compare_negatives(const Identification& before, const Identification& after, Change& change) {
    const auto then = negatives(before);
    for (const auto& [key, now] : negatives(after)) {
        const auto same = then.find(key);
        if (same == then.end() || told_alike(same->second.second, now.second)) continue;
        change.limits.push_back({now.first, {same->second.second, now.second}});
    }
}

template <class T>
std::optional<BeforeAfter<T>> if_different(T before, T after) {
    if (before == after) return std::nullopt;
    return BeforeAfter<T>{before, after};
}

}  // namespace

bool Change::any() const {
    return !appeared.empty() || !disappeared.empty() || !renamed.empty() || !certainty.empty() || !limits.empty() ||
           unknown || usable || sign;
}

Change change(const records::Record& before, const records::Record& after) {
    const Identification& then = before.identification;
    const Identification& now = after.identification;
    Change change;
    compare_components(then.components, now.components, change);
    join_renamed(change);
    compare_negatives(then, now, change);
    change.unknown = if_different(then.unknown.present, now.unknown.present);
    change.usable = if_different(then.quality.usable, now.quality.usable);
    change.sign = if_different(before.verdict.sign, after.verdict.sign);
    return change;
}

}  // namespace singel::acquisition
