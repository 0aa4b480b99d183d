#pragma once

#include <QString>
#include <QStringList>

#include "acquisition/statement.hpp"
#include "gui/wording/language.hpp"

// What this scan could not have seen, for the many substances that every result must speak about, in few sentences.
namespace singel::gui::wording {

// "This test cannot recognise at all: nitazenes, heroin." Empty when there is none.
QString not_recognisable_list(const acquisition::Verdict& verdict, const Language& language);

// "Less than this share of the signal can be hidden: fentanyl 9 %, xylazine 7 %." Empty when there is none.
QString limits_list(const acquisition::Verdict& verdict, const Language& language);

// "Not seen, and from how much we would see it is not known: lactose." Empty when there is none.
QString unknown_limits_list(const acquisition::Verdict& verdict, const Language& language);

// "Not every kind is in the library: nitazenes." Empty when there is none.
QString partly_covered_list(const acquisition::Verdict& verdict, const Language& language);

// All of them that are not empty, the gravest first.
QStringList hidden_paragraphs(const acquisition::Verdict& verdict, const Language& language);

}  // namespace singel::gui::wording
