#include "gui/wording/trouble.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <array>

namespace singel::gui::wording {
namespace {

using core::Fault;

struct Text {
    Fault fault;
    const char* what;
    const char* what_to_do;
};

constexpr std::array texts{
    Text{Fault::invalid_argument, QT_TRANSLATE_NOOP("trouble", "Something was asked that this instrument cannot do."),
         QT_TRANSLATE_NOOP("trouble", "Read the details below and start again with other settings.")},
    Text{Fault::not_found, QT_TRANSLATE_NOOP("trouble", "We could not find the instrument or a file."),
         QT_TRANSLATE_NOOP("trouble", "Check the cable and the power of the instrument, then try again.")},
    Text{Fault::permission_denied,
         QT_TRANSLATE_NOOP("trouble", "This computer does not let the program use the instrument or a file."),
         QT_TRANSLATE_NOOP("trouble", "Ask the person who looks after this computer for permission.")},
    Text{Fault::busy, QT_TRANSLATE_NOOP("trouble", "Another program is using the instrument or the records."),
         QT_TRANSLATE_NOOP("trouble", "Close the other program, then try again.")},
    Text{Fault::wrong_format, QT_TRANSLATE_NOOP("trouble", "A file is not what it should be."),
         QT_TRANSLATE_NOOP("trouble", "Choose another file, or bring the library in again.")},
    Text{Fault::wrong_technique, QT_TRANSLATE_NOOP("trouble", "The library is made for another kind of instrument."),
         QT_TRANSLATE_NOOP("trouble", "Choose a library for this instrument.")},
    Text{Fault::no_dark, QT_TRANSLATE_NOOP("trouble", "The dark measurement is missing."),
         QT_TRANSLATE_NOOP("trouble", "Try again; the dark is measured first.")},
    Text{Fault::saturated, QT_TRANSLATE_NOOP("trouble", "The sample gives too much light for the instrument."),
         QT_TRANSLATE_NOOP("trouble", "Use less of the sample or move it a little, then try again.")},
    Text{Fault::too_weak, QT_TRANSLATE_NOOP("trouble", "The sample gives too little light to measure."),
         QT_TRANSLATE_NOOP("trouble", "Check that the sample lies in the light spot, then try again.")},
    Text{Fault::interlock_open, QT_TRANSLATE_NOOP("trouble", "The laser may not go on: a door or the key is open."),
         QT_TRANSLATE_NOOP("trouble", "Close the cover and turn the key, then try again.")},
    Text{Fault::disk_full, QT_TRANSLATE_NOOP("trouble", "The disk is full."),
         QT_TRANSLATE_NOOP("trouble", "Make room on the disk, then try again. What was recorded before is kept.")},
    Text{Fault::cancelled, QT_TRANSLATE_NOOP("trouble", "The check was stopped."),
         QT_TRANSLATE_NOOP("trouble", "Start again when you are ready.")},
    Text{Fault::unsupported, QT_TRANSLATE_NOOP("trouble", "This program cannot do that yet."),
         QT_TRANSLATE_NOOP("trouble", "Read the details below.")},
    Text{Fault::disconnected, QT_TRANSLATE_NOOP("trouble", "The instrument was unplugged."),
         QT_TRANSLATE_NOOP("trouble", "Plug it in again, then try again. The laser counts as on until then.")},
    Text{Fault::timed_out, QT_TRANSLATE_NOOP("trouble", "The instrument does not answer."),
         QT_TRANSLATE_NOOP("trouble", "Unplug it, wait a moment, plug it in again, then try again.")},
    Text{Fault::stalled, QT_TRANSLATE_NOOP("trouble", "The instrument refused what it was asked."),
         QT_TRANSLATE_NOOP("trouble", "Unplug it, wait a moment, plug it in again, then try again.")},
    Text{Fault::protocol, QT_TRANSLATE_NOOP("trouble", "The instrument gave an answer that makes no sense."),
         QT_TRANSLATE_NOOP("trouble", "Unplug it, wait a moment, plug it in again, then try again.")},
    Text{Fault::laser_unverified, QT_TRANSLATE_NOOP("trouble", "The laser may still be on."),
         QT_TRANSLATE_NOOP("trouble", "Do not look into it. Turn the key or pull the plug of the instrument now.")},
    Text{Fault::input_output, QT_TRANSLATE_NOOP("trouble", "This computer could not read or write what was needed."),
         QT_TRANSLATE_NOOP("trouble", "Try again. If it stays, call the person who looks after this computer.")},
};

}  // namespace

Trouble trouble(const core::Error& error, const Language& language) {
    const auto text = std::ranges::find(texts, error.fault, &Text::fault);
    return {language.translate("trouble", text->what), language.translate("trouble", text->what_to_do),
            QString::fromStdString(error.sentence())};
}

}  // namespace singel::gui::wording
