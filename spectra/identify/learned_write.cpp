#include <nlohmann/json.hpp>

#include "spectra/identify/learned_fields.hpp"
#include "spectra/identify/learned_file.hpp"
#include "spectra/identify/learned_keys.hpp"

namespace singel::spectra::identify {
namespace {

using Json = nlohmann::ordered_json;

std::string on_one_line(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// One line an entry: files of different days compare line by line.
std::string lines(const Json& object, int indent) {
    const std::string space(static_cast<std::size_t>(indent), ' ');
    std::string text = "{";
    for (const auto& [key, value] : object.items()) {
        text += text.size() > 1 ? ",\n" : "\n";
        text += space + " " + on_one_line(key) + ": ";
        text += value.is_object() && indent == 0 ? lines(value, 1) : on_one_line(value);
    }
    return text + "\n" + space + "}";
}

Json figures(Learned learned) {
    Json object = Json::object();
    for (const LearnedField& field : learned_fields()) {
        const std::span<double> values = values_of(field, learned);
        const bool alone = field.list == nullptr && values.size() == 1;
        object[std::string(field.key)] = {
            {"value", alone ? Json(values[0]) : Json(std::vector<double>(values.begin(), values.end()))},
            {"unit", field.unit},
            {"meaning", field.meaning}};
    }
    return object;
}

Json backgrounds(const Learned& learned) {
    Json list = Json::array();
    for (const BackgroundShape& shape : learned.backgrounds)
        list.push_back({{"name", shape.name},
                        {"first_cm1", shape.first_cm1},
                        {"step_cm1", shape.step_cm1},
                        {"prior_sd", shape.prior_sd},
                        {"non_negative", shape.non_negative},
                        {"values", shape.values}});
    return list;
}

Json left_out(const LearnedFrom& from) {
    Json list = Json::array();
    for (const LeftOut& one : from.left_out) list.push_back({{"substance", one.substance}, {"reason", one.reason}});
    return list;
}

}  // namespace

std::string write_learned(const LearnedFile& file) {
    Json counts = Json::object();
    for (const CountKey& count : count_keys) counts[std::string(count.key)] = file.from.*count.member;
    const Json object{{"schema", learned_schema},
                      {"version", learned_version},
                      {"id", digest(file.learned)},
                      {"technique", core::name(file.technique)},
                      {"range_cm1", {file.low_cm1, file.high_cm1}},
                      {"sources", file.sources},
                      {"seed", file.seed},
                      {"counts", counts},
                      {"kappa_between_substances", file.from.kappa_between_substances},
                      {"substances", file.from.substances},
                      {"left_out", left_out(file.from)},
                      {"features", certainty_feature_names},
                      {"figures", figures(file.learned)},
                      {"backgrounds", backgrounds(file.learned)}};
    return lines(object, 0) + "\n";
}

}  // namespace singel::spectra::identify
