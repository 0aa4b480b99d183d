#include "gui/views/chart_spectrum_view.hpp"

#include <QGraphicsLayout>
#include <QPen>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "gui/style/fonts.hpp"
#include "gui/wording/sentence.hpp"

namespace singel::gui {
namespace {

constexpr int side_room = 24;   // so that the first and last axis label are not cut
constexpr int label_room = 28;  // below the plot
constexpr int residual_height = 72;
constexpr int least_label_distance = 72;

// Besides its colour each component has its own hatching.
constexpr std::array hatchings{Qt::Dense6Pattern, Qt::BDiagPattern, Qt::FDiagPattern, Qt::HorPattern,
                               Qt::DiagCrossPattern};

}  // namespace

ChartSpectrumView::ChartSpectrumView(const style::Palette& palette, const wording::Language& language,
                                     QWidget* parent)
    : QWidget(parent), palette_(palette), language_(language) {
    legend_ = new Legend(this);
    main_ = make_chart_view();
    residual_label_ = new QLabel(this);
    residual_label_->setProperty("look", "quiet");
    below_ = make_chart_view();
    below_->setFixedHeight(residual_height);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(legend_);
    layout->addWidget(main_, 1);
    layout->addWidget(residual_label_);
    layout->addWidget(below_);

    add_areas();
    fit_ = add_line(main_->chart(), palette.fit, 4.0);  // seen on both sides of the measured line
    without_ = add_line(main_->chart(), palette.brick, 2.4);
    without_->setPen(QPen(palette.brick, 2.4, Qt::DashLine));
    measured_ = add_line(main_->chart(), palette.measured, 1.6);
    live_ = add_line(main_->chart(), palette.live, 2.0);
    add_marks();
    zero_ = add_line(below_->chart(), palette.control_border, 1.0);
    residual_without_ = add_line(below_->chart(), palette.brick, 1.4);
    residual_ = add_line(below_->chart(), palette.residual, 1.4);
    x_ = new QValueAxis(this);
    y_ = new QValueAxis(this);
    below_x_ = new QValueAxis(this);
    below_y_ = new QValueAxis(this);
    attach_axes(main_->chart(), x_, y_);
    attach_axes(below_->chart(), below_x_, below_y_);
    below_x_->setVisible(false);
    setAccessibleName(tr("Spectrum"));
    clear();
    main_->installEventFilter(this);
    below_->installEventFilter(this);
}

QChartView* ChartSpectrumView::make_chart_view() {
    auto* view = new QChartView(this);
    view->setRenderHint(QPainter::Antialiasing);
    view->setFocusPolicy(Qt::NoFocus);
    view->setFrameShape(QFrame::NoFrame);
    view->setBackgroundBrush(palette_.surface);
    QChart* chart = view->chart();
    chart->setAnimationOptions(QChart::NoAnimation);
    chart->legend()->hide();
    chart->setBackgroundVisible(false);
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    chart->setMargins({});
    return view;
}

QLineSeries* ChartSpectrumView::add_line(QChart* chart, const QColor& colour, double width) {
    auto* line = new QLineSeries(this);
    line->setPen(QPen(colour, width));
    chart->addSeries(line);
    return line;
}

void ChartSpectrumView::add_areas() {
    for (std::size_t i = 0; i < areas_.size(); ++i) {
        Area& area = areas_[i];
        area.bottom = new QLineSeries(this);
        area.top = new QLineSeries(this);
        area.series = new QAreaSeries(area.top, area.bottom);
        area.series->setPen(QPen(palette_.component_line[i], 1.0));
        area.series->setBrush(QBrush(palette_.component_fill[i], hatchings[i]));
        main_->chart()->addSeries(area.series);
    }
}

// Shape tells what colour tells: a triangle is there, a circle says nothing clear, a star should be there.
void ChartSpectrumView::add_marks() {
    constexpr std::array shapes{QScatterSeries::MarkerShapeTriangle, QScatterSeries::MarkerShapeCircle,
                                QScatterSeries::MarkerShapeStar};
    const std::array fills{palette_.fit, palette_.surface, palette_.red};
    for (std::size_t i = 0; i < marks_.size(); ++i) {
        marks_[i] = new QScatterSeries(this);
        marks_[i]->setMarkerShape(shapes[i]);
        marks_[i]->setMarkerSize(14.0);
        marks_[i]->setBrush(fills[i]);
        marks_[i]->setPen(QPen(palette_.ink, 1.4));
        main_->chart()->addSeries(marks_[i]);
    }
}

void ChartSpectrumView::attach_axes(QChart* chart, QValueAxis* x, QValueAxis* y) {
    x->setTickType(QValueAxis::TicksDynamic);
    x->setLabelFormat(QStringLiteral("%.0f"));
    x->setLabelsFont(style::screen_font());
    x->setLabelsColor(palette_.ink_soft);
    x->setGridLinePen(QPen(palette_.hairline, 1.0));
    x->setLinePen(QPen(palette_.control_border, 1.0));
    y->setVisible(false);
    chart->addAxis(x, Qt::AlignBottom);
    chart->addAxis(y, Qt::AlignLeft);
    const auto all = chart->series();
    for (QAbstractSeries* series : all) {
        series->attachAxis(x);
        series->attachAxis(y);
    }
}

void ChartSpectrumView::show_live(const LivePicture& picture) {
    if (picture.points.size() < 2) return clear();
    blank();
    live_->replace(picture.points);
    set_x(picture.x);
    y_->setRange(picture.y.low, picture.y.high);
    below_->hide();
    residual_label_->hide();
    legend_->show({{tr("measured now"), palette_.live}}, axis_title(picture.axis));
    describe(tr("Live spectrum from %1 to %2 (%3).")
                 .arg(std::lround(picture.x.low))
                 .arg(std::lround(picture.x.high))
                 .arg(axis_title(picture.axis)));
    lay_out_plots();
}

void ChartSpectrumView::show_fit(const FitPicture& picture) {
    if (picture.empty()) return clear();
    blank();
    show_layers(picture);
    measured_->replace(picture.measured);
    fit_->replace(picture.fit);
    residual_->replace(picture.residual);
    y_->setRange(picture.y.low, picture.y.high);
    show_below(picture.x, picture.residual_peak);
    show_legend(picture);
    lay_out_plots();
}

void ChartSpectrumView::show_evidence(const EvidencePicture& picture) {
    if (picture.empty()) return clear();
    blank();
    measured_->replace(picture.measured);
    fit_->replace(picture.with);
    without_->replace(picture.without);
    residual_->replace(picture.residual_with);
    residual_without_->replace(picture.residual_without);
    y_->setRange(picture.y.low, picture.y.high);
    show_below(picture.x, picture.residual_peak);
    show_marks(picture);
    show_evidence_legend(picture);
    lay_out_plots();
}

void ChartSpectrumView::show_evidence_legend(const EvidencePicture& picture) {
    const QString name = wording::substance(picture.name, language_);
    std::vector<Legend::Entry> entries{{tr("measured, background taken off"), palette_.measured},
                                       {tr("fitted with %1").arg(name), palette_.fit},
                                       {tr("fitted without %1").arg(name), palette_.brick}};
    const std::array texts{tr("▲ is there"), tr("● says nothing clear"), tr("★ should be there")};
    for (std::size_t i = 0; i < marks_.size(); ++i)
        if (marks_[i]->count() > 0) entries.push_back({texts[i], palette_.ink, marks_[i]->brush()});
    legend_->show(std::move(entries), axis_title(picture.axis));
}

void ChartSpectrumView::show_marks(const EvidencePicture& picture) {
    const double above = 0.02 * picture.y.span();  // so that a mark does not cover its band
    std::array<Points, 3> tops;
    QStringList there;
    for (const EvidencePicture::Mark& mark : picture.marks) {
        tops.at(static_cast<std::size_t>(mark.says)).append(mark.top + QPointF(0.0, above));
        if (mark.says == spectra::identify::BandSays::for_it) there << QString::number(std::lround(mark.top.x()));
    }
    for (std::size_t i = 0; i < tops.size(); ++i) marks_[i]->replace(tops[i]);
    describe(tr("Bands of %1 that are there: %2.")
                 .arg(wording::substance(picture.name, language_), there.join(QStringLiteral(", "))));
}

// Both residuals on one scale.
void ChartSpectrumView::show_below(const Range& x, double residual_peak) {
    zero_->replace(Points{{x.low, 0.0}, {x.high, 0.0}});
    residual_peak_ = residual_peak;
    set_x(x);
    below_->show();
    residual_label_->show();
}

void ChartSpectrumView::blank() {
    for (Area& area : areas_) area.series->setVisible(false);
    for (QScatterSeries* marks : marks_) marks->replace(Points());
    for (QLineSeries* line : {measured_, fit_, without_, live_, residual_, residual_without_, zero_})
        line->replace(Points());
}

void ChartSpectrumView::clear() {
    blank();
    legend_->show({}, {});
    below_->hide();
    residual_label_->hide();
    describe(tr("No spectrum yet."));
}

void ChartSpectrumView::show_layers(const FitPicture& picture) {
    for (std::size_t i = 0; i < areas_.size(); ++i) {
        const bool used = i < picture.layers.size();
        areas_[i].series->setVisible(used);
        areas_[i].bottom->replace(used ? picture.layers[i].bottom : Points());
        areas_[i].top->replace(used ? picture.layers[i].top : Points());
    }
}

void ChartSpectrumView::show_legend(const FitPicture& picture) {
    std::vector<Legend::Entry> entries{{tr("measured, background taken off"), palette_.measured},
                                       {tr("fitted mixture"), palette_.fit}};
    QStringList names;
    for (std::size_t i = 0; i < picture.layers.size(); ++i) {
        const std::string& name = picture.layers[i].name;
        names << (name.empty() ? tr("others") : wording::substance(name, language_));
        entries.push_back({names.back(), palette_.component_line[i], {palette_.component_fill[i], hatchings[i]}});
    }
    legend_->show(std::move(entries), axis_title(picture.axis));
    QStringList bands;
    for (const double band : strongest_bands(picture.measured, 3)) bands << QString::number(std::lround(band));
    describe(tr("Spectrum from %1 to %2 (%3), strongest bands at %4. Fitted with: %5.")
                 .arg(std::lround(picture.x.low))
                 .arg(std::lround(picture.x.high))
                 .arg(axis_title(picture.axis), bands.join(QStringLiteral(", ")), names.join(QStringLiteral(", "))));
}

void ChartSpectrumView::describe(const QString& summary) {
    setAccessibleDescription(summary);
}

void ChartSpectrumView::set_x(const Range& range) {
    x_->setRange(range.low, range.high);
    below_x_->setRange(range.low, range.high);
}

bool ChartSpectrumView::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) lay_out_plots();
    return QWidget::eventFilter(watched, event);
}

