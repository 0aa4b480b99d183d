#pragma once

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QScrollArea>

#include "acquisition/records/record.hpp"
#include "gui/style/palette.hpp"
#include "gui/views/findings_card.hpp"
#include "gui/views/hidden_card.hpp"
#include "gui/views/spectrum_view.hpp"
#include "gui/views/verdict_card.hpp"

namespace singel::gui {

// The answer on the left with the evidence below it; beside it what was found and, always on the same screen, what
// could be hidden. In a narrow window the two columns stand below each other and scroll.
class ResultPanel : public QWidget {
    Q_OBJECT

public:
    ResultPanel(const style::Palette& palette, const wording::Language& language, QWidget* parent);
    void show(const acquisition::records::RecordPtr& record);
    void say(const QString& note);  // "Card written: …", or why not
    QString card_language() const;

Q_SIGNALS:
    void card_wanted();
    void next_wanted();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* make_evidence(const style::Palette& palette, const wording::Language& language);
    void show_why(std::optional<std::size_t> component);
    QLayout* make_buttons(const wording::Language& language);

    const wording::Language language_;
    acquisition::records::RecordPtr record_;
    QScrollArea* area_;
    QBoxLayout* columns_;
    VerdictCard* verdict_;
    SpectrumView* spectrum_;
    QLabel *why_heading_, *why_;
    FindingsCard* findings_;
    HiddenCard* hidden_;
    QComboBox* card_language_;
    QLabel* note_;
};

}  // namespace singel::gui
