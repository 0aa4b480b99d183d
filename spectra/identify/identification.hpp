#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spectra/core/axis.hpp"
#include "spectra/core/provenance.hpp"
#include "spectra/core/reference.hpp"
#include "spectra/identify/account.hpp"

// What an identification may say. There is no way to write "absent": the only negative is a detection limit,
// and for what the library cannot recognise, not_covered.
namespace singel::spectra::identify {

enum class Certainty { found, probable, could_not_tell };

std::string_view name(Certainty certainty);

struct Interval {
    double low = 0.0, high = 0.0;  // 95 %
};

// A statement about one group of references that cannot be told apart at the library's resolution.
struct Component {
    std::string name;                // the best-fitting member
    std::vector<std::string> group;  // all its members, name among them
    std::optional<double> share;     // of what could be explained, 0 to 1; none for a band table
    std::optional<Interval> share_interval;
    Certainty certainty = Certainty::could_not_tell;
    std::optional<double> false_name_rate;  // measured rate behind the word; none where it was not measured
    double hqi = 0.0;                       // correlation with the reference alone, as search.hpp defines it
    double shift_cm1 = 0.0;                 // fitted offset of the sample's axis against the reference's
    core::ReferenceOrigin origin = core::ReferenceOrigin::measured;
    std::vector<double> evidence_bands_cm1;  // the bands that speak for it
    std::optional<Account> account;          // the whole evidence, where it was asked for
};

// Why no detection limit can be given honestly.
enum class NoLimit { scan_unusable, noise_unknown, band_table_only, hidden_by_named };

std::string_view sentence(NoLimit reason);

struct NotDetected {
    std::string name;
    std::optional<double> detection_limit_share;  // none when it cannot be given honestly
    bool limit_verified = false;        // spiking with another instrument's spectra confirmed this kind of limit
    bool partly_covered = false;        // a class of which only some members are in the library
    std::optional<NoLimit> no_limit{};  // why there is none; of a class, of its worst member
};

enum class NotCoveredReason { no_reference, outside_range, band_table_only };

std::string_view sentence(NotCoveredReason reason);  // "no reference in this library"

struct NotCovered {
    std::string name;
    NotCoveredReason reason = NotCoveredReason::no_reference;
};

enum class QualityMessage {
    too_weak,
    saturated,
    fluorescent,
    short_range,
    processed_by_others,
    depth_matched,
    not_learned,
    few_frames
};

std::string_view sentence(QualityMessage message);

struct Quality {
    bool usable = true;
    std::optional<double> snr;  // strongest band over noise; none when the noise is unknown
    double saturated_fraction = 0.0;
    double fluorescence_fraction = 0.0;  // broad background over all signal, 0 to 1
    std::vector<QualityMessage> messages;
};

struct Unknown {
    bool present = false;           // something the library does not hold explains what is left
    std::optional<double> p_value;  // none when the spectrum is not usable
    std::vector<double> bands_cm1;  // strongest unexplained bands
    std::vector<double> dips_cm1;   // where what is named needs more than is there: a sign that it took a place
};

struct NamedCurve {
    std::string name;
    std::vector<double> values;
};

// The curves behind the words, on the analysis grid; for charts and for the export.
struct FitCurves {
    core::Axis axis;
    std::vector<double> measured;
    std::vector<double> baseline;                 // with the backgrounds on it
    std::vector<double> fit;                      // baseline + all components
    std::vector<std::vector<double>> components;  // same order as Identification::components
    std::vector<double> residual;                 // measured - fit
    std::vector<NamedCurve> backgrounds;          // parts of the baseline that are known for what they are
};

struct Identification {
    core::Provenance provenance;
    core::Technique technique = core::Technique::unknown;
    Quality quality;
    std::vector<Component> components;  // found and probable ones first, each by share
    std::vector<NotDetected> not_detected;
    std::vector<NotCovered> not_covered;
    Unknown unknown;
    std::string library_id;
    std::size_t library_references = 0;
    std::string algorithm;  // name and version, and the digest of what was learned
    FitCurves curves;
};

}  // namespace singel::spectra::identify
