#include "gui/wording/hidden.hpp"

#include "gui/wording/sentence.hpp"

namespace singel::gui::wording {
namespace {

using acquisition::Statement;

QString with_names(const QString& text, const QStringList& names) {
    return names.isEmpty() ? QString() : QString(text).replace(QStringLiteral("{names}"), names.join(", "));
}

}  // namespace

QString not_recognisable_list(const acquisition::Verdict& verdict, const Language& language) {
    QStringList names;
    for (const Statement& statement : verdict.unrecognisable) names << substance(statement.substance, language);
    return with_names(language.translate("hidden", "This test cannot recognise at all: {names}."), names);
}

QString limits_list(const acquisition::Verdict& verdict, const Language& language) {
    QStringList names;
    for (const Statement& statement : verdict.hidden) {
        if (!statement.limit) continue;
        names << substance(statement.substance, language) + QChar(0x00a0) + percent(*statement.limit, Rounding::up);
    }
    return with_names(language.translate("hidden", "Less than this part of the signal can be hidden: {names}."),
                      names);
}

QString unknown_limits_list(const acquisition::Verdict& verdict, const Language& language) {
    QStringList names;
    for (const Statement& statement : verdict.hidden) {
        if (!statement.limit) names << substance(statement.substance, language);
    }
    return with_names(language.translate("hidden", "Not seen, and how much can be hidden is not known: {names}."),
                      names);
}

QString partly_covered_list(const acquisition::Verdict& verdict, const Language& language) {
    QStringList names;
    for (const Statement& statement : verdict.hidden) {
        if (statement.partly_covered) names << substance(statement.substance, language);
    }
    return with_names(language.translate("hidden", "Not every kind of these is in the library: {names}."), names);
}

QStringList hidden_paragraphs(const acquisition::Verdict& verdict, const Language& language) {
    QStringList all{not_recognisable_list(verdict, language), limits_list(verdict, language),
                    unknown_limits_list(verdict, language), partly_covered_list(verdict, language)};
    all.removeAll(QString());
    return all;
}

}  // namespace singel::gui::wording
