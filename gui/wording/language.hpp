#pragma once

#include <QLocale>
#include <QString>
#include <QStringList>
#include <QTranslator>
#include <memory>
#include <string_view>
#include <vector>

#include "spectra/core/result.hpp"

namespace singel::gui::wording {

namespace core = spectra::core;

// A language in which every sentence exists. A value: screen and card may each have their own.
struct Language {
    QString code;                             // ISO 639-1
    QLocale locale;                           // for dates and numbers
    std::shared_ptr<QTranslator> translator;  // none for English, the language of the source text

    // The text in this language; the source text itself where no translation is needed. lupdate finds its calls.
    QString translate(const char* context, const char* source) const;
};

struct LanguageEntry {
    const char* code;
    const char* own_name;  // as its speakers write it, UTF-8
};

const std::vector<LanguageEntry>& languages();

// Refuses a language that is not complete here, naming those that are.
core::Result<Language> language_named(std::string_view code);

Language english();

// The language of the system's locale where it is complete here, else English.
Language system_language();

}  // namespace singel::gui::wording
