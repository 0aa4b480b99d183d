#include <QApplication>
#include <QFileDialog>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <cstdio>
#include <memory>

#include "acquisition/runtime/runtime.hpp"
#include "gui/bridge.hpp"
#include "gui/options.hpp"
#include "gui/screenshot.hpp"
#include "gui/style/fonts.hpp"
#include "gui/style/style_sheet.hpp"
#include "gui/views/main_window.hpp"

// singel-gui: puts runtime, session, bridge and window together. Exit codes as in the command line's contract.
namespace {

using namespace singel;

int report(const spectra::core::Error& error) {
    std::fprintf(stderr, "singel-gui: %s\n", error.sentence().c_str());
    return spectra::core::person_can_act(error.fault) ? 2 : 3;
}

// Qt ends the program with an abort when there is no display: say it in words before.
bool display_available() {
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") ||
           !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
}

QString ask_file(QWidget* parent) {
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    // Qt's own dialog: the desktop's would put the card on its list of recent documents.
    return QFileDialog::getSaveFileName(parent, QFileDialog::tr("Result card"), folder + "/card.pdf",
                                        QStringLiteral("PDF (*.pdf)"), nullptr, QFileDialog::DontUseNativeDialog);
}

int run(QApplication& application, gui::Options options) {
    if (options.language.translator) QCoreApplication::installTranslator(options.language.translator.get());
    const gui::style::Palette palette = options.dark ? gui::style::dark() : gui::style::light();
    application.setFont(gui::style::screen_font());
    application.setStyleSheet(gui::style::style_sheet(palette));
    const QTemporaryDir scratch;  // a check for a picture leaves no record behind
    if (options.for_a_picture()) options.plan.store_path = scratch.path().toStdString();

    acquisition::Runtime runtime(acquisition::Runtime::Loop::own_thread);
    gui::Bridge bridge;
    gui::SessionCommands commands(runtime, bridge);
    gui::MainWindow window(commands, {options.plan, options.language, palette, ask_file});
    QObject::connect(&bridge, &gui::Bridge::snapshot_arrived, &window, &gui::MainWindow::show_snapshot);
    window.resize(options.size);
    window.show();
    std::unique_ptr<gui::Screenshot> screenshot;
    if (options.for_a_picture()) {
        using Of = gui::Screenshot::Of;
        const bool result = !options.screenshot.isEmpty();
        screenshot =
            std::make_unique<gui::Screenshot>(window, commands, options.plan, result ? Of::result : Of::measuring,
                                              result ? options.screenshot : options.screenshot_live);
        QObject::connect(&bridge, &gui::Bridge::snapshot_arrived, screenshot.get(), &gui::Screenshot::see);
    }
    commands.connect(options.plan.instrument);
    return QApplication::exec();
}

}  // namespace

int main(int argc, char** argv) {
    QStringList arguments;
    for (int i = 0; i < argc; ++i) arguments << QString::fromLocal8Bit(argv[i]);
    QCoreApplication::setApplicationName("singel-gui");
    QCoreApplication::setApplicationVersion(SINGEL_VERSION);
    try {
        auto options = gui::read_options(arguments);
        if (!options) return report(options.error());
        if (!options->just_print.isEmpty()) {
            std::fputs(options->just_print.toUtf8().constData(), stdout);
            return 0;
        }
        if (!display_available()) {
            if (!options->for_a_picture()) {
                return report({spectra::core::Fault::not_found, "there is no display to open a window on",
                               "singel-gui", "Start it on a desktop, or use: singel check."});
            }
            qputenv("QT_QPA_PLATFORM", "offscreen");
        }
        QApplication application(argc, argv);
        return run(application, std::move(*options));
    } catch (const spectra::core::Failure& failure) {
        return report(failure.error());
    } catch (const std::exception& bug) {
        std::fprintf(stderr, "singel-gui: a bug of ours: %s\n", bug.what());
        return 4;
    }
}
