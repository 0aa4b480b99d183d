#include "acquisition/cli/explain_text.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace singel::acquisition::cli {

namespace {

namespace identify = spectra::identify;
using identify::Account;
using identify::AccountBand;
using identify::Certainty;
using identify::Component;
using identify::Identification;
using spectra::core::Ordinate;

constexpr std::size_t width = 78;

std::string_view unit_text(Ordinate unit) {
    switch (unit) {
        case Ordinate::counts: return "counts";
        case Ordinate::counts_per_second: return "counts per second";
        default: return "units of the spectrum";
    }
}

// Three digits that count, whatever the size.
std::string height(double value) {
    const double size = std::abs(value);
    if (size == 0.0 || (size >= 0.001 && size < 1e6))
        return fmt::format("{:.{}f}", value, size >= 100.0 ? 0 : size >= 10.0 ? 1 : size >= 1.0 ? 2 : 4);
    return fmt::format("{:.2e}", value);
}

std::string_view words(identify::BandSays says) {
    switch (says) {
        case identify::BandSays::for_it: return "speaks for it";
        case identify::BandSays::cannot_tell: return "says nothing clear";
        case identify::BandSays::against_it: return "SPEAKS AGAINST IT";
    }
    return "says nothing clear";
}

std::string_view words(identify::RivalFit fit) {
    switch (fit) {
        case identify::RivalFit::as_well: return "explains the scan AS WELL";
        case identify::RivalFit::worse: return "explains the scan worse";
        case identify::RivalFit::far_worse: return "explains the scan far worse";
    }
    return "explains the scan worse";
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += fmt::format("{}{}", text.empty() ? "" : ", ", name);
    return text;
}

std::string line_of(const AccountBand& band) {
    const std::string also = band.also.empty() ? "" : fmt::format("; also from {}", joined(band.also));
    return fmt::format("  {:>6.0f} cm⁻¹  seen {:>8} ± {:<7} expected {:>8}   {}{}\n", band.at_cm1, height(band.seen),
                       height(band.deviation), height(band.predicted), words(band.says), also);
}

std::string account_of(const Component& component, const Account& account) {
    const auto says_for = std::ranges::count(account.bands, identify::BandSays::for_it, &AccountBand::says);
    std::string text = fmt::format("Why {}: {} of its {} strongest bands speak for it\n", component.name, says_for,
                                   account.bands.size());
    text += fmt::format("  Heights in {}, above everything else that was fitted; ± one standard deviation.\n",
                        unit_text(account.unit));
    for (const AccountBand& band : account.bands) text += line_of(band);
    text += fmt::format("  Left over with it {}, without it {} (root mean square); the fit gets worse by {:.0f}.\n",
                        height(account.left_with), height(account.left_without), account.worse_without);
    if (account.rivals.empty()) text += "  No other reference of this library could stand in its place.\n";
    for (const identify::Rival& rival : account.rivals)
        text += fmt::format("  In its place {} {} (by {:.0f}){}.\n", rival.name, words(rival.fit), rival.worse_by,
                            rival.inseparable ? "; the two cannot be told apart" : "");
    return text + "\n";
}

std::string places(const std::vector<double>& bands) {
    std::string text;
    for (const double band : bands) text += fmt::format("{}{:.0f}", text.empty() ? "" : ", ", band);
    return text;
}

void wrapped(std::string& text, std::string_view sentence) {
    std::string line = " ";
    for (std::size_t at = 0; at < sentence.size();) {
        const std::size_t end = std::min(sentence.find(' ', at), sentence.size());
        const std::string_view word = sentence.substr(at, end - at);
        if (line.size() + 1 + word.size() > width) {
            text += line + "\n";
            line = "   ";
        }
        line += fmt::format(" {}", word);
        at = end + 1;
    }
    text += line + "\n";
}

bool any_certainty(const Identification& identification, Certainty certainty) {
    return std::ranges::find(identification.components, certainty, &Component::certainty) !=
           identification.components.end();
}

std::string rate(const Identification& identification, Certainty certainty) {
    const auto one = std::ranges::find(identification.components, certainty, &Component::certainty);
    if (!one->false_name_rate) return "How often such a name is wrong was not measured for this kind of scan.";
    return fmt::format("Of such names {:.1f} % were wrong where it was measured.", 100.0 * *one->false_name_rate);
}

void explain_words(std::string& text, const Identification& identification) {
    if (any_certainty(identification, Certainty::found))
        wrapped(text, "Found: the evidence is strong. " + rate(identification, Certainty::found));
    if (any_certainty(identification, Certainty::probable))
        wrapped(text, "Probably: it is more likely there than not. " + rate(identification, Certainty::probable));
    if (any_certainty(identification, Certainty::could_not_tell))
        wrapped(text, "Could not tell: this scan neither supports it enough nor excludes it.");
}

void explain_limits(std::string& text, const Identification& identification) {
    const auto& negatives = identification.not_detected;
    if (negatives.empty()) return;
    wrapped(text,
            "A limit is the share of the light signal, never of weight, above which this very scan would have named "
            "the substance in 95 of 100 cases.");
    if (std::ranges::any_of(negatives,
                            [](const auto& one) { return one.detection_limit_share && !one.limit_verified; }))
        wrapped(text,
                "No limit below 10 % is given where no second instrument has shown that smaller ones hold, and none "
                "below 5 %, the published floor of such instruments.");
    if (std::ranges::any_of(negatives, [](const auto& one) { return !one.detection_limit_share; }))
        wrapped(text, "Without a limit any amount may be there: the reason stands beside it.");
}

void explain_unknown(std::string& text, const Identification& identification) {
    if (!identification.unknown.present) return;
    wrapped(
        text,
        "Unexplained bands stand out of all that was named: a substance, or a form of one, that this library does "
        "not hold.");
    if (!identification.unknown.dips_cm1.empty())
        wrapped(text,
                fmt::format("Dips at {} cm⁻¹: what was named needs more there than the scan shows; it may stand in "
                            "the place of something else.",
                            places(identification.unknown.dips_cm1)));
    if (identification.unknown.p_value)
        wrapped(text,
                fmt::format("Of samples whose components are all in the library {:.1f} % leave bands so strong.",
                            100.0 * *identification.unknown.p_value));
}

}  // namespace

std::string accounts_of(const Identification& identification) {
    std::string text;
    for (const Component& component : identification.components)
        if (component.account) text += account_of(component, *component.account);
    return text;
}

std::string legend_of(const Identification& identification) {
    std::string text;
    explain_words(text, identification);
    explain_limits(text, identification);
    explain_unknown(text, identification);
    return text.empty() ? text : "How to read this\n" + text + "\n";
}

std::string method_of(const Identification& identification) {
    return fmt::format("{}, library {} with {} references\n", identification.algorithm, identification.library_id,
                       identification.library_references);
}

}  // namespace singel::acquisition::cli
