#include "gui/wording/language.hpp"

#include <algorithm>

namespace singel::gui::wording {

QString Language::translate(const char* context, const char* source) const {
    if (translator) {
        const QString text = translator->translate(context, source);
        if (!text.isEmpty()) return text;
    }
    return QString::fromUtf8(source);
}

const std::vector<LanguageEntry>& languages() {
    static const std::vector<LanguageEntry> all{{"en", "English"}, {"nl", "Nederlands"}};
    return all;
}

Language english() {
    return {QStringLiteral("en"), QLocale(QLocale::English, QLocale::UnitedKingdom), nullptr};
}

core::Result<Language> language_named(std::string_view code) {
    std::string known;
    for (const LanguageEntry& entry : languages()) known += (known.empty() ? "" : ", ") + std::string(entry.code);
    const auto found =
        std::ranges::find_if(languages(), [&](const LanguageEntry& entry) { return code == entry.code; });
    if (found == languages().end()) {
        return core::failure(core::Fault::invalid_argument, "there is no language '" + std::string(code) + "' here",
                             "--language", "Use one of: " + known + ".");
    }
    if (code == "en") return english();
    const QString name = QString::fromUtf8(found->code);
    auto translator = std::make_shared<QTranslator>();
    if (!translator->load(QStringLiteral(":/i18n/singel_") + name + QStringLiteral(".qm"))) {
        return core::failure(core::Fault::wrong_format, "the translation '" + std::string(code) + "' cannot be read",
                             "built-in resources", "Build the program again.");
    }
    return Language{name, QLocale(name), std::move(translator)};
}

Language system_language() {
    const std::string code = QLocale::system().name().left(2).toStdString();
    auto language = language_named(code);
    return language ? std::move(*language) : english();
}

}  // namespace singel::gui::wording
