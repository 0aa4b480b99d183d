#pragma once

#include <QString>
#include <QWidget>
#include <memory>

#include "gui/models/picture.hpp"
#include "gui/style/palette.hpp"
#include "gui/wording/language.hpp"

namespace singel::gui {

// A picture of a spectrum. The chart library hides behind it.
class SpectrumView {
public:
    virtual ~SpectrumView() = default;
    virtual QWidget* widget() = 0;  // owned by its parent widget, and the view by it
    virtual void show_live(const LivePicture& picture) = 0;
    virtual void show_fit(const FitPicture& picture) = 0;
    virtual void show_evidence(const EvidencePicture& picture) = 0;
    virtual void clear() = 0;
};

// With Qt Charts. parent owns the view.
SpectrumView* make_spectrum_view(const style::Palette& palette, const wording::Language& language, QWidget* parent);

}  // namespace singel::gui
