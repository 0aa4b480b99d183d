#pragma once

#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QTest>

#include "gui/views/main_window.hpp"
#include "tests/support/gui_samples.hpp"

// The real window, and what a person sees and presses in it.
namespace singel::tests {

inline gui::WindowSettings settings(const QString& card = {}, const char* language = "en") {
    return {
        {}, gui::wording::language_named(language).value(), gui::style::light(), [card](QWidget*) { return card; }};
}

// All text that is on screen now, in one string; no-break spaces as spaces.
inline QString text_on(const QWidget& window) {
    QStringList texts;
    for (const QLabel* label : window.findChildren<QLabel*>()) {
        if (label->isVisible()) texts << label->text();
    }
    return texts.join('\n').replace(QChar(0x00a0), ' ');
}

inline QPushButton* button(const QWidget& window, const QString& text) {
    for (QPushButton* candidate : window.findChildren<QPushButton*>()) {
        if (candidate->isVisible() && candidate->text() == text) return candidate;
    }
    return nullptr;
}

// Presses a button as a mouse does; false when it is not there or cannot be pressed.
inline bool press(const QWidget& window, const QString& text) {
    QPushButton* found = button(window, text);
    if (!found || !found->isEnabled()) return false;
    QTest::mouseClick(found, Qt::LeftButton);
    return true;
}

// Lets layouts settle: a change passes up one level an event.
inline void settle() {
    for (int level = 0; level < 8; ++level) QCoreApplication::processEvents();
}

// For whoever wants to look: pictures of the screens, when SINGEL_SCREENSHOTS names a folder.
inline void keep_picture(QWidget& window, const QString& name) {
    const QString folder = qEnvironmentVariable("SINGEL_SCREENSHOTS");
    settle();
    if (!folder.isEmpty()) window.grab().save(folder + '/' + name + ".png");
}

inline void keep_card(const QByteArray& pdf, const QString& name) {
    const QString folder = qEnvironmentVariable("SINGEL_SCREENSHOTS");
    QFile file(folder + '/' + name + ".pdf");
    if (!folder.isEmpty() && file.open(QIODevice::WriteOnly)) file.write(pdf);
}

}  // namespace singel::tests
