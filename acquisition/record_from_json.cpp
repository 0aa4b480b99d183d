#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "acquisition/account_json.hpp"
#include "acquisition/json_words.hpp"
#include "acquisition/record_json.hpp"

namespace singel::acquisition {

namespace {

using Json = nlohmann::json;
namespace core = spectra::core;
namespace identify = spectra::identify;

StripKind strip_kind(const std::string& text) {
    return enumerator(text, StripKind::benzodiazepine, [](StripKind kind) { return name(kind); });
}

std::optional<double> optional_number(const Json& json, const char* key) {
    const Json& value = json.at(key);
    return value.is_null() ? std::nullopt : std::optional(value.get<double>());
}

std::optional<identify::Interval> interval(const Json& json) {
    const auto low = optional_number(json, "share_low"), high = optional_number(json, "share_high");
    if (!low || !high) return std::nullopt;
    return identify::Interval{*low, *high};
}

// Not in the oldest records.
std::optional<identify::NoLimit> no_limit(const Json& json) {
    if (!json.contains("no_limit_reason") || json.at("no_limit_reason").is_null()) return std::nullopt;
    return enumerator(json.at("no_limit_reason").get<std::string>(), identify::NoLimit::hidden_by_named,
                      [](identify::NoLimit reason) { return identify::sentence(reason); });
}

identify::Quality quality(const Json& json) {
    identify::Quality quality;
    quality.usable = json.at("usable").get<bool>();
    quality.snr = optional_number(json, "snr");
    quality.saturated_fraction = json.at("saturated_fraction").get<double>();
    quality.fluorescence_fraction = json.at("fluorescence_fraction").get<double>();
    for (const Json& message : json.at("messages"))
        quality.messages.push_back(enumerator(message.get<std::string>(), identify::QualityMessage::few_frames,
                                              [](identify::QualityMessage one) { return identify::sentence(one); }));
    return quality;
}

identify::Component component(const Json& json) {
    identify::Component component;
    component.name = json.at("name").get<std::string>();
    component.group = json.at("group").get<std::vector<std::string>>();
    component.share = optional_number(json, "share");
    component.share_interval = interval(json);
    component.certainty = enumerator(json.at("certainty").get<std::string>(), identify::Certainty::could_not_tell,
                                     [](identify::Certainty certainty) { return identify::name(certainty); });
    component.false_name_rate = optional_number(json, "false_name_rate");
    component.hqi = json.at("hqi").get<double>();
    component.shift_cm1 = json.at("shift_cm1").get<double>();
    component.origin = enumerator(json.at("origin").get<std::string>(), core::ReferenceOrigin::band_table,
                                  [](core::ReferenceOrigin origin) { return core::name(origin); });
    component.evidence_bands_cm1 = json.at("evidence_bands_cm1").get<std::vector<double>>();
    if (json.contains("evidence")) component.account = account_from_json(json.at("evidence"));
    return component;
}

core::Provenance provenance(const Json& json) {
    core::Provenance provenance;
    provenance.source = json.at("source").get<std::string>();
    const Json& instrument = json.at("instrument");
    provenance.instrument.model = instrument.at("model").get<std::string>();
    provenance.instrument.serial = instrument.at("serial").get<std::string>();
    provenance.instrument.link = enumerator(instrument.at("link").get<std::string>(), core::Link::file,
                                            [](core::Link link) { return core::name(link); });
    provenance.instrument.simulated = json.at("simulated").get<bool>();
    provenance.instrument.proven = instrument.at("proven").get<bool>();
    provenance.calibration_id = json.at("calibration").at("id").get<std::string>();
    for (const Json& step : json.at("steps"))
        provenance.steps.push_back({step.at("name").get<std::string>(), step.at("parameters").get<std::string>()});
    return provenance;
}

identify::Identification identification(const Json& json) {
    identify::Identification result;
    result.provenance = provenance(json);
    result.technique = core::technique_named(json.at("technique").get<std::string>());
    result.quality = quality(json.at("quality"));
    for (const Json& one : json.at("components")) result.components.push_back(component(one));
    for (const Json& one : json.at("not_detected"))
        result.not_detected.push_back(
            {one.at("name").get<std::string>(), optional_number(one, "detection_limit_share"),
             one.at("limit_verified").get<bool>(), one.at("partly_covered").get<bool>(), no_limit(one)});
    for (const Json& one : json.at("not_covered"))
        result.not_covered.push_back(
            {one.at("name").get<std::string>(),
             enumerator(one.at("reason").get<std::string>(), identify::NotCoveredReason::band_table_only,
                        [](identify::NotCoveredReason reason) { return identify::sentence(reason); })});
    const Json& unknown = json.at("unknown");
    result.unknown.present = unknown.at("present").get<bool>();
    result.unknown.p_value = optional_number(unknown, "p_value");
    result.unknown.bands_cm1 = unknown.at("bands_cm1").get<std::vector<double>>();
    if (unknown.contains("dips_cm1")) result.unknown.dips_cm1 = unknown.at("dips_cm1").get<std::vector<double>>();
    result.library_id = json.at("library").at("id").get<std::string>();
    result.library_references = json.at("library").at("references").get<std::size_t>();
    result.algorithm = json.at("algorithm").get<std::string>();
    return result;
}

std::vector<Statement> statements(const Json& json) {
    std::vector<Statement> list;
    for (const Json& one : json) {
        Statement statement;
        statement.code = enumerator(one.at("code").get<std::string>(), StatementCode::simulated,
                                    [](StatementCode code) { return name(code); });
        statement.substance = one.at("substance").get<std::string>();
        statement.share = optional_number(one, "share");
        statement.share_interval = interval(one);
        statement.limit = optional_number(one, "limit");
        if (one.contains("laser_power")) statement.laser_power = optional_number(one, "laser_power");
        statement.partly_covered = one.at("partly_covered").get<bool>();
        if (!one.at("strip").is_null()) statement.strip = strip_kind(one.at("strip").get<std::string>());
        statement.no_limit = no_limit(one);
        statement.bands_cm1 = one.at("bands_cm1").get<std::vector<double>>();
        list.push_back(std::move(statement));
    }
    return list;
}

Verdict verdict(const Json& json) {
    Verdict verdict;
    verdict.sign =
        enumerator(json.at("sign").get<std::string>(), Sign::could_not_tell, [](Sign sign) { return name(sign); });
    verdict.finished = json.at("finished").get<bool>();
    verdict.headline = statements(json.at("headline"));
    verdict.found = statements(json.at("found"));
    verdict.strips = statements(json.at("strips"));
    verdict.hidden = statements(json.at("hidden"));
    verdict.unrecognisable = statements(json.at("unrecognisable"));
    verdict.unexplained = statements(json.at("unexplained"));
    verdict.advice = statements(json.at("advice"));
    verdict.limits = statements(json.at("limits"));
    return verdict;
}

void read_strips(const Json& json, records::Record& record) {
    for (const Json& one : json) {
        const StripKind kind = strip_kind(one.at("kind").get<std::string>());
        if (one.at("meaning").get<std::string>() == "skipped") {
            record.skipped_strips.push_back(kind);
            continue;
        }
        record.strips.push_back({kind, one.at("control_line").get<bool>(),
                                 enumerator(one.at("test_line").get<std::string>(), TestLine::clear,
                                            [](TestLine line) { return name(line); })});
    }
}

Lighting lighting(const Json& json) {
    Lighting lighting;
    lighting.look = enumerator(json.at("sample").get<std::string>(), SampleLook::dark,
                               [](SampleLook look) { return name(look); });
    lighting.power = json.at("laser_power").get<double>();
    lighting.warmed = json.at("warmed").get<bool>();
    lighting.open_beam = json.at("beam").get<std::string>() == "open";
    if (!json.at("interlock_record").is_null()) lighting.interlock = json.at("interlock_record").get<std::string>();
    return lighting;
}

records::Record record(const Json& json) {
    records::Record record;
    const Json& sample = json.at("sample");
    record.id = sample.at("id").get<std::string>();
    record.day = core::value_or_throw(day_from_text(sample.at("day").get<std::string>()));
    record.sold_as = sample.at("sold_as").get<std::string>();
    if (!sample.at("claim_code").is_null()) record.claim_code = sample.at("claim_code").get<std::string>();
    // Either mark makes it simulated: a damaged JSON must not turn a simulation into a test.
    record.simulated = sample.at("simulated").get<bool>() || json.at("simulated").get<bool>();
    read_strips(json.at("strips"), record);
    if (json.contains("lighting")) record.lighting = lighting(json.at("lighting"));  // not in the oldest records
    record.identification = identification(json);
    record.identification.provenance.instrument.simulated |= record.simulated;
    record.verdict = verdict(json.at("verdict"));
    const Json& instrument = json.at("instrument");
    if (instrument.contains("verified") && instrument.at("verified").is_string())
        record.verified = instrument.at("verified").get<std::string>();
    record.software = json.at("software").get<std::string>();
    return record;
}

}  // namespace

core::Result<std::chrono::year_month_day> day_from_text(std::string_view text) {
    const auto number = [&](std::size_t from, std::size_t length) {
        int value = -1;
        const char* end = text.data() + from + length;
        const auto [at, error] = std::from_chars(text.data() + from, end, value);
        return error == std::errc{} && at == end ? value : -1;
    };
    const auto refuse = [&] {
        return core::failure(core::Fault::invalid_argument,
                             "\"" + std::string(text.substr(0, 40)) + "\" is not a day", {},
                             "Write it as year-month-day, for example 2026-11-24.");
    };
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return refuse();
    const int year = number(0, 4), month = number(5, 2), day = number(8, 2);
    if (year < 0 || month < 0 || day < 0) return refuse();
    const std::chrono::year_month_day result{std::chrono::year(year),
                                             std::chrono::month(static_cast<unsigned>(month)),
                                             std::chrono::day(static_cast<unsigned>(day))};
    if (!result.ok()) return refuse();
    return result;
}

core::Result<records::Record> record_from_json(std::string_view text) {
    try {
        return record(Json::parse(text));
    } catch (const core::Failure& failure) {
        return tl::unexpected(failure.error());
    } catch (const Json::exception& exception) {  // a missing key or a wrong type
        return tl::unexpected(refused_json(exception.what()).error());
    }
}

}  // namespace singel::acquisition
