#include "gui/card/layout.hpp"

#include <QDate>
#include <QPainterPath>
#include <algorithm>

#include "gui/style/fonts.hpp"
#include "gui/style/sign_mark.hpp"
#include "gui/wording/evidence.hpp"
#include "gui/wording/hidden.hpp"
#include "gui/wording/sentence.hpp"

namespace singel::gui::card {
namespace {

using acquisition::Statement;
using acquisition::StatementCode;
using acquisition::records::Record;
using wording::Language;

constexpr double code_mm = 15.0;  // side of the QR code

QString day_text(const Record& record, const Language& language) {
    const QDate day(static_cast<int>(record.day.year()), static_cast<int>(static_cast<unsigned>(record.day.month())),
                    static_cast<int>(static_cast<unsigned>(record.day.day())));
    return language.locale.toString(day, QStringLiteral("d MMMM yyyy"));
}

// Across the page, in outline: it must be seen and must not hide what stands there.
void draw_simulated_across(Sheet& sheet, const Language& language) {
    QPainterPath path;
    path.addText(0, 0, style::paper_font(100, QFont::Black),
                 wording::simulated_band(language).section(QChar(' '), 0, 0));
    const double scale = 1.05 * sheet.width() / path.boundingRect().width();
    path = QTransform().rotate(-52).scale(scale, scale).map(path.translated(-path.boundingRect().center()));
    path.translate(sheet.width() / 2, sheet.height() / 2);
    sheet.painter().strokePath(path, QPen(QColor(0xb0, 0xb0, 0xb0), sheet.dots(0.25)));
}

void draw_simulated_band(Sheet& sheet, const Language& language) {
    const QRectF band(0, sheet.y(), sheet.width(), sheet.dots(8.0));
    sheet.painter().fillRect(band, Qt::black);
    sheet.painter().setPen(Qt::white);
    sheet.painter().setFont(style::paper_font(11.0, QFont::Bold));
    sheet.painter().drawText(band, Qt::AlignCenter, wording::simulated_band(language));
    sheet.painter().setPen(Qt::black);
    sheet.set_y(band.bottom() + sheet.dots(2.0));
}

void draw_qr(Sheet& sheet, const QrCode& code) {
    const double module = sheet.dots(code_mm) / code.size;
    const double left = sheet.width() - sheet.dots(code_mm);
    for (int row = 0; row < code.size; ++row) {
        for (int column = 0; column < code.size; ++column) {
            if (!code.at(row, column)) continue;
            // A hair wider than its place: printers leave white lines between touching squares.
            sheet.painter().fillRect(
                QRectF(left + column * module, sheet.y() + row * module, module * 1.02, module * 1.02), Qt::black);
        }
    }
}

void write_head(Sheet& sheet, const Record& record, const Language& language, const QrCode& code) {
    if (record.claim_code.empty()) {
        sheet.paragraph(day_text(record, language), {.points = 8.5, .space_after = 2.0});
        return;
    }
    const double top = sheet.y();
    draw_qr(sheet, code);
    const Setting beside{.points = 8.5, .narrower = code_mm + 2.0, .space_after = 0.3};
    sheet.paragraph(language.translate("card", "Your code"), beside);
    sheet.paragraph(QString::fromStdString(record.claim_code),
                    {.points = 16.0, .bold = true, .narrower = code_mm + 2.0, .space_after = 0.3});
    sheet.paragraph(day_text(record, language), beside);
    sheet.set_y(std::max(sheet.y(), top + sheet.dots(code_mm + 2.5)));
}

void write_verdict_box(Sheet& sheet, const Record& record, const Language& language) {
    const QString text = wording::heading(record.verdict, !record.sold_as.empty(), language);
    const Setting setting{.points = 12.0, .bold = true, .indent = 12.0, .narrower = 3.0, .space_after = 0.0};
    const double inside = std::max(sheet.height_of(text, setting), 7.0);
    sheet.keep_together(inside + 6.0);
    const QRectF box(0, sheet.y(), sheet.width(), sheet.dots(inside + 5.0));
    sheet.painter().setPen(QPen(Qt::black, sheet.dots(0.6)));
    sheet.painter().drawRoundedRect(box, sheet.dots(2.0), sheet.dots(2.0));
    sheet.painter().setPen(Qt::black);
    const double side = sheet.dots(6.0);
    style::paint_sign(sheet.painter(), QRectF(sheet.dots(3.0), box.center().y() - side / 2, side, side),
                      record.verdict.sign, Qt::black);
    sheet.set_y(box.center().y() - sheet.dots(sheet.height_of(text, setting)) / 2);
    sheet.paragraph(text, setting);
    sheet.set_y(box.bottom() + sheet.dots(2.5));
}

void write_found(Sheet& sheet, const Record& record, const Language& language) {
    if (!record.sold_as.empty()) {
        const QString said = language.translate("card", "You said: {substance}");
        sheet.paragraph(
            QString(said).replace(QStringLiteral("{substance}"), wording::substance(record.sold_as, language)));
    }
    for (const Statement& statement : record.verdict.headline) {
        const bool repeated = statement.code == StatementCode::substance_found ||
                              statement.code == StatementCode::substance_probable ||
                              statement.code == StatementCode::use_strips;
        if (!repeated) sheet.paragraph(wording::sentence(statement, language), {.points = 9.0, .bold = true});
    }
    for (const Statement& statement : record.verdict.found) {
        const QString text = wording::sentence(statement, language);
        sheet.paragraph(text, {.points = 9.5, .bold = statement.code == StatementCode::substance_found});
    }
    for (const Statement& statement : record.verdict.unexplained) {
        sheet.paragraph(wording::sentence(statement, language));
    }
    sheet.space(1.0);
}

void write_section(Sheet& sheet, const QString& title, const QStringList& lines, const Setting& setting) {
    if (lines.isEmpty()) return;
    sheet.keep_together(10.0);
    Setting head = setting;
    head.bold = true;
    head.points += 0.5;
    head.space_after = 0.0;
    sheet.paragraph(title, head);
    for (const QString& line : lines) sheet.paragraph(line, setting);
    sheet.space(1.0);
}

QStringList sentences(const std::vector<Statement>& statements, const Language& language) {
    QStringList out;
    for (const Statement& statement : statements) {
        if (statement.code != StatementCode::simulated) out << wording::sentence(statement, language);
    }
    return out;
}

void write_foot(Sheet& sheet, const Record& record, const Language& language) {
    sheet.paragraph(sentences(record.verdict.advice, language).join(' '), {.points = 9.5, .bold = true});
    QStringList small = sentences(record.verdict.limits, language);
    small << QString::fromStdString(record.identification.provenance.instrument.model) + QStringLiteral(", ") +
                 QString::fromStdString(record.software) + QStringLiteral(", ") +
                 QString::fromStdString(record.identification.algorithm) + QLatin1Char('.');
    for (const auto message : record.identification.quality.messages)
        small << wording::quality_sentence(message, language);
    sheet.paragraph(small.join(' '), {.points = 7.0});
}

}  // namespace

void draw_simulated(Sheet& sheet, const Language& language) {
    draw_simulated_across(sheet, language);
    draw_simulated_band(sheet, language);
}

void write_card(Sheet& sheet, const Record& record, const Language& language, const QrCode& code) {
    write_head(sheet, record, language, code);
    write_verdict_box(sheet, record, language);
    write_found(sheet, record, language);
    write_section(sheet, language.translate("card", "Strips"), sentences(record.verdict.strips, language),
                  {.points = 8.0});
    write_section(sheet, language.translate("card", "What this test cannot see"),
                  wording::hidden_paragraphs(record.verdict, language), {.points = 8.0, .indent = 2.5, .bar = true});
    write_foot(sheet, record, language);
}

}  // namespace singel::gui::card