// Explicit plot areas: both charts have the same left and right edge, whatever their labels.
void ChartSpectrumView::lay_out_plots() {
    legend_->setMinimumHeight(legend_->heightForWidth(width()));  // all its rows, at the cost of the plots
    const double width = std::max(64, main_->width() - 2 * side_room);
    main_->chart()->setPlotArea(QRectF(side_room, 4, width, std::max(32, main_->height() - label_room - 4)));
    below_->chart()->setPlotArea(QRectF(side_room, 2, width, residual_height - 4));
    const double most_labels = std::max(2.0, width / least_label_distance);
    const double least_step = (x_->max() - x_->min()) / most_labels;
    for (const double step : {50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0}) {
        x_->setTickInterval(step);
        below_x_->setTickInterval(step);
        if (step >= least_step) break;
    }
    scale_residual();
}

// The residual is drawn a round number of times larger than the curves above, and says so.
void ChartSpectrumView::scale_residual() {
    const double per_pixel = (y_->max() - y_->min()) / std::max(1.0, main_->chart()->plotArea().height());
    const double half = (residual_height - 4) / 2.0;
    if (residual_peak_ <= 0.0 || per_pixel <= 0.0) return below_y_->setRange(-1.0, 1.0);
    const double times = round_down_to_nice(half * per_pixel / residual_peak_);
    const double range = std::max(half * per_pixel / times, residual_peak_);
    below_y_->setRange(-range, range);
    residual_label_->setText(times > 1.0 ? tr("left over, drawn %1 times larger").arg(times) : tr("left over"));
}

QString ChartSpectrumView::axis_title(spectra::core::AxisKind kind) {
    using spectra::core::AxisKind;
    switch (kind) {
        case AxisKind::raman_shift_cm1: return tr("Raman shift, cm⁻¹");
        case AxisKind::wavenumber_cm1: return tr("wavenumber, cm⁻¹");
        case AxisKind::pixel: return tr("pixel");
        default: return tr("wavelength, nm");
    }
}

SpectrumView* make_spectrum_view(const style::Palette& palette, const wording::Language& language, QWidget* parent) {
    return new ChartSpectrumView(palette, language, parent);
}

}  // namespace singel::gui
