#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "spectra/identify/learned_fields.hpp"
#include "spectra/identify/learned_file.hpp"
#include "spectra/identify/learned_keys.hpp"

namespace singel::spectra::identify {
namespace {

using Json = nlohmann::json;
using core::Fault;

constexpr std::size_t largest_text = 4u << 20, longest_list = 10000, most_backgrounds = 8, most_names = 100000;
constexpr std::string_view again = "learn again with singel library learn";

// Thrown inside this file only; read_learned gives it back as an error.
[[noreturn]] void refuse(std::string what, std::string_view where = {}) {
    throw core::Failure(Fault::wrong_format, std::move(what), std::string(where), std::string(again));
}

const Json& part(const Json& object, std::string_view key) {
    const auto found = object.is_object() ? object.find(std::string(key)) : object.end();
    if (!object.is_object() || found == object.end()) refuse("a part of the learned file is missing", key);
    return *found;
}

double number(const Json& json, double low, double high, std::string_view where) {
    if (!json.is_number()) refuse("a number is expected", where);
    const auto value = json.get<double>();
    if (!std::isfinite(value) || value < low || value > high)
        refuse(fmt::format("{} lies outside {} to {}", value, low, high), where);
    return value;
}

std::string text(const Json& json, std::string_view where) {
    if (!json.is_string()) refuse("a text is expected", where);
    return json.get<std::string>();
}

const Json& list(const Json& json, std::size_t most, std::string_view where) {
    if (!json.is_array() || json.size() > most) refuse(fmt::format("a list of at most {} is expected", most), where);
    return json;
}

std::vector<std::string> texts(const Json& json, std::string_view where) {
    std::vector<std::string> all;
    for (const Json& one : list(json, most_names, where)) all.push_back(text(one, where));
    return all;
}

void read_head(const Json& json, LearnedFile& file) {
    if (!json.is_object() || text(part(json, "schema"), "schema") != learned_schema)
        refuse("this is not a file of learned figures");
    const double version = number(part(json, "version"), 1.0, 1e6, "version");
    if (version > static_cast<double>(learned_version))
        throw core::Failure(
            Fault::unsupported,
            fmt::format("the file has version {:.0f}, this program reads up to {}", version, learned_version),
            "version", "use a newer program");
    file.technique = core::technique_named(text(part(json, "technique"), "technique"));
    if (file.technique == core::Technique::unknown) refuse("the technique is not known", "technique");
    const Json& range = list(part(json, "range_cm1"), 2, "range_cm1");
    if (range.size() != 2) refuse("two ends are expected", "range_cm1");
    file.low_cm1 = number(range[0], 0.0, 1e6, "range_cm1");
    file.high_cm1 = number(range[1], file.low_cm1, 1e6, "range_cm1");
    file.sources = texts(part(json, "sources"), "sources");
    const Json& seed = part(json, "seed");
    if (!seed.is_number_unsigned()) refuse("a whole number is expected", "seed");
    file.seed = seed.get<std::uint64_t>();
}

void read_from(const Json& json, LearnedFrom& from) {
    for (const CountKey& count : count_keys)
        from.*count.member =
            static_cast<std::size_t>(number(part(part(json, "counts"), count.key), 0.0, 1e12, count.key));
    from.kappa_between_substances =
        number(part(json, "kappa_between_substances"), 0.0, 100.0, "kappa_between_substances");
    from.substances = texts(part(json, "substances"), "substances");
    for (const Json& one : list(part(json, "left_out"), most_names, "left_out"))
        from.left_out.push_back({text(part(one, "substance"), "left_out"), text(part(one, "reason"), "left_out")});
}

void read_field(const Json& figures, const LearnedField& field, Learned& learned) {
    const Json& value = part(part(figures, field.key), "value");
    const Json values = value.is_array() ? value : Json::array({value});
    list(values, longest_list, field.key);
    std::vector<double> read;
    for (const Json& one : values) read.push_back(number(one, field.low, field.high, field.key));
    if (field.list != nullptr) {
        if (read.empty() || !std::ranges::is_sorted(read)) refuse("rising values are expected", field.key);
        field.list(learned) = std::move(read);
        return;
    }
    const std::span<double> place = field.values(learned);
    if (place.size() != read.size())
        refuse(fmt::format("{} values, this program has {}", read.size(), place.size()), field.key);
    std::ranges::copy(read, place.begin());
}

void read_figures(const Json& json, Learned& learned) {
    const auto features = texts(part(json, "features"), "features");
    if (!std::ranges::equal(features, certainty_feature_names))
        refuse("the certainty was learned for other features than this program looks at", "features");
    const Json& figures = part(json, "figures");
    for (const LearnedField& field : learned_fields()) read_field(figures, field, learned);
    for (const auto& [key, unused] : figures.items())
        if (std::ranges::find(learned_fields(), key, &LearnedField::key) == learned_fields().end())
            refuse("this program does not know the figure", key);
    if (!(learned.possible <= learned.probable && learned.probable <= learned.found))
        refuse("the thresholds possible, probable and found must rise", "found");
}

BackgroundShape read_background(const Json& json) {
    constexpr std::string_view where = "backgrounds";
    BackgroundShape shape;
    shape.name = text(part(json, "name"), where);
    shape.first_cm1 = number(part(json, "first_cm1"), -1e6, 1e6, where);
    shape.step_cm1 = number(part(json, "step_cm1"), 1e-3, 1e4, where);
    shape.prior_sd = number(part(json, "prior_sd"), 1e-9, 1e6, where);
    const Json& bound = part(json, "non_negative");
    if (!bound.is_boolean()) refuse("true or false is expected", where);
    shape.non_negative = bound.get<bool>();
    for (const Json& value : list(part(json, "values"), longest_list, where))
        shape.values.push_back(number(value, -1e6, 1e6, where));
    if (shape.values.size() < 2) refuse("a shape has two points or more", where);
    return shape;
}

LearnedFile read(const Json& json) {
    LearnedFile file;
    read_head(json, file);
    read_from(json, file.from);
    read_figures(json, file.learned);
    for (const Json& one : list(part(json, "backgrounds"), most_backgrounds, "backgrounds"))
        file.learned.backgrounds.push_back(read_background(one));
    if (text(part(json, "id"), "id") != digest(file.learned))
        refuse("the figures are not those that were learned: they do not fit the id of the file", "id");
    return file;
}

}  // namespace

core::Result<LearnedFile> read_learned(std::string_view given) {
    try {
        if (given.size() > largest_text) refuse("the file is too large to be one of learned figures");
        const Json json = Json::parse(given, nullptr, false);
        if (json.is_discarded()) refuse("the file is not JSON");
        return read(json);
    } catch (const core::Failure& failure) {
        return tl::unexpected(failure.error());
    }
}

}  // namespace singel::spectra::identify
