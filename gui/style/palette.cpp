#include "gui/style/palette.hpp"

#include <algorithm>
#include <cmath>

namespace singel::gui::style {
namespace {

// Okabe and Ito's colours, which people of every colour vision tell apart: jfly.uni-koeln.de/color.
constexpr std::array fills{0x0072B2, 0xE69F00, 0xCC79A7, 0x56B4E9, 0x524C43};

QColor rgb(int value) {
    return QColor::fromRgb(static_cast<QRgb>(value) | 0xff000000U);
}

std::array<QColor, 5> colours(const std::array<int, 5>& values) {
    std::array<QColor, 5> out;
    std::ranges::transform(values, out.begin(), rgb);
    return out;
}

double luminance(const QColor& colour) {
    const auto linear = [](float part) {
        const double v = static_cast<double>(part);
        return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

}  // namespace

Palette light() {
    Palette p;
    p.paper = rgb(0xF7F3EC);
    p.surface = rgb(0xFFFDF9);
    p.hairline = rgb(0xE4DCCD);
    p.control_border = rgb(0x8F8471);
    p.quiet = rgb(0xEFE8DB);
    p.ink = rgb(0x22302F);
    p.ink_soft = rgb(0x524C43);
    p.on_dark = rgb(0xFFFDF9);
    p.canal = rgb(0x1A5068);
    p.brick = rgb(0x8A3A1B);
    p.red = rgb(0x8C1D18);
    p.ochre = rgb(0xA8700F);
    p.band_back = rgb(0xF3DFB6);
    p.measured = p.ink;
    p.fit = rgb(0xD55E00);
    p.live = p.canal;
    p.residual = p.ink_soft;
    p.component_fill = colours(fills);
    p.component_line = colours({0x0072B2, 0x8F6200, 0xA04D7C, 0x2A7FB0, 0x524C43});
    return p;
}

Palette dark() {
    Palette p;
    p.paper = rgb(0x141C1B);
    p.surface = rgb(0x1E2928);
    p.hairline = rgb(0x34423F);
    p.control_border = rgb(0x92A09C);
    p.quiet = rgb(0x2A3735);
    p.ink = rgb(0xF3EEE4);
    p.ink_soft = rgb(0xD2CABB);
    p.on_dark = rgb(0x141C1B);
    p.canal = rgb(0xA9D6EA);
    p.brick = rgb(0xF2B79D);
    p.red = rgb(0xFFB3AB);
    p.ochre = rgb(0xE9B95A);
    p.band_back = rgb(0x4A3A12);
    p.measured = p.ink;
    p.fit = rgb(0xFF9A4D);
    p.live = p.canal;
    p.residual = p.ink_soft;
    p.component_fill = colours(fills);
    p.component_line = colours({0x4FA8DC, 0xE69F00, 0xDD9BC0, 0x56B4E9, 0xB5AC9D});
    return p;
}

std::vector<Pair> pairs_in_use(const Palette& p) {
    constexpr double text = 7.0, line = 3.0;
    std::vector<Pair> pairs{
        {"text on the room", p.ink, p.paper, text},
        {"quiet text on the room", p.ink_soft, p.paper, text},
        {"text on a card", p.ink, p.surface, text},
        {"quiet text and axis labels on a card", p.ink_soft, p.surface, text},
        {"secondary button and pill", p.ink, p.quiet, text},
        {"primary button", p.on_dark, p.canal, text},
        {"stop button and laser on", p.on_dark, p.red, text},
        {"laser off", p.on_dark, p.ink, text},
        {"band SIMULATED", p.ink, p.band_back, text},
        {"sign: dangerous", p.red, p.surface, line},
        {"sign: different", p.brick, p.surface, line},
        {"sign: as said", p.canal, p.surface, line},
        {"sign: could not tell", p.ink_soft, p.surface, line},
        {"attention edge", p.ochre, p.surface, line},
        {"control border on a card", p.control_border, p.surface, line},
        {"control border on the room", p.control_border, p.paper, line},
        {"focus ring on the room", p.canal, p.paper, line},
        {"progress on its trough", p.canal, p.quiet, line},
        {"limit bar on its trough", p.ink_soft, p.quiet, line},
        {"measured curve", p.measured, p.surface, line},
        {"fitted curve", p.fit, p.surface, line},
        {"live curve", p.live, p.surface, line},
        {"residual curve", p.residual, p.surface, line},
    };
    for (std::size_t i = 0; i < p.component_line.size(); ++i) {
        pairs.push_back({QStringLiteral("component %1").arg(i + 1), p.component_line[i], p.surface, line});
    }
    return pairs;
}

double contrast(const QColor& a, const QColor& b) {
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

}  // namespace singel::gui::style
