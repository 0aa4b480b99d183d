#include <QApplication>
#include <gtest/gtest.h>

#include "gui/style/fonts.hpp"
#include "gui/style/style_sheet.hpp"

// A test program with a real QApplication that needs no display.
int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_FONT_DPI", "96");
    ::testing::InitGoogleTest(&argc, argv);
    QApplication application(argc, argv);
    application.setFont(singel::gui::style::screen_font());
    application.setStyleSheet(singel::gui::style::style_sheet(singel::gui::style::light()));
    return RUN_ALL_TESTS();
}
