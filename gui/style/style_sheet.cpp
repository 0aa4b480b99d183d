#include "gui/style/style_sheet.hpp"

namespace singel::gui::style {
namespace {

// Colours are named by their role in braces; sizes follow fonts.hpp and the 8 px grid.
constexpr auto sheet = R"(
QWidget { color: {ink}; background: transparent; font-size: 16px; }
QMainWindow, QDialog, QMessageBox, QWidget[look="room"] { background: {paper}; }
QFrame[look="top"] { background: {surface}; border: none; border-bottom: 1px solid {hairline}; }
QFrame[look="card"] { background: {surface}; border: 1px solid {hairline}; border-radius: 16px; }
QFrame[look="verdict"] { background: {surface}; border: 1px solid {hairline}; border-radius: 16px; }
QFrame[look="rule"] { background: {hairline}; border: none; min-height: 1px; max-height: 1px; }
QLabel[look="brand"] { font-size: 22px; font-weight: 700; }
QLabel[look="title"] { font-size: 28px; font-weight: 700; }
QLabel[look="heading"] { font-size: 18px; font-weight: 700; }
QLabel[look="finding"] { font-size: 22px; font-weight: 700; }
QLabel[look="certainty"] { font-size: 20px; font-weight: 600; }
QLabel[look="said"] { font-size: 20px; }
QLabel[look="quiet"] { color: {ink_soft}; }
QLabel[look="pill"] { background: {quiet}; border-radius: 16px; padding: 6px 14px; }
QLabel[look="band"] { background: {band_back}; font-size: 18px; font-weight: 700; padding: 8px;
    border-top: 2px solid {ochre}; border-bottom: 2px solid {ochre}; }
QLabel[look="laser-off"] { color: {on_dark}; background: {ink}; border-radius: 16px; padding: 6px 14px; }
QLabel[look="laser-on"] { color: {on_dark}; background: {red}; border-radius: 16px; padding: 6px 14px;
    font-weight: 700; }
QPushButton { background: {quiet}; border: 2px solid {control_border}; border-radius: 14px; font-weight: 600;
    font-size: 18px; padding: 8px 20px; min-height: 40px; }
QPushButton:hover { background: {hairline}; }
QPushButton[look="primary"] { color: {on_dark}; background: {canal}; border-color: {canal}; font-size: 20px;
    font-weight: 700; padding: 8px 32px; min-height: 48px; }
QPushButton[look="primary"]:hover { border-color: {ink}; }
QPushButton[look="stop"] { color: {on_dark}; background: {red}; border-color: {red}; font-weight: 700; }
QPushButton[look="stop"]:hover { border-color: {ink}; }
QPushButton:focus, QPushButton[look="primary"]:focus, QPushButton[look="stop"]:focus { border: 4px double {surface}; }
QPushButton:focus[look=""] { border: 4px solid {canal}; }
QPushButton:disabled, QPushButton[look="primary"]:disabled { color: {ink_soft}; background: {quiet};
    border: 2px dashed {control_border}; }
QComboBox { background: {surface}; border: 2px solid {control_border}; border-radius: 14px; padding: 4px 16px;
    min-height: 40px; font-size: 18px; }
QComboBox::drop-down { border: none; width: 40px; }
QComboBox:focus { border: 4px solid {canal}; }
QComboBox QAbstractItemView { background: {surface}; border: 2px solid {control_border}; selection-color: {on_dark};
    selection-background-color: {canal}; }
QProgressBar { background: {quiet}; border: none; border-radius: 8px; min-height: 16px; max-height: 16px; }
QProgressBar::chunk { background: {canal}; border-radius: 8px; }
QTableView { background: {surface}; border: none; gridline-color: transparent; }
QTableView:focus { border: 2px solid {canal}; }
QScrollArea { border: none; background: transparent; }
QScrollBar:vertical { background: {quiet}; width: 16px; border-radius: 8px; }
QScrollBar::handle:vertical { background: {control_border}; border-radius: 8px; min-height: 48px; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0px; width: 0px; }
QToolTip { color: {ink}; background: {surface}; border: 1px solid {control_border}; }
)";

}  // namespace

QString style_sheet(const Palette& p) {
    const std::pair<const char*, QColor> roles[] = {
        {"{paper}", p.paper},       {"{surface}", p.surface},
        {"{hairline}", p.hairline}, {"{control_border}", p.control_border},
        {"{quiet}", p.quiet},       {"{ink}", p.ink},
        {"{ink_soft}", p.ink_soft}, {"{on_dark}", p.on_dark},
        {"{canal}", p.canal},       {"{red}", p.red},
        {"{ochre}", p.ochre},       {"{band_back}", p.band_back},
    };
    QString text = QString::fromUtf8(sheet);
    for (const auto& [role, colour] : roles) text.replace(QLatin1String(role), colour.name());
    return text;
}

}  // namespace singel::gui::style
