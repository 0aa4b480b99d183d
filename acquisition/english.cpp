#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "acquisition/statement.hpp"

namespace singel::acquisition {

namespace {

// Whole percents: more digits would promise more than a scan can know. Limits are rounded up, never down.
std::string percent(double share) {
    return fmt::format("{:.0f} %", 100.0 * share);
}

std::string limit_percent(double share) {
    return fmt::format("{} %", limit_in_percent(share));
}

std::string share_of(const Statement& statement) {
    if (!statement.share) return "; its share is not known";
    std::string text = fmt::format(", about {} of what we could explain", percent(*statement.share));
    if (statement.share_interval)
        text += fmt::format(" ({:.0f} % to {:.0f} %)", std::floor(100.0 * statement.share_interval->low + 1e-9),
                            std::ceil(100.0 * statement.share_interval->high - 1e-9));  // outwards: never narrower
    return text;
}

std::string bands(const Statement& statement) {
    std::string text;
    for (const double band : statement.bands_cm1) text += fmt::format("{}{:.0f}", text.empty() ? "" : ", ", band);
    return text.empty() ? "" : " at " + text + " cm⁻¹";
}

std::string strip_name(const Statement& statement) {
    return std::string(statement.strip ? name(*statement.strip) : "test");
}

std::string not_what_was_said(const Statement& statement) {
    if (!statement.limit)
        return fmt::format("It was sold as {}; we did not see it, and no limit can be given.", statement.substance);
    return fmt::format("It was sold as {}; we did not see it. This scan shows it from {} of the signal up.",
                       statement.substance, limit_percent(*statement.limit));
}

std::string not_seen(const Statement& statement) {
    const std::string part = statement.partly_covered ? " Not every member of this class is in the library." : "";
    if (!statement.limit) {
        const std::string why =
            statement.no_limit ? fmt::format(" ({})", spectra::identify::sentence(*statement.no_limit)) : "";
        return fmt::format("{}: not seen, and no limit can be given{}: it may be there.{}", statement.substance, why,
                           part);
    }
    return fmt::format("{}: not seen; this scan would have shown it above {} of the signal.{}", statement.substance,
                       limit_percent(*statement.limit), part);
}

std::string about_strip(const Statement& statement) {
    const std::string strip = strip_name(statement);
    switch (statement.code) {
        case StatementCode::strip_class_present:
            return fmt::format("The {0} strip shows a {0}-type drug, and so does the light test.", strip);
        case StatementCode::strip_class_present_spectrum_silent:
            return fmt::format("The {0} strip shows a {0}-type drug: amount unknown, too little for the light test.",
                               strip);
        case StatementCode::strip_not_detected:
            return fmt::format("The {0} strip did not react. Some {0}-type drugs are missed by strips.", strip);
        case StatementCode::strip_invalid:
            return fmt::format("The {} strip did not work: could not tell. Use a new one.", strip);
        default: return fmt::format("The {} strip has not been read.", strip);
    }
}

}  // namespace

int limit_in_percent(double share) {
    return static_cast<int>(std::max(1.0, std::ceil(100.0 * share - 1e-9)));
}

std::string english(const Statement& statement) {
    const std::string& substance = statement.substance;
    switch (statement.code) {
        case StatementCode::substance_found: return fmt::format("We found {}{}.", substance, share_of(statement));
        case StatementCode::substance_probable: return fmt::format("Probably {}{}.", substance, share_of(statement));
        case StatementCode::could_not_tell:
            return substance.empty() ? "We could not tell what this is."
                                     : fmt::format("We could not tell whether {} is in it.", substance);
        case StatementCode::not_what_was_said: return not_what_was_said(statement);
        case StatementCode::said_and_seen: return fmt::format("It was sold as {0}, and we saw {0}.", substance);
        case StatementCode::said_but_not_recognisable:
            return fmt::format("It was sold as {0}; this test cannot recognise {0} at all.", substance);
        case StatementCode::not_seen_above:
        case StatementCode::not_seen_limit_unknown: return not_seen(statement);
        case StatementCode::not_recognisable:
            return fmt::format("{}: this test cannot recognise it at all.", substance);
        case StatementCode::unexplained_bands:
            return fmt::format("There is something in it that we cannot name: bands{}.", bands(statement));
        case StatementCode::no_unexplained_bands:
            return "We saw no unexplained bands. Small amounts can still be hidden.";
        case StatementCode::strip_class_present:
        case StatementCode::strip_class_present_spectrum_silent:
        case StatementCode::strip_not_detected:
        case StatementCode::strip_invalid:
        case StatementCode::strip_missing: return about_strip(statement);
        case StatementCode::take_less: return "Take less, and wait.";
        case StatementCode::not_alone: return "Do not use alone. Have naloxone at hand.";
        case StatementCode::use_strips: return "This result is not finished: use strips for fentanyl and nitazenes.";
        case StatementCode::only_this_portion: return "We tested only this portion; the rest may differ.";
        case StatementCode::no_statement_of_strength:
            return "Shares are of the light signal we could explain, never of weight or strength.";
        case StatementCode::never_without_risk: return "No drug use is without risk.";
        case StatementCode::sample_warmed:
            return fmt::format(
                "We stopped the light early: the sample warmed or glowed. Measured with {} of the "
                "laser's power.",
                percent(statement.laser_power.value_or(0.0)));
        case StatementCode::simulated: return "SIMULATED - not a test.";
    }
    return {};
}

}  // namespace singel::acquisition
