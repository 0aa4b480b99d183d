#include "acquisition/watch_list.hpp"

#include <algorithm>
#include <utility>

namespace singel::acquisition {

namespace {

using spectra::identify::Watched;

struct Entry {
    Watched watched;
    bool high_risk = false;
    std::optional<StripKind> strip;
};

constexpr auto fentanyl_strip = StripKind::fentanyl;
constexpr auto nitazene_strip = StripKind::nitazene;
constexpr auto benzodiazepine_strip = StripKind::benzodiazepine;

// Why each is here: what services report as killing or harming people at amounts below what a light test shows
// (fentanyls, nitazenes: Tobias et al. 2021; De Vrieze 2024, doi 10.1186/s12954-024-01078-8), sedatives that
// naloxone does not reverse (xylazine, medetomidine), what early-warning rules fire on (PMMA, synthetic
// cannabinoids, benzodiazepines in opioids), and what people most often expect to hold (heroin to LSD).
const std::vector<Entry>& entries() {
    static const std::vector<Entry> table{
        // Opioids that a strip exists for; microgram to milligram doses.
        {{"fentanyl", {"fentanil"}, {}}, true, fentanyl_strip},
        // Not seen by common fentanyl strips at up to 1000 ng/mL (PMC9588631): no strip is claimed for it.
        {{"carfentanil", {"carfentanyl"}, {}}, true, {}},
        {{"fentanyl analogues",
          {"fentanyls"},
          {"acetylfentanyl", "furanylfentanyl", "para-fluorofentanyl", "butyrylfentanyl", "ocfentanil"}},
         true,
         fentanyl_strip},
        // 9 of 33 analogues escape the strip (De Vrieze 2024): the class as a whole is what must be spoken about.
        {{"nitazenes",
          {"nitazene", "2-benzylbenzimidazole opioids"},
          {"isotonitazene", "metonitazene", "etonitazene", "protonitazene", "butonitazene", "clonitazene",
           "N-pyrrolidino etonitazene", "N-desethyl isotonitazene"}},
         true,
         nitazene_strip},
        {{"heroin", {"diacetylmorphine", "diamorphine"}, {}}, false, {}},
        {{"morphine", {}, {}}, false, {}},
        {{"oxycodone", {}, {}}, false, {}},
        {{"methadone", {}, {}}, false, {}},
        {{"tramadol", {}, {}}, false, {}},
        // Sedatives found in opioids: no answer to naloxone.
        {{"xylazine", {}, {}}, true, {}},
        {{"medetomidine", {"dexmedetomidine"}, {}}, true, {}},
        {{"benzodiazepines",
          {"benzodiazepine"},
          {"diazepam", "alprazolam", "clonazepam", "bromazolam", "etizolam", "flualprazolam", "temazepam",
           "lorazepam", "oxazepam"}},
         false,
         benzodiazepine_strip},
        {{"GHB", {"gamma-hydroxybutyric acid", "sodium oxybate"}, {}}, false, {}},
        {{"GBL", {"gamma-butyrolactone"}, {}}, false, {}},
        // Stimulants and empathogens; PMMA is sold as MDMA and acts late, so that people take more.
        {{"PMMA", {"para-methoxymethamphetamine"}, {}}, true, {}},
        {{"PMA", {"para-methoxyamphetamine"}, {}}, true, {}},
        {{"MDMA", {"3,4-methylenedioxymethamphetamine", "ecstasy"}, {}}, false, {}},
        {{"MDA", {"3,4-methylenedioxyamphetamine"}, {}}, false, {}},
        {{"cocaine", {}, {}}, false, {}},
        {{"amphetamine", {"speed"}, {}}, false, {}},
        {{"methamphetamine", {"metamfetamine"}, {}}, false, {}},
        {{"synthetic cathinones",
          {"cathinones"},
          {"mephedrone", "3-MMC", "2-MMC", "4-CMC", "3-CMC", "methylone", "N-ethylpentylone", "alpha-PVP", "MDPV"}},
         false,
         {}},
        // Doses of micrograms on plant or paper, far below what is seen: collapse and deaths in clusters.
        {{"synthetic cannabinoids",
          {"synthetic cannabinoid receptor agonists"},
          {"5F-MDMB-PINACA", "MDMB-4en-PINACA", "ADB-BUTINACA", "AMB-FUBINACA"}},
         true,
         {}},
        {{"ketamine", {"esketamine"}, {}}, false, {}},
        {{"2-fluorodeschloroketamine", {"2-FDCK"}, {}}, false, {}},
        {{"2C-B", {"4-bromo-2,5-dimethoxyphenethylamine"}, {}}, false, {}},
        // Milligram doses taken for LSD on blotters.
        {{"NBOMe", {"25x-NBOMe"}, {"25I-NBOMe", "25B-NBOMe", "25C-NBOMe"}}, true, {}},
        {{"LSD", {"lysergide"}, {}}, false, {}},
        // Adulterants that harm by themselves.
        {{"levamisole", {}, {}}, false, {}},
        {{"phenacetin", {}, {}}, false, {}},
    };
    return table;
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_text(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

bool among(std::string_view name, const std::vector<std::string>& names) {
    return std::ranges::any_of(names, [&](const std::string& other) { return same_text(name, other); });
}

bool is_itself(const Watched& watched, std::string_view name) {
    return same_text(watched.name, name) || among(name, watched.synonyms);
}

const Entry* find(std::string_view substance) {
    const auto& table = entries();
    const auto entry = std::ranges::find_if(table, [&](const Entry& candidate) {
        return is_itself(candidate.watched, substance) || among(substance, candidate.watched.members);
    });
    return entry == table.end() ? nullptr : &*entry;
}

}  // namespace

const std::vector<Watched>& watch_list() {
    static const std::vector<Watched> list = [] {
        std::vector<Watched> watched;
        for (const Entry& entry : entries()) watched.push_back(entry.watched);
        return watched;
    }();
    return list;
}

std::vector<Watched> watch_list_with(const std::vector<std::string>& names) {
    std::vector<Watched> list = watch_list();
    for (const std::string& name : names) {
        const auto known = [&](const Watched& watched) { return is_itself(watched, name); };
        if (!name.empty() && std::ranges::none_of(list, known)) list.push_back({name, {}, {}});
    }
    return list;
}

bool same_substance(std::string_view a, std::string_view b) {
    if (same_text(a, b)) return true;
    return std::ranges::any_of(
        entries(), [&](const Entry& entry) { return is_itself(entry.watched, a) && is_itself(entry.watched, b); });
}

bool on_watch_list(std::string_view substance) {
    return find(substance) != nullptr;
}

bool high_risk(std::string_view substance) {
    const Entry* entry = find(substance);
    return entry && entry->high_risk;
}

std::optional<StripKind> strip_for(std::string_view substance) {
    const Entry* entry = find(substance);
    return entry ? entry->strip : std::nullopt;
}

}  // namespace singel::acquisition
