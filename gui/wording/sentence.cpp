#include "gui/wording/sentence.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <cmath>

namespace singel::gui::wording {
namespace {

using acquisition::Statement;
using acquisition::StatementCode;

struct Text {
    StatementCode code;
    const char* known;    // with {share} or {limit}
    const char* unknown;  // without; nullptr where the statement has no figure
};

// English source texts; lupdate reads them here. Placeholders in braces are kept by every translation.
constexpr std::array texts{
    Text{StatementCode::substance_found,
         QT_TRANSLATE_NOOP("sentence", "{Substance}: found, about {share} of what we could explain{interval}."),
         QT_TRANSLATE_NOOP("sentence", "{Substance}: found. How much cannot be said.")},
    Text{StatementCode::substance_probable,
         QT_TRANSLATE_NOOP("sentence", "Probably {substance}, about {share} of what we could explain{interval}."),
         QT_TRANSLATE_NOOP("sentence", "Probably {substance}. How much cannot be said.")},
    Text{StatementCode::could_not_tell,
         QT_TRANSLATE_NOOP("sentence", "We could not tell whether {substance} is in it."),
         QT_TRANSLATE_NOOP("sentence", "We could not tell what this is.")},
    Text{StatementCode::not_what_was_said,
         QT_TRANSLATE_NOOP(
             "sentence", "Sold as {substance}. We did not see it; this scan shows it from {limit} of the signal up."),
         QT_TRANSLATE_NOOP("sentence",
                           "Sold as {substance}. We did not see it; from how much this scan would show it is not "
                           "known.")},
    Text{StatementCode::said_and_seen, QT_TRANSLATE_NOOP("sentence", "Sold as {substance}. We saw it."), nullptr},
    Text{StatementCode::said_but_not_recognisable,
         QT_TRANSLATE_NOOP("sentence", "Sold as {substance}. This test cannot recognise that."), nullptr},
    Text{StatementCode::not_seen_above,
         QT_TRANSLATE_NOOP("sentence",
                           "We did not see {substance}; this scan shows it from {limit} of the signal up."),
         QT_TRANSLATE_NOOP("sentence",
                           "We did not see {substance}; from how much this scan would show it is not known.")},
    Text{StatementCode::not_seen_limit_unknown, nullptr,
         QT_TRANSLATE_NOOP("sentence",
                           "We did not see {substance}; from how much this scan would show it is not known.")},
    Text{StatementCode::not_recognisable,
         QT_TRANSLATE_NOOP("sentence", "This test cannot recognise {substance} at all."), nullptr},
    Text{StatementCode::unexplained_bands,
         QT_TRANSLATE_NOOP("sentence", "Something else is in it that we could not name (bands at {bands} cm⁻¹)."),
         QT_TRANSLATE_NOOP("sentence", "Something else is in it that we could not name.")},
    Text{StatementCode::no_unexplained_bands,
         QT_TRANSLATE_NOOP("sentence", "We saw no unexplained bands. Small amounts can still be hidden."), nullptr},
    Text{StatementCode::strip_class_present,
         QT_TRANSLATE_NOOP("sentence",
                           "{Strip} strip, one line: a drug of this kind is present. The light test saw one too."),
         nullptr},
    Text{StatementCode::strip_class_present_spectrum_silent,
         QT_TRANSLATE_NOOP("sentence",
                           "{Strip} strip, one line: a drug of this kind is present, amount unknown. "
                           "The light test did not see it: too little for it."),
         nullptr},
    Text{StatementCode::strip_not_detected,
         QT_TRANSLATE_NOOP("sentence",
                           "{Strip} strip, two lines: not seen above the limit of the strip. "
                           "Some kinds do not show on a strip."),
         nullptr},
    Text{StatementCode::strip_invalid,
         QT_TRANSLATE_NOOP("sentence", "{Strip} strip, no control line: it says nothing. Use a new strip."), nullptr},
    Text{StatementCode::strip_missing, QT_TRANSLATE_NOOP("sentence", "{Strip} strip: not read yet."), nullptr},
    Text{StatementCode::take_less, QT_TRANSLATE_NOOP("sentence", "Take less than you are used to."), nullptr},
    Text{StatementCode::not_alone, QT_TRANSLATE_NOOP("sentence", "Do not use alone."), nullptr},
    Text{StatementCode::use_strips,
         QT_TRANSLATE_NOOP("sentence",
                           "A deadly amount can lie below these limits. Use a fentanyl strip and a nitazene strip."),
         nullptr},
    Text{StatementCode::only_this_portion, QT_TRANSLATE_NOOP("sentence", "Only the bit that we tested."), nullptr},
    Text{StatementCode::no_statement_of_strength,
         QT_TRANSLATE_NOOP("sentence", "This test says nothing about strength or dose."), nullptr},
    Text{StatementCode::never_without_risk,
         QT_TRANSLATE_NOOP("sentence", "It never says that something is without risk; people react differently."),
         nullptr},
    Text{StatementCode::sample_warmed,
         QT_TRANSLATE_NOOP("sentence", "We stopped the light early: the sample warmed or glowed."), nullptr},
    Text{StatementCode::simulated, QT_TRANSLATE_NOOP("sentence", "SIMULATED – not a test"), nullptr},
};

bool has_figure(const Statement& statement) {
    switch (statement.code) {
        case StatementCode::substance_found:
        case StatementCode::substance_probable: return statement.share.has_value();
        case StatementCode::could_not_tell: return !statement.substance.empty();
        case StatementCode::not_what_was_said:
        case StatementCode::not_seen_above: return statement.limit.has_value();
        case StatementCode::not_seen_limit_unknown: return false;
        case StatementCode::unexplained_bands: return !statement.bands_cm1.empty();
        default: return true;
    }
}

QString interval_text(const Statement& statement) {
    if (!statement.share_interval) return {};
    const QString low = percent(statement.share_interval->low, Rounding::down);
    const QString high = percent(statement.share_interval->high, Rounding::up);
    return QStringLiteral(" (%1–%2)").arg(low.chopped(2), high);  // the unit once: "57–67 %"
}

QString bands_text(const std::vector<double>& bands) {
    QStringList list;
    for (const double band : bands) list << QString::number(std::lround(band));
    return list.join(QStringLiteral(", "));
}

QString filled(QString text, const Statement& statement, const Language& language) {
    const QString name = substance(statement.substance, language);
    text.replace(QStringLiteral("{substance}"), name);
    text.replace(QStringLiteral("{Substance}"), capitalised(name, language));
    text.replace(QStringLiteral("{interval}"), interval_text(statement));
    text.replace(QStringLiteral("{bands}"), bands_text(statement.bands_cm1));
    if (statement.share) text.replace(QStringLiteral("{share}"), percent(*statement.share, Rounding::nearest));
    if (statement.limit) text.replace(QStringLiteral("{limit}"), percent(*statement.limit, Rounding::up));
    if (statement.strip) {
        text.replace(QStringLiteral("{Strip}"), capitalised(strip_name(*statement.strip, language), language));
    }
    return text;
}

bool names_something(const acquisition::Verdict& verdict) {
    return std::ranges::any_of(verdict.found, [](const Statement& statement) {
        return statement.code == StatementCode::substance_found ||
               statement.code == StatementCode::substance_probable;
    });
}

}  // namespace

QString sentence(const Statement& statement, const Language& language) {
    const auto entry = std::ranges::find(texts, statement.code, &Text::code);
    const char* source = has_figure(statement) ? entry->known : entry->unknown;
    QString text = filled(language.translate("sentence", source), statement, language);
    if (statement.partly_covered) {
        text += QLatin1Char(' ') + language.translate("sentence", "Not every kind of it is in the library.");
    }
    return text;
}

QString heading(const acquisition::Verdict& verdict, bool compared, const Language& language) {
    using acquisition::Sign;
    QString text;
    switch (verdict.sign) {
        case Sign::dangerous: text = language.translate("heading", "Dangerous finding"); break;
        case Sign::different: text = language.translate("heading", "Different from what you expected"); break;
        case Sign::as_said: text = language.translate("heading", "As you said, limits apply"); break;
        case Sign::could_not_tell:
            text = compared || !names_something(verdict)
                       ? language.translate("heading", "We could not tell")
                       : language.translate("heading", "We were not told what it was sold as");
            break;
    }
    if (verdict.finished) return text;
    return text + QStringLiteral(" · ") + language.translate("heading", "not finished: use strips");
}

QString certainty_word(spectra::identify::Certainty certainty, const Language& language) {
    using spectra::identify::Certainty;
    switch (certainty) {
        case Certainty::found: return language.translate("certainty", "found");
        case Certainty::probable: return language.translate("certainty", "probably");
        case Certainty::could_not_tell: break;
    }
    return language.translate("certainty", "could not tell");
}

QString share_text(const Statement& statement, const Language& language) {
    if (!statement.share) return language.translate("sentence", "how much cannot be said");
    return filled(language.translate("sentence", "about {share} of what we could explain{interval}"), statement,
                  language);
}

QString strip_name(acquisition::StripKind kind, const Language& language) {
    using acquisition::StripKind;
    switch (kind) {
        case StripKind::fentanyl: return language.translate("strip", "fentanyl");
        case StripKind::nitazene: return language.translate("strip", "nitazene");
        case StripKind::benzodiazepine: break;
    }
    return language.translate("strip", "benzodiazepine");
}

QString capitalised(const QString& text, const Language& language) {
    return text.isEmpty() ? text : language.locale.toUpper(text.left(1)) + text.mid(1);
}

QString percent(double ratio, Rounding rounding) {
    if (!std::isfinite(ratio)) return QStringLiteral("?");
    // 0.07 * 100 is 7.000000000000001: what is that close to a whole number is that number.
    constexpr double close = 1e-9;
    const double value = ratio * 100.0;
    double whole = value > 0.0 ? std::max(std::round(value), 1.0) : 0.0;  // a little is never shown as none
    if (rounding == Rounding::down) whole = std::floor(value + close);
    if (rounding == Rounding::up) whole = std::ceil(value - close);
    return QString::number(static_cast<int>(std::clamp(whole, 0.0, 100.0))) + QChar(0x00a0) + QLatin1Char('%');
}

QString simulated_band(const Language& language) {
    Statement statement;
    statement.code = StatementCode::simulated;
    return sentence(statement, language);
}

}  // namespace singel::gui::wording
