#include "spectra/identify/identification.hpp"

namespace singel::spectra::identify {

std::string_view name(Certainty certainty) {
    switch (certainty) {
        case Certainty::found: return "found";
        case Certainty::probable: return "probable";
        case Certainty::could_not_tell: return "could_not_tell";
    }
    return "could_not_tell";
}

std::string_view sentence(NoLimit reason) {
    switch (reason) {
        case NoLimit::scan_unusable: return "this scan is not good enough for any limit";
        case NoLimit::noise_unknown: return "the noise of this spectrum is not known";
        case NoLimit::band_table_only: return "the library has only a table of its bands";
        case NoLimit::hidden_by_named: return "what was named covers its bands, whatever its amount";
    }
    return "this scan is not good enough for any limit";
}

std::string_view sentence(NotCoveredReason reason) {
    switch (reason) {
        case NotCoveredReason::no_reference: return "no reference in this library";
        case NotCoveredReason::outside_range: return "its reference has no usable bands in the range compared";
        case NotCoveredReason::band_table_only: return "only a table of band positions in this library";
    }
    return "no reference in this library";
}

std::string_view sentence(QualityMessage message) {
    switch (message) {
        case QualityMessage::too_weak: return "the signal is too weak";
        case QualityMessage::saturated: return "the detector was saturated";
        case QualityMessage::fluorescent: return "fluorescence covers most of the signal";
        case QualityMessage::short_range: return "the spectrum covers only part of the range compared";
        case QualityMessage::processed_by_others:
            return "the spectrum was processed before: its noise is not known and no limits can be given";
        case QualityMessage::depth_matched:
            return "the spectrum was weighted by wavenumber to match the library: one of the two is an attenuated "
                   "total reflection";
        case QualityMessage::not_learned:
            return "certainty in this technique was not learned on two instruments: no name is more than probable";
        case QualityMessage::few_frames: return "too few frames to judge the noise";
    }
    return "the signal is too weak";
}

}  // namespace singel::spectra::identify
