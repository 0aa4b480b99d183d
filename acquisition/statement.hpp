#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spectra/identify/identification.hpp"

// What may be said of a sample, as coded values with parameters. No sentences here: gui/wording translates them,
// the command line has one fixed English text for each. Nothing here can say "absent", "safe" or "pure".
namespace singel::acquisition {

// The one sign of a result. They speak of samples only, never of the instrument.
enum class Sign { dangerous, different, as_said, could_not_tell };

enum class StripKind { fentanyl, nitazene, benzodiazepine };
enum class TestLine { none, faint, clear };

// What the worker saw; what it means is computed. One line = class present; any visible test line = not detected;
// no control line = invalid.
struct StripReading {
    StripKind kind = StripKind::fentanyl;
    bool control_line = true;
    TestLine test_line = TestLine::none;
};

enum class StripMeaning { class_present, not_detected, invalid };

StripMeaning meaning(const StripReading& reading);

enum class StatementCode {
    substance_found,  // name, share with interval when known
    substance_probable,
    could_not_tell,                       // abstention; quality says why
    not_what_was_said,                    // name = what it was sold as; it is not among the components
    said_and_seen,                        // name = what it was sold as; it is among the components
    said_but_not_recognisable,            // name = what it was sold as; this test cannot recognise it
    not_seen_above,                       // name, limit: this scan would have shown it above limit
    not_seen_limit_unknown,               // name: not seen, and no limit can be given
    not_recognisable,                     // name: this test cannot recognise it at all
    unexplained_bands,                    // bands_cm1
    no_unexplained_bands,                 // "small amounts can still be hidden"
    strip_class_present,                  // strip
    strip_class_present_spectrum_silent,  // strip wins: too little for the light test
    strip_not_detected,                   // strip; never cancels anything
    strip_invalid,
    strip_missing,  // strip not read: the result is not finished
    take_less,      // advice
    not_alone,
    use_strips,
    only_this_portion,  // limits
    no_statement_of_strength,
    never_without_risk,
    sample_warmed,  // laser_power: light was stopped or held back there, because the baseline rose
    simulated,      // not a test
};

std::string_view name(StatementCode code);
std::string_view name(Sign sign);
std::string_view name(StripKind kind);
std::string_view name(TestLine line);
std::string_view name(StripMeaning meaning);

struct Statement {
    StatementCode code = StatementCode::could_not_tell;
    std::string substance;
    std::optional<double> share;
    std::optional<spectra::identify::Interval> share_interval;
    std::optional<double> limit;        // share, 0 to 1
    std::optional<double> laser_power;  // fraction of full power
    std::optional<StripKind> strip;
    std::vector<double> bands_cm1;
    bool partly_covered = false;                         // a class of which only some members are in the library
    std::optional<spectra::identify::NoLimit> no_limit;  // why there is no limit
};

// In the order in which a card or a screen shows them.
struct Verdict {
    Sign sign = Sign::could_not_tell;
    bool finished = false;  // every strip that this sample needs is read or skipped
    std::vector<Statement> headline;
    std::vector<Statement> found;
    std::vector<Statement> strips;
    std::vector<Statement> hidden;  // what this scan could not have seen
    std::vector<Statement> unrecognisable;
    std::vector<Statement> unexplained;
    std::vector<Statement> advice;
    std::vector<Statement> limits;
};

// Every sample needs a fentanyl and a nitazene strip: opioids turn up in what was sold as anything. The result is
// finished when both are read and valid, or skipped by an explicit decision.
//
// sold_as: a substance name from the coded list, or empty when not asked. Adding a strip that shows a class never
// lowers the sign; a missing, skipped or invalid strip never raises certainty: as_said needs both strips read.
Verdict conclude(const spectra::identify::Identification& identification, const std::string& sold_as,
                 const std::vector<StripReading>& strips, const std::vector<StripKind>& skipped = {});

// A detection limit as it is shown: whole percent, rounded up, never below 1.
int limit_in_percent(double share);

// The one fixed English sentence of the command line.
std::string english(const Statement& statement);

}  // namespace singel::acquisition
