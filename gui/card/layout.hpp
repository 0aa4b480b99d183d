#pragma once

#include "acquisition/records/record.hpp"
#include "gui/card/qr.hpp"
#include "gui/card/sheet.hpp"
#include "gui/wording/language.hpp"

// What stands on a card and where, from the top down.
namespace singel::gui::card {

// The band at the top of a page and the word across it.
void draw_simulated(Sheet& sheet, const wording::Language& language);

// The code is drawn when the record has a claim code.
void write_card(Sheet& sheet, const acquisition::records::Record& record, const wording::Language& language,
                const QrCode& code);

}  // namespace singel::gui::card
