#pragma once

#include "acquisition/records/record.hpp"

// Results as an identification could give them, built by hand.
namespace singel::acquisition::testing {

namespace identify = spectra::identify;
namespace core = spectra::core;

inline identify::Component component(std::string name, identify::Certainty certainty, double share = 0.6) {
    identify::Component one;
    one.name = name;
    one.group = {name};
    one.certainty = certainty;
    one.share = share;
    one.share_interval = identify::Interval{share - 0.05, share + 0.05};
    one.hqi = 0.93;
    one.shift_cm1 = 0.4;
    one.evidence_bands_cm1 = {555.5, 1327.0};
    return one;
}

// Caffeine found, fentanyl not seen with a limit, nitazenes not in the library.
inline identify::Identification caffeine() {
    identify::Identification result;
    result.technique = core::Technique::raman;
    result.provenance.source = "sample";
    result.provenance.instrument = {"WP-785", "V-1", core::Link::usb, false, false};
    result.provenance.calibration_id = "device";
    result.provenance.steps = {{"average", "frames=8"}};
    result.quality.snr = 310.0;
    result.quality.fluorescence_fraction = 0.21;
    result.components = {component("caffeine", identify::Certainty::found)};
    result.not_detected = {{"fentanyl", 0.09, true, false}, {"heroin", std::nullopt, false, false}};
    result.not_covered = {{"nitazenes", identify::NotCoveredReason::no_reference}};
    result.unknown.p_value = 0.42;
    result.library_id = "a1b2";
    result.library_references = 80;
    result.algorithm = "test 1";
    return result;
}

inline core::Frame frame(std::uint64_t number, bool laser_on) {
    core::Frame one;
    one.number = number;
    one.counts = {1, 2, 65535, 70000};
    one.settings = {std::chrono::milliseconds(100), laser_on, laser_on ? 1.0 : 0.0, 3};
    one.detector_temperature = core::Celsius{-9.5};
    one.stale_discarded = 1;
    return one;
}

inline records::Record record(bool simulated) {
    records::Record sample;
    sample.id = "00112233445566778899aabbccddeeff";
    sample.day = std::chrono::year(2026) / 11 / 24;
    sample.simulated = simulated;
    if (!simulated) sample.claim_code = "7K4M-29QX";
    sample.sold_as = "caffeine";
    sample.strips = {{StripKind::fentanyl, true, TestLine::clear},
                     {StripKind::benzodiazepine, true, TestLine::faint}};
    sample.skipped_strips = {StripKind::nitazene};
    sample.frames = {frame(3, true), frame(4, true)};
    sample.dark = {frame(1, false), frame(2, false)};
    sample.axis = core::Axis::uniform(core::AxisKind::raman_shift_cm1, 200.0, 1.5, 4);
    sample.scan.axis = core::Axis::uniform(core::AxisKind::raman_shift_cm1, 201.5, 1.5, 2);
    sample.scan.values = {0.1, -2.5};
    sample.scan.sigma = {0.5, 0.25};
    sample.scan.ordinate = core::Ordinate::counts;
    sample.scan.technique = core::Technique::raman;
    sample.scan.noise = core::NoiseBasis::frames;
    sample.scan.saturated_fraction = 0.25;
    sample.identification = caffeine();
    sample.identification.provenance.instrument.simulated = simulated;
    sample.verdict = conclude(sample.identification, sample.sold_as, sample.strips, sample.skipped_strips);
    sample.software = "singel test";
    return sample;
}

}  // namespace singel::acquisition::testing
