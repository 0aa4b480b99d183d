#pragma once

#include <QByteArray>
#include <QString>

#include "acquisition/records/record.hpp"
#include "gui/wording/language.hpp"
#include "spectra/core/result.hpp"

// The result card: A6, black on white, for a thermal printer too. Needs a QGuiApplication.
namespace singel::gui::card {

// The PDF. The same record, language and fonts give the same bytes: it bears the day of the record and no time of
// day. Refuses a machine without fonts, where the card would come out empty.
spectra::core::Result<QByteArray> render(const acquisition::records::Record& record,
                                         const wording::Language& language);

// Renders, writes beside the file and renames: the file is the old one or the whole new one, never a part.
// disk_full, permission_denied or input_output when it cannot be written.
spectra::core::Result<void> write(const acquisition::records::Record& record, const wording::Language& language,
                                  const QString& file);

}  // namespace singel::gui::card
