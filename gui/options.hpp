#pragma once

#include <QSize>
#include <QString>
#include <QStringList>

#include "acquisition/plan.hpp"
#include "gui/wording/language.hpp"
#include "spectra/core/result.hpp"

namespace singel::gui {

// What singel-gui was asked on its command line.
struct Options {
    acquisition::Plan plan;
    wording::Language language;
    bool dark = false;
    QSize size{1280, 800};
    QString screenshot;       // of the result; empty: none
    QString screenshot_live;  // of the measurement; empty: none
    QString just_print;       // help or version: print it and end

    bool for_a_picture() const { return !screenshot.isEmpty() || !screenshot_live.isEmpty(); }
};

// arguments with the program's name first. Refuses unknown options, languages and sizes.
spectra::core::Result<Options> read_options(const QStringList& arguments);

}  // namespace singel::gui
