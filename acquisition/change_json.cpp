#include <nlohmann/json.hpp>

#include "acquisition/change.hpp"
#include "acquisition/record_json.hpp"

namespace singel::acquisition {

namespace {

using Json = nlohmann::ordered_json;
using spectra::identify::Component;

Json number(const std::optional<double>& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json components_json(const std::vector<Component>& components) {
    Json list = Json::array();
    for (const Component& one : components) {
        const auto& interval = one.share_interval;
        list.push_back({{"name", one.name},
                        {"group", one.group},
                        {"certainty", spectra::identify::name(one.certainty)},
                        {"share", number(one.share)},
                        {"share_low", interval ? Json(interval->low) : Json(nullptr)},
                        {"share_high", interval ? Json(interval->high) : Json(nullptr)}});
    }
    return list;
}

Json renamed_json(const std::vector<BeforeAfter<std::string>>& renamed) {
    Json list = Json::array();
    for (const auto& one : renamed) list.push_back({{"before", one.before}, {"after", one.after}});
    return list;
}

Json certainty_json(const std::vector<CertaintyChange>& changes) {
    Json list = Json::array();
    for (const CertaintyChange& one : changes)
        list.push_back({{"name", one.name},
                        {"before", spectra::identify::name(one.certainty.before)},
                        {"after", spectra::identify::name(one.certainty.after)}});
    return list;
}

Json limits_json(const std::vector<LimitChange>& changes) {
    Json list = Json::array();
    for (const LimitChange& one : changes)
        list.push_back({{"name", one.name},
                        {"covered_before", one.said.before.covered},
                        {"limit_share_before", number(one.said.before.limit)},
                        {"covered_after", one.said.after.covered},
                        {"limit_share_after", number(one.said.after.limit)}});
    return list;
}

template <class T, class Word>
Json flip_json(const std::optional<BeforeAfter<T>>& flip, Word word) {
    if (!flip) return nullptr;
    return {{"before", word(flip->before)}, {"after", word(flip->after)}};
}

Json origin_json(const records::Record& record) {
    return {{"library", record.identification.library_id},
            {"algorithm", record.identification.algorithm},
            {"software", record.software}};
}

}  // namespace

std::string change_json(const records::Record& before, const records::Record& after, const Change& change,
                        std::optional<int> kept_version) {
    const auto plain = [](bool value) { return value; };
    const Json json{{"sample", before.id},
                    {"day", day_text(before.day)},
                    {"simulated", before.simulated},
                    {"sold_as", before.sold_as},
                    {"changed", change.any()},
                    {"appeared", components_json(change.appeared)},
                    {"disappeared", components_json(change.disappeared)},
                    {"renamed", renamed_json(change.renamed)},
                    {"certainty_changed", certainty_json(change.certainty)},
                    {"limits_changed", limits_json(change.limits)},
                    {"unknown", flip_json(change.unknown, plain)},
                    {"usable", flip_json(change.usable, plain)},
                    {"sign", flip_json(change.sign, [](Sign sign) { return name(sign); })},
                    {"before", origin_json(before)},
                    {"after", origin_json(after)},
                    {"kept_version", kept_version ? Json(*kept_version) : Json(nullptr)}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace singel::acquisition
