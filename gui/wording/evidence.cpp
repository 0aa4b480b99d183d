#include "gui/wording/evidence.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "gui/wording/sentence.hpp"

namespace singel::gui::wording {
namespace {

using spectra::identify::Account;
using spectra::identify::AccountBand;
using spectra::identify::BandSays;
using spectra::identify::QualityMessage;
using spectra::identify::Rival;
using spectra::identify::RivalFit;

constexpr double many_times = 20.0;  // beyond it the figure itself says nothing more

QString filled(QString text, const QString& place, const QString& value) {
    return text.replace(place, value);
}

QString bands_that(BandSays says, const Account& account) {
    QStringList bands;
    for (const AccountBand& band : account.bands)
        if (band.says == says) bands << QString::number(std::lround(band.at_cm1));
    return bands.join(QStringLiteral(", "));
}

QString bands_there(const Account& account, const Language& language) {
    const auto there = std::ranges::count(account.bands, BandSays::for_it, &AccountBand::says);
    if (there == 0) return language.translate("evidence", "None of its strongest bands stands out by itself.");
    QString text = language.translate("evidence", "{there} of its {all} strongest bands are there: {bands} cm⁻¹.");
    text.replace(QStringLiteral("{there}"), QString::number(there));
    text.replace(QStringLiteral("{all}"), QString::number(account.bands.size()));
    return filled(text, QStringLiteral("{bands}"), bands_that(BandSays::for_it, account));
}

QString left_over(const std::string& name, const Account& account, const Language& language) {
    const double times = account.left_without / std::max(account.left_with, 1e-300);
    QString text;
    if (times >= many_times) {
        text = language.translate("evidence", "Without {name} many times as much stays unexplained.");
    } else if (times >= 1.5) {
        text = language.translate("evidence", "Without {name} about {times} times as much stays unexplained.");
    } else {
        text = language.translate("evidence", "Without {name} hardly more stays unexplained.");
    }
    text.replace(QStringLiteral("{times}"), QString::number(std::lround(times)));
    return filled(text, QStringLiteral("{name}"), substance(name, language));
}

QString about_rival(const Rival& rival, const Language& language) {
    QString text;
    switch (rival.fit) {
        case RivalFit::as_well:
            text = language.translate("evidence", "{name} would explain the scan as well: it can be that instead.");
            break;
        case RivalFit::worse:
            text = language.translate("evidence", "{name} would explain the scan less well.");
            break;
        case RivalFit::far_worse:
            text = language.translate("evidence", "{name} would explain the scan far less well.");
            break;
    }
    return filled(text, QStringLiteral("{name}"), capitalised(substance(rival.name, language), language));
}

}  // namespace

QString evidence_heading(const std::string& name, const Language& language) {
    return filled(language.translate("evidence", "Why {name}?"), QStringLiteral("{name}"), substance(name, language));
}

QStringList evidence_sentences(const std::string& name, const Account& account, const Language& language) {
    QStringList all{bands_there(account, language)};
    const QString missing = bands_that(BandSays::against_it, account);
    if (!missing.isEmpty())
        all << filled(language.translate("evidence", "These should be there and we did not see them: {bands} cm⁻¹."),
                      QStringLiteral("{bands}"), missing);
    all << left_over(name, account, language);
    for (const Rival& rival : account.rivals) all << about_rival(rival, language);
    if (account.rivals.empty())
        all << language.translate("evidence", "No other substance of this library could stand in its place.");
    return all;
}

QString quality_sentence(QualityMessage message, const Language& language) {
    switch (message) {
        case QualityMessage::too_weak: return language.translate("quality", "The signal is too weak.");
        case QualityMessage::saturated: return language.translate("quality", "The detector was saturated.");
        case QualityMessage::fluorescent:
            return language.translate("quality", "Fluorescence covers most of the signal.");
        case QualityMessage::short_range:
            return language.translate("quality", "The scan covers only a part of what is compared.");
        case QualityMessage::processed_by_others:
            return language.translate("quality", "The scan was processed before: no limits can be given.");
        case QualityMessage::depth_matched:
            return language.translate("quality", "The scan was weighted by wavenumber to match the library.");
        case QualityMessage::not_learned:
            return language.translate("quality",
                                      "How sure a name is was not learned on two instruments of this kind.");
        case QualityMessage::few_frames: return language.translate("quality", "Too few frames to judge the noise.");
    }
    return {};
}

}  // namespace singel::gui::wording
