#include "tests/accuracy/ask.hpp"

#include <algorithm>

#include "spectra/identify/explain.hpp"
#include "spectra/identify/groups.hpp"
#include "spectra/identify/shares.hpp"
#include "spectra/identify/unknown.hpp"

namespace singel::tests::accuracy {
namespace {

bool contains(std::span<const std::size_t> list, std::size_t value) {
    return std::ranges::find(list, value) != list.end();
}

std::vector<std::size_t> group_members(const identify::Library& library, std::size_t reference) {
    std::vector<std::size_t> members;
    const auto names = identify::group_of(library, reference);
    for (std::size_t i = 0; i < library.size(); ++i)
        if (std::ranges::find(names, library.reference(i).substance.name) != names.end()) members.push_back(i);
    return members;
}

Said said_of(const identify::Evidence& evidence, const identify::Learned& learned) {
    Said said;
    said.reference = evidence.member->index;
    said.certainty = evidence.certainty;
    said.share = evidence.share;
    said.named = evidence.certainty >= learned.probable;
    said.found = evidence.certainty >= learned.found;
    return said;
}

// Own names first; a group names a part rightly only where the part's own references are not named as well.
void judge(std::vector<Said>& list, const identify::Library& library, const Truth& truth) {
    std::vector<char> taken(truth.size(), 0);
    for (Said& said : list)
        for (std::size_t part = 0; part < truth.size() && !said.truth; ++part)
            if (contains(truth[part], said.reference)) said.truth = part;
    for (const Said& said : list)
        if (said.truth) taken[*said.truth] = 1;
    for (Said& said : list) {
        if (said.truth) continue;
        const auto members = group_members(library, said.reference);
        for (std::size_t part = 0; part < truth.size() && !said.truth; ++part) {
            const bool right = taken[part] == 0 && std::ranges::any_of(members, [&](std::size_t member) {
                                   return contains(truth[part], member);
                               });
            if (!right) continue;
            said.truth = part;
            said.by_group = true;
            taken[part] = 1;
        }
    }
}

}  // namespace

Outcome ask(const spectra::core::Spectrum& spectrum, const identify::Library& library, const Truth& truth) {
    Outcome outcome;
    outcome.parts = truth.size();
    const auto explained = identify::explain(spectrum, library);
    outcome.abstained = !explained || !explained->observed.quality.usable;
    if (outcome.abstained) return outcome;
    for (const identify::Evidence& evidence : explained->weighed)
        outcome.said.push_back(said_of(evidence, library.learned));
    judge(outcome.said, library, truth);
    const identify::Statement statement = identify::state(*explained, library);
    const identify::Fit named = identify::named_fit(*explained, library, statement);
    const auto& observation = explained->observed.observation;
    const auto shares = identify::shares_of(observation, library, statement.fit);
    for (std::size_t i = 0; i < statement.evidence.size(); ++i) {
        const auto said = std::ranges::find(outcome.said, statement.evidence[i].member->index, &Said::reference);
        if (said != outcome.said.end()) said->share_range = {shares[i].interval.low, shares[i].interval.high};
    }
    outcome.unexplained = identify::strongest_unexplained(observation, library, explained->all, named);
    outcome.unknown = identify::find_unknown(observation, library, explained->all, named).present;
    return outcome;
}

}  // namespace singel::tests::accuracy
