#include <QCommandLineParser>
#include <QFile>
#include <QGuiApplication>
#include <cstdio>

#include "acquisition/record_json.hpp"
#include "gui/card/card.hpp"

// singel-card: one record as JSON in, one result card as PDF out. Exit codes as in the command line's contract:
// 0 done, 2 wrong usage or input (or a full disk), 3 the machine failed, 4 a bug of ours.
namespace {

using singel::spectra::core::Error;
using singel::spectra::core::Fault;
namespace core = singel::spectra::core;

constexpr qint64 largest_record = 16 << 20;  // a record without frames has some 100 kB

// Qt says on standard error that it helps itself when nobody logged in gave it a folder for sockets: not our errand.
void without_noise(QtMsgType, const QMessageLogContext&, const QString& text) {
    if (!text.contains("XDG_RUNTIME_DIR")) std::fprintf(stderr, "singel-card: %s\n", qUtf8Printable(text));
}

int report(const Error& error) {
    std::fprintf(stderr, "singel-card: %s\n", error.sentence().c_str());
    return core::person_can_act(error.fault) ? 2 : 3;
}

core::Result<QByteArray> read_record(const QString& path) {
    QFile file(path);
    const bool from_stdin = path.isEmpty() || path == QLatin1String("-");
    const bool open = from_stdin ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    const std::string where = from_stdin ? "standard input" : path.toStdString();
    if (!open) return core::failure(Fault::not_found, "the record cannot be read", where, "Check the path.");
    const QByteArray text = file.read(largest_record + 1);
    if (text.isEmpty()) return core::failure(Fault::wrong_format, "the record is empty", where);
    if (text.size() > largest_record) {
        return core::failure(Fault::wrong_format, "the record is larger than 16 MiB", where, "Leave the frames out.");
    }
    return text;
}

core::Result<void> make_card(const QCommandLineParser& options) {
    if (!options.isSet("output")) {
        return core::failure(Fault::invalid_argument, "nothing says where the card goes", "--output",
                             "Give --output FILE.pdf.");
    }
    if (options.positionalArguments().size() > 1) {
        return core::failure(Fault::invalid_argument, "more than one record was given", "FILE", "Give one.");
    }
    const auto language = singel::gui::wording::language_named(options.value("language").toStdString());
    if (!language) return tl::unexpected(language.error());
    const auto text = read_record(options.positionalArguments().value(0));
    if (!text) return tl::unexpected(text.error());
    const auto record =
        singel::acquisition::record_from_json({text->constData(), static_cast<std::size_t>(text->size())});
    if (!record) return tl::unexpected(record.error());
    return singel::gui::card::write(*record, *language, options.value("output"));
}

}  // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");  // it draws on paper only and needs no display
    qInstallMessageHandler(without_noise);
    const QGuiApplication application(argc, argv);
    QCoreApplication::setApplicationName("singel-card");
    QCoreApplication::setApplicationVersion(SINGEL_VERSION);
    QCommandLineParser options;
    options.setApplicationDescription("Makes a result card (PDF, A6) of one record (JSON). GPL-3.0-or-later.");
    const auto help = options.addHelpOption();
    const auto version = options.addVersionOption();
    options.addPositionalArgument("FILE", "the record; standard input when left out or -", "[FILE]");
    options.addOption({"language", "language of the card: en, nl", "xx", "en"});
    options.addOption({"output", "the card", "FILE.pdf"});
    if (!options.parse(QCoreApplication::arguments())) {
        return report({Fault::invalid_argument,
                       options.errorText().remove(QChar('.')).toStdString(),
                       {},
                       "See singel-card --help."});
    }
    if (options.isSet(help)) options.showHelp(0);
    if (options.isSet(version)) options.showVersion();
    try {
        const auto made = make_card(options);
        return made ? 0 : report(made.error());
    } catch (const std::exception& bug) {
        std::fprintf(stderr, "singel-card: a bug of ours: %s\n", bug.what());
        return 4;
    }
}
