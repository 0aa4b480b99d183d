#include "acquisition/statement.hpp"

namespace singel::acquisition {

StripMeaning meaning(const StripReading& reading) {
    if (!reading.control_line) return StripMeaning::invalid;
    return reading.test_line == TestLine::none ? StripMeaning::class_present : StripMeaning::not_detected;
}

std::string_view name(StatementCode code) {
    switch (code) {
        case StatementCode::substance_found: return "substance_found";
        case StatementCode::substance_probable: return "substance_probable";
        case StatementCode::could_not_tell: return "could_not_tell";
        case StatementCode::not_what_was_said: return "not_what_was_said";
        case StatementCode::said_and_seen: return "said_and_seen";
        case StatementCode::said_but_not_recognisable: return "said_but_not_recognisable";
        case StatementCode::not_seen_above: return "not_seen_above";
        case StatementCode::not_seen_limit_unknown: return "not_seen_limit_unknown";
        case StatementCode::not_recognisable: return "not_recognisable";
        case StatementCode::unexplained_bands: return "unexplained_bands";
        case StatementCode::no_unexplained_bands: return "no_unexplained_bands";
        case StatementCode::strip_class_present: return "strip_class_present";
        case StatementCode::strip_class_present_spectrum_silent: return "strip_class_present_spectrum_silent";
        case StatementCode::strip_not_detected: return "strip_not_detected";
        case StatementCode::strip_invalid: return "strip_invalid";
        case StatementCode::strip_missing: return "strip_missing";
        case StatementCode::take_less: return "take_less";
        case StatementCode::not_alone: return "not_alone";
        case StatementCode::use_strips: return "use_strips";
        case StatementCode::only_this_portion: return "only_this_portion";
        case StatementCode::no_statement_of_strength: return "no_statement_of_strength";
        case StatementCode::never_without_risk: return "never_without_risk";
        case StatementCode::sample_warmed: return "sample_warmed";
        case StatementCode::simulated: return "simulated";
    }
    return "unknown";
}

std::string_view name(Sign sign) {
    switch (sign) {
        case Sign::dangerous: return "dangerous";
        case Sign::different: return "different";
        case Sign::as_said: return "as_said";
        case Sign::could_not_tell: return "could_not_tell";
    }
    return "unknown";
}

std::string_view name(StripKind kind) {
    switch (kind) {
        case StripKind::fentanyl: return "fentanyl";
        case StripKind::nitazene: return "nitazene";
        case StripKind::benzodiazepine: return "benzodiazepine";
    }
    return "unknown";
}

std::string_view name(TestLine line) {
    switch (line) {
        case TestLine::none: return "none";
        case TestLine::faint: return "faint";
        case TestLine::clear: return "clear";
    }
    return "unknown";
}

std::string_view name(StripMeaning meaning) {
    switch (meaning) {
        case StripMeaning::class_present: return "class_present";
        case StripMeaning::not_detected: return "not_detected";
        case StripMeaning::invalid: return "invalid";
    }
    return "unknown";
}

}  // namespace singel::acquisition
