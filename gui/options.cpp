#include "gui/options.hpp"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace singel::gui {
namespace {

namespace core = spectra::core;
using core::Fault;

// What lies on the stage of the demonstration: two starter library substances, with some fluorescence.
constexpr auto demonstration_model = "WP-785";
constexpr auto demonstration_scene = "caffeine:60,paracetamol:40,fluorescence=0.5";

constexpr auto licence =
    "Singel's window, GPL-3.0-or-later (Qt Charts is GPL-3). Without any warranty.\n"
    "The rest of Singel is Apache-2.0.\n";

void declare(QCommandLineParser& parser) {
    parser.setApplicationDescription("Checks one sample at a time. GPL-3.0-or-later.");
    parser.addOptions({
        {{"h", "help"}, "shows this text"},
        {{"v", "version"}, "shows version and licence"},
        {"virtual", "a virtual instrument instead of the attached one: WP-785, WP-785XS, USB2000+", "MODEL"},
        {"scene", "what lies on its stage: a spectrum file or a mixture such as caffeine:60,paracetamol:40", "TEXT"},
        {"library", "reference library; the starter library when left out", "LIB"},
        {"language", "language of the screen: en, nl", "xx"},
        {"dark", "dark colours"},
        {"size", "size of the window", "WxH", "1280x800"},
        {"screenshot", "makes one check on a virtual instrument, saves the result screen and ends", "FILE.png"},
        {"screenshot-live", "the same while it measures", "FILE.png"},
    });
}

core::Result<QSize> size_from(const QString& text) {
    const QStringList parts = text.split('x');
    bool wide = false, high = false;
    const QSize size(parts.value(0).toInt(&wide), parts.value(1).toInt(&high));
    if (parts.size() == 2 && wide && high && size.width() >= 320 && size.height() >= 240 && size.width() <= 8000 &&
        size.height() <= 8000) {
        return size;
    }
    return core::failure(Fault::invalid_argument, "'" + text.toStdString() + "' is not a size", "--size",
                         "Write it as 1280x800, from 320x240 to 8000x8000.");
}

acquisition::Plan plan_from(const QCommandLineParser& parser, bool for_a_picture) {
    acquisition::Plan plan;
    plan.has_key = true;  // a person sits here
    plan.library_path = parser.value("library").toStdString();
    plan.instrument.virtual_model = parser.value("virtual").toStdString();
    if (for_a_picture && plan.instrument.virtual_model.empty()) plan.instrument.virtual_model = demonstration_model;
    if (plan.instrument.virtual_model.empty()) return plan;
    plan.instrument.scene = parser.isSet("scene") ? parser.value("scene").toStdString() : demonstration_scene;
    plan.instrument.scene_library = plan.library_path;
    plan.instrument.virtual_time = parser.isSet("screenshot");
    return plan;
}

}  // namespace

core::Result<Options> read_options(const QStringList& arguments) {
    QCommandLineParser parser;
    declare(parser);
    if (!parser.parse(arguments)) {
        return core::failure(Fault::invalid_argument, parser.errorText().remove(QChar('.')).toStdString(), {},
                             "See singel-gui --help.");
    }
    Options options;
    if (parser.isSet("help")) options.just_print = parser.helpText();
    if (parser.isSet("version")) {
        options.just_print = QStringLiteral("singel-gui %1\n").arg(QCoreApplication::applicationVersion()) + licence;
    }
    if (!parser.positionalArguments().isEmpty()) {
        return core::failure(Fault::invalid_argument,
                             "'" + parser.positionalArguments().first().toStdString() + "' is not an option", {},
                             "See singel-gui --help.");
    }
    if (parser.isSet("scene") && !parser.isSet("virtual") && !parser.isSet("screenshot") &&
        !parser.isSet("screenshot-live")) {
        return core::failure(Fault::invalid_argument, "a scene needs a virtual instrument", "--scene",
                             "Give --virtual MODEL too.");
    }
    options.language = wording::system_language();
    if (parser.isSet("language")) {
        auto language = wording::language_named(parser.value("language").toStdString());
        if (!language) return tl::unexpected(language.error());
        options.language = std::move(*language);
    }
    const auto size = size_from(parser.value("size"));
    if (!size) return tl::unexpected(size.error());
    options.size = *size;
    options.dark = parser.isSet("dark");
    options.screenshot = parser.value("screenshot");
    options.screenshot_live = parser.value("screenshot-live");
    options.plan = plan_from(parser, options.for_a_picture());
    return options;
}

}  // namespace singel::gui
