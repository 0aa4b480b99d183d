#pragma once

#include <QString>

#include "gui/wording/language.hpp"
#include "spectra/core/result.hpp"

namespace singel::gui::wording {

// An error in plain words: what happened and what to do, in the person's language, and the technical detail (English,
// as the program's other parts wrote it) for whoever is called for help.
struct Trouble {
    QString what;
    QString what_to_do;
    QString detail;
};

Trouble trouble(const core::Error& error, const Language& language);

}  // namespace singel::gui::wording
