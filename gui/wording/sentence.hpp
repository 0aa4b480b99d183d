#pragma once

#include <QString>

#include "acquisition/statement.hpp"
#include "gui/wording/language.hpp"
#include "spectra/identify/identification.hpp"

// Every sentence about a sample, in every language: the only place that has them. Statements come in as coded values;
// none of them can say that something is not there.
namespace singel::gui::wording {

// The whole sentence: "We did not see fentanyl; this scan shows it from 9 % of the signal up."
QString sentence(const acquisition::Statement& statement, const Language& language);

// The line beside the sign: "Different from what you expected · not finished: use strips". compared: it is known
// what the sample was sold as.
QString heading(const acquisition::Verdict& verdict, bool compared, const Language& language);

QString certainty_word(spectra::identify::Certainty certainty, const Language& language);  // "found"

// "about 62 % of what we could explain (57–67 %)", or "how much cannot be said".
QString share_text(const acquisition::Statement& statement, const Language& language);

// In the language's own spelling where a translation is known, else as the library has it.
QString substance(const std::string& name, const Language& language);
QString capitalised(const QString& text, const Language& language);  // for the start of a line

QString strip_name(acquisition::StripKind kind, const Language& language);

// Percent without decimals. A limit is rounded up and an interval outwards, so that no figure promises too much.
enum class Rounding { nearest, down, up };
QString percent(double ratio, Rounding rounding);

// The band across everything that does not come from a real instrument on a real sample.
QString simulated_band(const Language& language);

}  // namespace singel::gui::wording
