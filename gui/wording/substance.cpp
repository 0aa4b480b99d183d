#include <QCoreApplication>
#include <array>

#include "gui/wording/sentence.hpp"

namespace singel::gui::wording {
namespace {

// Names that have another spelling in other languages. Any other name is shown as the library has it. lupdate reads
// the list here; translators fill it in the language's file.
[[maybe_unused]] constexpr std::array translated_names{
    QT_TRANSLATE_NOOP("substance", "2-fluorodeschloroketamine"),
    QT_TRANSLATE_NOOP("substance", "acetaminophen"),
    QT_TRANSLATE_NOOP("substance", "acetic acid"),
    QT_TRANSLATE_NOOP("substance", "acetone"),
    QT_TRANSLATE_NOOP("substance", "alanine"),
    QT_TRANSLATE_NOOP("substance", "amphetamine"),
    QT_TRANSLATE_NOOP("substance", "arginine"),
    QT_TRANSLATE_NOOP("substance", "ascorbic acid"),
    QT_TRANSLATE_NOOP("substance", "benzocaine"),
    QT_TRANSLATE_NOOP("substance", "benzodiazepines"),
    QT_TRANSLATE_NOOP("substance", "caffeine"),
    QT_TRANSLATE_NOOP("substance", "calcium carbonate"),
    QT_TRANSLATE_NOOP("substance", "carfentanil"),
    QT_TRANSLATE_NOOP("substance", "citric acid anhydrate"),
    QT_TRANSLATE_NOOP("substance", "citric acid monohydrate"),
    QT_TRANSLATE_NOOP("substance", "citric acid"),
    QT_TRANSLATE_NOOP("substance", "cocaine"),
    QT_TRANSLATE_NOOP("substance", "dichloromethane"),
    QT_TRANSLATE_NOOP("substance", "dimethylsulfoxide"),
    QT_TRANSLATE_NOOP("substance", "ethanol"),
    QT_TRANSLATE_NOOP("substance", "ethyl acetate"),
    QT_TRANSLATE_NOOP("substance", "fentanyl analogues"),
    QT_TRANSLATE_NOOP("substance", "fentanyl"),
    QT_TRANSLATE_NOOP("substance", "fentanyls"),
    QT_TRANSLATE_NOOP("substance", "fructose"),
    QT_TRANSLATE_NOOP("substance", "glucose"),
    QT_TRANSLATE_NOOP("substance", "glycerol"),
    QT_TRANSLATE_NOOP("substance", "glycine"),
    QT_TRANSLATE_NOOP("substance", "heroin"),
    QT_TRANSLATE_NOOP("substance", "hydrocortisone"),
    QT_TRANSLATE_NOOP("substance", "isopropanol"),
    QT_TRANSLATE_NOOP("substance", "ketamine"),
    QT_TRANSLATE_NOOP("substance", "lactose"),
    QT_TRANSLATE_NOOP("substance", "levamisole"),
    QT_TRANSLATE_NOOP("substance", "lidocaine"),
    QT_TRANSLATE_NOOP("substance", "magnesium stearate"),
    QT_TRANSLATE_NOOP("substance", "mannitol"),
    QT_TRANSLATE_NOOP("substance", "medetomidine"),
    QT_TRANSLATE_NOOP("substance", "metamizole"),
    QT_TRANSLATE_NOOP("substance", "methadone"),
    QT_TRANSLATE_NOOP("substance", "methamphetamine"),
    QT_TRANSLATE_NOOP("substance", "methanol"),
    QT_TRANSLATE_NOOP("substance", "methyl parabene"),
    QT_TRANSLATE_NOOP("substance", "morphine"),
    QT_TRANSLATE_NOOP("substance", "nitazenes"),
    QT_TRANSLATE_NOOP("substance", "oxycodone"),
    QT_TRANSLATE_NOOP("substance", "paracetamol"),
    QT_TRANSLATE_NOOP("substance", "phenacetin"),
    QT_TRANSLATE_NOOP("substance", "polyethylene glycol"),
    QT_TRANSLATE_NOOP("substance", "polyethylene"),
    QT_TRANSLATE_NOOP("substance", "polypropylene"),
    QT_TRANSLATE_NOOP("substance", "polystyrene"),
    QT_TRANSLATE_NOOP("substance", "procaine"),
    QT_TRANSLATE_NOOP("substance", "sodium acetate"),
    QT_TRANSLATE_NOOP("substance", "sodium bicarbonate"),
    QT_TRANSLATE_NOOP("substance", "sodium carbonate"),
    QT_TRANSLATE_NOOP("substance", "sodium hydrogen citrate"),
    QT_TRANSLATE_NOOP("substance", "sodium sulfate"),
    QT_TRANSLATE_NOOP("substance", "starch"),
    QT_TRANSLATE_NOOP("substance", "sucrose"),
    QT_TRANSLATE_NOOP("substance", "synthetic cannabinoids"),
    QT_TRANSLATE_NOOP("substance", "synthetic cathinones"),
    QT_TRANSLATE_NOOP("substance", "thiamine"),
    QT_TRANSLATE_NOOP("substance", "toluene"),
    QT_TRANSLATE_NOOP("substance", "urea"),
    QT_TRANSLATE_NOOP("substance", "xylazine"),
};

}  // namespace

QString substance(const std::string& name, const Language& language) {
    const QString own = QString::fromStdString(name);
    if (!language.translator) return own;
    const QString text = language.translator->translate("substance", own.toLower().toUtf8().constData());
    return text.isEmpty() ? own : text;
}

}  // namespace singel::gui::wording
