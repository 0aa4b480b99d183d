#pragma once

#include <QString>
#include <QStringList>

#include "gui/wording/language.hpp"
#include "spectra/identify/account.hpp"
#include "spectra/identify/identification.hpp"

// Why a substance was named, and what is to be known of the scan, in plain words.
namespace singel::gui::wording {

QString evidence_heading(const std::string& name, const Language& language);  // "Why caffeine?"

// How many of its bands are there and which are not, what is left without it, what else could stand in its place.
QStringList evidence_sentences(const std::string& name, const spectra::identify::Account& account,
                               const Language& language);

QString quality_sentence(spectra::identify::QualityMessage message, const Language& language);

}  // namespace singel::gui::wording
