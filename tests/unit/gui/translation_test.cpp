#include <QFile>
#include <QRegularExpression>
#include <QXmlStreamReader>
#include <gtest/gtest.h>

#include "gui/wording/language.hpp"

// The translation files themselves, as translators write them.
namespace singel::gui::wording {
namespace {

struct Message {
    QString context, source, translation, type;
};

std::vector<Message> messages_of(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return {};
    std::vector<Message> out;
    QString context;
    for (QXmlStreamReader xml(&file); !xml.atEnd(); xml.readNext()) {
        if (!xml.isStartElement()) continue;
        if (xml.name() == QLatin1String("name")) context = xml.readElementText();
        if (xml.name() == QLatin1String("source")) out.push_back({context, xml.readElementText(), {}, {}});
        if (xml.name() == QLatin1String("translation") && !out.empty()) {
            out.back().type = xml.attributes().value("type").toString();
            out.back().translation = xml.readElementText();
        }
    }
    return out;
}

QStringList placeholders(const QString& text) {
    QStringList found;
    auto all = QRegularExpression("\\{[A-Za-z]+\\}|%\\d").globalMatch(text);
    while (all.hasNext()) found << all.next().captured().toLower();
    found.sort();
    return found;
}

class EveryTranslation : public testing::TestWithParam<const char*> {
protected:
    std::vector<Message> messages() const {
        return messages_of(QStringLiteral(SINGEL_TRANSLATIONS "/singel_%1.ts").arg(GetParam()));
    }
};

TEST_P(EveryTranslation, IsComplete) {
    ASSERT_GT(messages().size(), 100U);
    for (const Message& message : messages()) {
        EXPECT_EQ(message.type.toStdString(), "") << message.source.toStdString();
        EXPECT_FALSE(message.translation.isEmpty()) << message.source.toStdString();
    }
}

TEST_P(EveryTranslation, KeepsEachPlaceholder) {
    for (const Message& message : messages()) {
        EXPECT_EQ(placeholders(message.source), placeholders(message.translation)) << message.source.toStdString();
    }
}

// No text may call a sample safe, pure or free of something. "at all" and the like are about the test, not the
// sample.
TEST_P(EveryTranslation, UsesNoBannedWord) {
    const QRegularExpression banned(
        "\\b(safe|safely|safety|pure|purity|absent|absence|negative|veilig|veilige|veiligheid|zuiver|zuivere|"
        "zuiverheid|puur|pure|afwezig|afwezigheid|negatief|positief|positive)\\b",
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    for (const Message& message : messages()) {
        EXPECT_FALSE(banned.match(message.source).hasMatch()) << message.source.toStdString();
        EXPECT_FALSE(banned.match(message.translation).hasMatch()) << message.translation.toStdString();
    }
}

// Buttons and headings stay within their place: at most 1.6 times the source, or 8 letters more for short ones.
TEST_P(EveryTranslation, IsNotMuchLongerThanItsSource) {
    for (const Message& message : messages()) {
        const auto room = std::max<qsizetype>(message.source.size() + 8, message.source.size() * 16 / 10);
        EXPECT_LE(message.translation.size(), room) << message.translation.toStdString();
    }
}

INSTANTIATE_TEST_SUITE_P(AllButEnglish, EveryTranslation, testing::Values("nl"));

TEST(Languages, EachHasItsFileAndCanBeRead) {
    for (const LanguageEntry& entry : languages()) {
        EXPECT_TRUE(language_named(entry.code)) << entry.code;
    }
}

}  // namespace
}  // namespace singel::gui::wording
