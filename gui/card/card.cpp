#include "gui/card/card.hpp"

#include <QBuffer>
#include <QPdfWriter>
#include <QSaveFile>
#include <cerrno>

#include "gui/card/layout.hpp"
#include "gui/card/qr.hpp"
#include "gui/style/fonts.hpp"

namespace singel::gui::card {
namespace {

namespace core = spectra::core;
using acquisition::records::Record;
using wording::Language;

// Qt writes the present second into the file, which would tell when somebody was here: the day stays, the time goes.
void remove_time_of_day(QByteArray& pdf, const Record& record) {
    const QByteArray key = "/CreationDate (D:";
    const auto at = pdf.indexOf(key);
    if (at < 0) return;
    const auto from = at + key.size();
    const auto to = pdf.indexOf(')', from);
    const QByteArray day = QStringLiteral("%1%2%3")
                               .arg(static_cast<int>(record.day.year()), 4, 10, QLatin1Char('0'))
                               .arg(static_cast<unsigned>(record.day.month()), 2, 10, QLatin1Char('0'))
                               .arg(static_cast<unsigned>(record.day.day()), 2, 10, QLatin1Char('0'))
                               .toLatin1();
    // The same length, so that the offsets of the cross-reference table stay right.
    QByteArray date = day + "000000Z00'00'";
    pdf.replace(from, to - from, date.leftJustified(to - from, ' ', true));
}

core::Fault fault_of_errno(int error) {
    if (error == ENOSPC || error == EDQUOT || error == EFBIG) return core::Fault::disk_full;
    if (error == EACCES || error == EPERM || error == EROFS) return core::Fault::permission_denied;
    return core::Fault::input_output;
}

}  // namespace

core::Result<QByteArray> render(const Record& record, const Language& language) {
    if (!style::fonts_available()) {
        return core::failure(core::Fault::not_found, "there is no font on this machine: the card would be empty",
                             "result card", "Install the package fonts-noto-core.");
    }
    const bool simulated = record.simulated || record.identification.provenance.instrument.simulated;
    QrCode code;
    if (!simulated && !record.claim_code.empty()) {
        auto made = qr_code(record.claim_code);
        if (!made) return tl::unexpected(made.error());
        code = std::move(*made);
    }
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setPageSize(QPageSize(QPageSize::A6));
        writer.setPageMargins(QMarginsF(6, 6, 6, 6), QPageLayout::Millimeter);
        writer.setResolution(1200);
        writer.setTitle(QStringLiteral("Singel"));
        writer.setCreator(QString::fromStdString(record.software));
        QPainter painter(&writer);
        Record shown = record;
        if (simulated) shown.claim_code.clear();
        Sheet sheet(writer, painter, [&](Sheet& page) {
            if (simulated) draw_simulated(page, language);
        });
        write_card(sheet, shown, language, code);
    }
    QByteArray pdf = buffer.data();
    remove_time_of_day(pdf, record);
    return pdf;
}

core::Result<void> write(const Record& record, const Language& language, const QString& file) {
    auto pdf = render(record, language);
    if (!pdf) return tl::unexpected(pdf.error());
    QSaveFile out(file);
    errno = 0;
    if (out.open(QIODevice::WriteOnly) && out.write(*pdf) == pdf->size() && out.commit()) return {};
    const core::Fault fault = fault_of_errno(errno);
    return core::failure(fault, "the card could not be written: " + out.errorString().toStdString(),
                         file.toStdString(), "Choose another place or make room on the disk, then try again.");
}

}  // namespace singel::gui::card
