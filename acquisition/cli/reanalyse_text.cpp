#include "acquisition/cli/reanalyse_text.hpp"

#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "acquisition/record_json.hpp"
#include "spectra/identify/library.hpp"

namespace singel::acquisition::cli {

namespace {

using Json = nlohmann::ordered_json;
using spectra::identify::Certainty;
using spectra::identify::Component;

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string_view word(Certainty certainty) {
    return certainty == Certainty::could_not_tell ? "could not tell" : spectra::identify::name(certainty);
}

std::string_view word(Sign sign) {
    switch (sign) {
        case Sign::dangerous: return "dangerous finding";
        case Sign::different: return "different from what was said";
        case Sign::as_said: return "as it was said";
        case Sign::could_not_tell: return "could not tell";
    }
    return "could not tell";
}

// The interval outwards: never narrower than it is.
std::string share(const Component& component) {
    if (!component.share) return "its share is not known";
    if (!component.share_interval) return fmt::format("about {:.0f} % of the signal", 100.0 * *component.share);
    return fmt::format("about {:.0f} % of the signal, {:.0f} % to {:.0f} %", 100.0 * *component.share,
                       std::floor(100.0 * component.share_interval->low + 1e-9),
                       std::ceil(100.0 * component.share_interval->high - 1e-9));
}

std::string described(const Component& component) {
    std::string text = fmt::format("{} ({}, {})", component.name, word(component.certainty), share(component));
    std::string others;
    for (const std::string& member : component.group)
        if (member != component.name) others += fmt::format("{}{}", others.empty() ? "" : ", ", member);
    if (!others.empty()) text += fmt::format("; cannot be told from {}", others);
    return text;
}

std::string described(const Negative& negative) {
    if (!negative.covered) return "not recognisable";
    if (!negative.limit) return "no limit";
    return fmt::format("{} % of the signal", limit_in_percent(*negative.limit));
}

std::string yes_no(bool value) {
    return value ? "yes" : "no";
}

}  // namespace

std::string text_of(const pipeline::Again& again) {
    const records::Record& before = *again.before;
    const Change& change = again.change;
    std::string text = again.simulated ? "SIMULATED - not a test\n" : "";
    text += fmt::format("{}  sample {}{}{}\n", again.key.day, again.key.id,
                        before.sold_as.empty() ? "" : "  sold as ", before.sold_as);
    const auto line = [&](std::string_view what, const std::string& how) {
        text += fmt::format("  {:<22}{}\n", what, how);
    };
    const auto flip = [&](std::string_view what, const std::string& then, const std::string& now) {
        line(what, fmt::format("{} -> {}", then, now));
    };
    if (change.sign) flip("sign", std::string(word(change.sign->before)), std::string(word(change.sign->after)));
    for (const Component& one : change.appeared) line("now named", described(one));
    for (const Component& one : change.disappeared) line("no longer named", described(one));
    for (const auto& one : change.renamed) flip("another name", one.before, one.after);
    for (const CertaintyChange& one : change.certainty)
        flip("certainty of", fmt::format("{}: {}", one.name, word(one.certainty.before)),
             std::string(word(one.certainty.after)));
    for (const LimitChange& one : change.limits)
        flip("shown from", fmt::format("{}: {}", one.name, described(one.said.before)), described(one.said.after));
    if (change.unknown) flip("unexplained bands", yes_no(change.unknown->before), yes_no(change.unknown->after));
    if (change.usable) flip("scan good enough", yes_no(change.usable->before), yes_no(change.usable->after));
    return text + "\n";
}

std::string text_of(const pipeline::Tally& tally) {
    std::string text;
    if (tally.interrupted)
        text += fmt::format("STOPPED after {} of {} scans: what is above is only a part of the answer.\n",
                            tally.asked + tally.failed + tally.other_technique, tally.stored);
    text +=
        fmt::format("{} scans asked again: {} with another result, {} of them with a new name, {} newly dangerous.\n",
                    tally.asked, tally.changed, tally.with_new_names, tally.now_dangerous);
    if (tally.failed > 0) text += fmt::format("{} scans could not be read or asked.\n", tally.failed);
    if (tally.other_technique > 0)
        text += fmt::format("{} scans are of another technique than the library and were left out.\n",
                            tally.other_technique);
    return text;
}

std::string json_of(const pipeline::Again& again) {
    if (again.after) return change_json(*again.before, *again.after, again.change, again.kept_version);
    return dump({{"sample", again.key.id},
                 {"day", again.key.day},
                 {"simulated", again.simulated},
                 {"error", again.error ? again.error->sentence() : std::string()}});
}

std::string json_of(const pipeline::Tally& tally, const spectra::identify::Library& library) {
    return dump({{"stored", tally.stored},
                 {"asked", tally.asked},
                 {"changed", tally.changed},
                 {"with_new_names", tally.with_new_names},
                 {"now_dangerous", tally.now_dangerous},
                 {"failed", tally.failed},
                 {"other_technique", tally.other_technique},
                 {"interrupted", tally.interrupted},
                 {"library", {{"id", library.set.id}, {"references", library.size()}}},
                 {"learned", spectra::identify::digest(library.learned)},
                 {"software", software_version()}});
}

}  // namespace singel::acquisition::cli
