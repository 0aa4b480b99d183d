#pragma once

#include <QAreaSeries>
#include <QChart>
#include <QChartView>
#include <QGraphicsSimpleTextItem>
#include <QLabel>
#include <QLineSeries>
#include <QScatterSeries>
#include <QValueAxis>
#include <array>

#include "gui/views/legend.hpp"
#include "gui/views/spectrum_view.hpp"

namespace singel::gui {

// Two charts under one legend, plot areas of one width: the curves, and what is left over on its own scale.
// Series live as long as the view and are only replaced whole: Qt Charts' append() costs two hundred times more.
class ChartSpectrumView : public QWidget, public SpectrumView {
    Q_OBJECT

public:
    ChartSpectrumView(const style::Palette& palette, const wording::Language& language, QWidget* parent);

    QWidget* widget() override { return this; }
    void show_live(const LivePicture& picture) override;
    void show_fit(const FitPicture& picture) override;
    void show_evidence(const EvidencePicture& picture) override;
    void clear() override;

    // The chart takes what room there is; its legend may not ask for more on its behalf.
    bool hasHeightForWidth() const override { return false; }
    QSize sizeHint() const override { return {480, 280}; }
    QSize minimumSizeHint() const override { return {240, 240}; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;  // a chart view that got another size

private:
    struct Area {
        QLineSeries* bottom = nullptr;
        QLineSeries* top = nullptr;
        QAreaSeries* series = nullptr;
    };

    static QString axis_title(spectra::core::AxisKind kind);
    QChartView* make_chart_view();
    QLineSeries* add_line(QChart* chart, const QColor& colour, double width);
    void add_areas();
    void add_marks();
    void show_marks(const EvidencePicture& picture);
    void show_evidence_legend(const EvidencePicture& picture);
    void blank();
    void show_below(const Range& x, double residual_peak);
    void attach_axes(QChart* chart, QValueAxis* x, QValueAxis* y);
    void show_layers(const FitPicture& picture);
    void show_legend(const FitPicture& picture);
    void describe(const QString& summary);
    void set_x(const Range& range);
    void lay_out_plots();
    void scale_residual();

    const style::Palette palette_;
    const wording::Language language_;
    Legend* legend_;
    QChartView* main_;
    QLabel* residual_label_;
    QChartView* below_;
    std::array<Area, most_layers> areas_;
    QLineSeries *measured_, *fit_, *without_, *live_, *residual_, *residual_without_, *zero_;
    std::array<QScatterSeries*, 3> marks_{};  // one for each of what a band can say
    QValueAxis *x_, *y_, *below_x_, *below_y_;
    double residual_peak_ = 0.0;
};

}  // namespace singel::gui
