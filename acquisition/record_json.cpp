#include "acquisition/record_json.hpp"

#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <span>

#include "acquisition/account_json.hpp"

namespace singel::acquisition {

namespace {

using Json = nlohmann::ordered_json;  // keys in the order in which the contract lists them
namespace identify = spectra::identify;

template <class T>
Json or_null(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json quality_json(const identify::Quality& quality) {
    Json messages = Json::array();
    for (const auto message : quality.messages) messages.push_back(identify::sentence(message));
    return {{"usable", quality.usable},
            {"snr", or_null(quality.snr)},
            {"saturated_fraction", quality.saturated_fraction},
            {"fluorescence_fraction", quality.fluorescence_fraction},
            {"messages", messages}};
}

Json component_json(const identify::Component& component) {
    const auto& interval = component.share_interval;
    Json json{{"name", component.name},
              {"group", component.group},
              {"share", or_null(component.share)},
              {"share_low", interval ? Json(interval->low) : Json(nullptr)},
              {"share_high", interval ? Json(interval->high) : Json(nullptr)},
              {"certainty", identify::name(component.certainty)},
              {"false_name_rate", or_null(component.false_name_rate)},
              {"hqi", component.hqi},
              {"shift_cm1", component.shift_cm1},
              {"origin", spectra::core::name(component.origin)},
              {"evidence_bands_cm1", component.evidence_bands_cm1}};
    if (component.account) json["evidence"] = account_json(*component.account);
    return json;
}

// Not measured: null.
Json curve_json(std::span<const double> values) {
    Json list = Json::array();
    for (const double value : values) list.push_back(std::isfinite(value) ? Json(value) : Json(nullptr));
    return list;
}

// What a chart of the evidence needs, for results whose evidence was asked for.
void add_curves(Json& json, const identify::Identification& identification) {
    const identify::FitCurves& curves = identification.curves;
    Json without = Json::object();
    for (const identify::Component& component : identification.components)
        if (component.account) without[component.name] = curve_json(component.account->residual_without);
    if (without.empty() || curves.measured.empty()) return;
    Json components = Json::object();
    for (std::size_t i = 0; i < identification.components.size(); ++i)
        components[identification.components[i].name] = curve_json(curves.components[i]);
    json["curves"] = {{"axis_cm1", curve_json(curves.axis.values())},
                      {"measured", curve_json(curves.measured)},
                      {"baseline", curve_json(curves.baseline)},
                      {"fit", curve_json(curves.fit)},
                      {"residual", curve_json(curves.residual)},
                      {"components", components},
                      {"residual_without", without}};
}

Json reason_json(const std::optional<identify::NoLimit>& reason) {
    return reason ? Json(identify::sentence(*reason)) : Json(nullptr);
}

Json negatives_json(const std::vector<identify::NotDetected>& negatives) {
    Json list = Json::array();
    for (const auto& negative : negatives)
        list.push_back({{"name", negative.name},
                        {"detection_limit_share", or_null(negative.detection_limit_share)},
                        {"limit_verified", negative.limit_verified},
                        {"partly_covered", negative.partly_covered},
                        {"no_limit_reason", reason_json(negative.no_limit)}});
    return list;
}

std::string axis_basis(const spectra::core::Provenance& provenance) {
    if (provenance.calibration_id == "device") return "device";
    return provenance.instrument.link == spectra::core::Link::file ? "file" : "calibrated";
}

Json base_json(const identify::Identification& identification, const std::string& software) {
    const auto& provenance = identification.provenance;
    Json components = Json::array();
    for (const auto& component : identification.components) components.push_back(component_json(component));
    Json uncovered = Json::array();
    for (const auto& one : identification.not_covered)
        uncovered.push_back({{"name", one.name}, {"reason", identify::sentence(one.reason)}});
    Json steps = Json::array();
    for (const auto& step : provenance.steps) steps.push_back({{"name", step.name}, {"parameters", step.parameters}});
    return {{"source", provenance.source},
            {"technique", spectra::core::name(identification.technique)},
            {"simulated", provenance.instrument.simulated},
            {"instrument",
             {{"model", provenance.instrument.model},
              {"serial", provenance.instrument.serial},
              {"link", spectra::core::name(provenance.instrument.link)},
              {"proven", provenance.instrument.proven}}},
            {"calibration", {{"id", provenance.calibration_id}, {"axis", axis_basis(provenance)}}},
            {"quality", quality_json(identification.quality)},
            {"components", components},
            {"not_detected", negatives_json(identification.not_detected)},
            {"not_covered", uncovered},
            {"unknown",
             {{"present", identification.unknown.present},
              {"p_value", or_null(identification.unknown.p_value)},
              {"bands_cm1", identification.unknown.bands_cm1},
              {"dips_cm1", identification.unknown.dips_cm1}}},
            {"library", {{"id", identification.library_id}, {"references", identification.library_references}}},
            {"algorithm", identification.algorithm},
            {"software", software},
            {"steps", steps}};
}

Json statements_json(const std::vector<Statement>& statements) {
    Json list = Json::array();
    for (const Statement& statement : statements) {
        const auto& interval = statement.share_interval;
        list.push_back({{"code", name(statement.code)},
                        {"substance", statement.substance},
                        {"share", or_null(statement.share)},
                        {"share_low", interval ? Json(interval->low) : Json(nullptr)},
                        {"share_high", interval ? Json(interval->high) : Json(nullptr)},
                        {"limit", or_null(statement.limit)},
                        {"laser_power", or_null(statement.laser_power)},
                        {"partly_covered", statement.partly_covered},
                        {"no_limit_reason", reason_json(statement.no_limit)},
                        {"strip", statement.strip ? Json(name(*statement.strip)) : Json(nullptr)},
                        {"bands_cm1", statement.bands_cm1},
                        {"english", english(statement)}});
    }
    return list;
}

Json verdict_json(const Verdict& verdict) {
    return {{"sign", name(verdict.sign)},
            {"finished", verdict.finished},
            {"headline", statements_json(verdict.headline)},
            {"found", statements_json(verdict.found)},
            {"strips", statements_json(verdict.strips)},
            {"hidden", statements_json(verdict.hidden)},
            {"unrecognisable", statements_json(verdict.unrecognisable)},
            {"unexplained", statements_json(verdict.unexplained)},
            {"advice", statements_json(verdict.advice)},
            {"limits", statements_json(verdict.limits)}};
}

Json strips_json(const records::Record& record) {
    Json list = Json::array();
    for (const StripReading& reading : record.strips)
        list.push_back({{"kind", name(reading.kind)},
                        {"control_line", reading.control_line},
                        {"test_line", name(reading.test_line)},
                        {"meaning", name(meaning(reading))}});
    for (const StripKind kind : record.skipped_strips)
        list.push_back(
            {{"kind", name(kind)}, {"control_line", nullptr}, {"test_line", nullptr}, {"meaning", "skipped"}});
    return list;
}

Json lighting_json(const Lighting& lighting) {
    return {{"sample", name(lighting.look)},
            {"laser_power", lighting.power},
            {"warmed", lighting.warmed},
            {"beam", lighting.open_beam ? "open" : "closed"},
            {"interlock_record", lighting.interlock.empty() ? Json(nullptr) : Json(lighting.interlock)}};
}

// Invalid UTF-8 (a file name) must not turn a result into an exception.
std::string dump(const Json& json, int indent) {
    return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string software_version() {
    return "singel " SINGEL_VERSION;
}

std::string day_text(std::chrono::year_month_day day) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}

std::string identification_json(const identify::Identification& identification, int indent) {
    Json json = base_json(identification, software_version());
    add_curves(json, identification);
    return dump(json, indent);
}

std::string record_json(const records::Record& record, int indent) {
    Json json = base_json(record.identification, record.software);
    json["sample"] = {{"id", record.id},
                      {"day", day_text(record.day)},
                      {"sold_as", record.sold_as},
                      {"claim_code", record.claim_code.empty() ? Json(nullptr) : Json(record.claim_code)},
                      {"simulated", record.simulated}};
    json["simulated"] = record.simulated || record.identification.provenance.instrument.simulated;
    json["instrument"]["verified"] = record.verified.empty() ? Json(nullptr) : Json(record.verified);
    json["strips"] = strips_json(record);
    json["lighting"] = lighting_json(record.lighting);
    json["verdict"] = verdict_json(record.verdict);
    return dump(json, indent);
}

}  // namespace singel::acquisition
