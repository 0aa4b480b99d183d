#include "gui/style/fonts.hpp"

#include <QFontDatabase>
#include <QStringList>

namespace singel::gui::style {

QFont screen_font(int pixels, QFont::Weight weight) {
    QFont font;
    font.setFamilies({QStringLiteral("Inter"), QStringLiteral("Noto Sans")});
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

QFont paper_font(double points, QFont::Weight weight) {
    QFont font;
    font.setFamilies({QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans")});
    font.setPointSizeF(points);
    font.setWeight(weight);
    font.setHintingPreference(QFont::PreferNoHinting);
    // A spacing too small to see: it keeps Qt from joining letters, so that "different" is found in the PDF.
    font.setLetterSpacing(QFont::AbsoluteSpacing, 0.02);
    return font;
}

bool fonts_available() {
    return !QFontDatabase::families().isEmpty();
}

}  // namespace singel::gui::style
