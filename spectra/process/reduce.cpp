#include "spectra/process/reduce.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "spectra/process/average.hpp"
#include "spectra/process/despike.hpp"
#include "spectra/process/raman_intensity.hpp"
#include "spectra/process/robust.hpp"
#include "spectra/process/smooth.hpp"

namespace singel::spectra::process {
namespace {

using core::Fault;
using core::Frame;

// Frames as numbers, and what was done to them so far.
struct Stack {
    std::vector<std::vector<double>> frames;
    core::Provenance provenance;

    void did(std::string step, std::string parameters = {}) {
        provenance = provenance.with(std::move(step), std::move(parameters));
    }
};

core::Result<void> check_equal(std::span<const Frame> frames, std::size_t pixels, std::string_view what) {
    for (const Frame& frame : frames) {
        if (frame.counts.size() != pixels)
            return core::failure(Fault::invalid_argument,
                                 fmt::format("{} {} has {} pixels where {} are expected", what, frame.number,
                                             frame.counts.size(), pixels));
        core::FrameSettings same = frame.settings;
        same.generation = frames.front().settings.generation;
        if (same != frames.front().settings)
            return core::failure(
                Fault::invalid_argument,
                fmt::format("{} {} was taken with other settings than the first one", what, frame.number));
    }
    return {};
}

core::Result<void> check_dark(std::span<const Frame> frames, std::span<const Frame> dark) {
    if (dark.empty()) return {};
    const auto& scan = frames.front().settings;
    const auto& blocked = dark.front().settings;
    if (blocked.integration_time != scan.integration_time)
        return core::failure(Fault::no_dark,
                             fmt::format("the dark was taken with {} µs, the scan with {} µs",
                                         blocked.integration_time.count(), scan.integration_time.count()),
                             {}, "Take a new dark");
    if (blocked.laser_on)
        return core::failure(Fault::no_dark, "the dark was taken with the laser on", {}, "Take a new dark");
    return {};
}

core::Result<void> check(std::span<const Frame> frames, std::span<const Frame> dark, const core::Axis& axis,
                         const ReduceOptions& options) {
    if (frames.empty()) return core::failure(Fault::invalid_argument, "a scan needs at least one frame");
    if (auto equal = check_equal(frames, axis.size(), "frame"); !equal) return equal;
    if (auto equal = check_equal(dark, axis.size(), "dark frame"); !equal) return equal;
    if (options.usable && (options.usable->first >= options.usable->last || options.usable->last >= axis.size()))
        return core::failure(
            Fault::invalid_argument,
            fmt::format("usable pixels {} to {} of {}", options.usable->first, options.usable->last, axis.size()));
    if (!options.raman_intensity.empty() && options.raman_intensity.size() != axis.size())
        return core::failure(Fault::invalid_argument, fmt::format("{} intensity factors for {} pixels",
                                                                  options.raman_intensity.size(), axis.size()));
    return check_dark(frames, dark);
}

PixelRange usable_range(const ReduceOptions& options, std::size_t pixels) {
    return options.usable.value_or(PixelRange{0, pixels - 1});
}

// Pixels of the usable range that reach full scale in any frame: the mean of a clipped pixel hides that it was
// clipped.
double saturated_fraction(std::span<const Frame> frames, const PixelRange& range) {
    std::size_t saturated = 0;
    for (std::size_t i = range.first; i <= range.last; ++i)
        if (std::ranges::any_of(frames, [&](const Frame& f) { return f.counts[i] >= f.full_scale; })) ++saturated;
    return static_cast<double>(saturated) / static_cast<double>(range.last - range.first + 1);
}

// What the electronics did to the counts of one frame, undone.
core::Result<std::vector<double>> as_detected(const Frame& frame, const ReduceOptions& options) {
    std::vector<double> counts(frame.counts.begin(), frame.counts.end());
    if (options.odd_pixels) counts = level_odd_pixels(counts, *options.odd_pixels);
    return overwrite_ends(counts, options.junk_first, options.junk_last);
}

// Electronics, bad pixels, electric dark, pairs and nonlinearity of one frame. Wasatch's own program takes the
// electric dark before it mends bad pixels: a constant makes no difference to a straight line between neighbours.
core::Result<std::vector<double>> corrected(const Frame& frame, const ReduceOptions& options, double offset) {
    auto detected = as_detected(frame, options);
    if (!detected) return detected;
    auto counts = interpolate_bad_pixels(*detected, options.bad_pixels);
    if (!counts) return counts;
    if (!options.electric_dark.empty()) {
        const auto level = electric_dark(*counts, options.electric_dark);
        if (!level) return tl::unexpected(level.error());
        offset = *level;
    }
    for (double& v : *counts) v -= offset;
    counts = average_pairs(*counts, options.pairs);
    return options.nonlinearity.empty() ? counts : linearised(*counts, options.nonlinearity);
}

core::Result<Stack> corrected(std::span<const Frame> frames, const ReduceOptions& options, double offset) {
    Stack stack;
    for (const Frame& frame : frames) {
        auto counts = corrected(frame, options, offset);
        if (!counts) return tl::unexpected(std::move(counts.error()));
        stack.frames.push_back(std::move(*counts));
    }
    if (options.odd_pixels)
        stack.did("odd_pixels",
                  fmt::format("slope={} offset={}", options.odd_pixels->slope, options.odd_pixels->offset));
    if (options.junk_first + options.junk_last > 0)
        stack.did("ends", fmt::format("first={} last={}", options.junk_first, options.junk_last));
    if (!options.bad_pixels.empty()) stack.did("bad_pixels", fmt::format("pixels={}", options.bad_pixels.size()));
    if (!options.electric_dark.empty()) stack.did("electric_dark");
    if (options.pairs != core::PairAverage::none) stack.did("average_pairs");
    if (!options.nonlinearity.empty())
        stack.did("nonlinearity", fmt::format("order={} offset={}", options.nonlinearity.size() - 1, offset));
    if (!options.despike || stack.frames.size() < 2) return stack;
    stack.did("despike", fmt::format("between_frames replaced={}", despike_frames(stack.frames)));
    return stack;
}

// Without masked pixels the polynomial needs the level of the dark from elsewhere.
double dark_level(std::span<const Frame> dark, const ReduceOptions& options) {
    if (options.nonlinearity.empty() || !options.electric_dark.empty() || dark.empty()) return 0.0;
    const auto& counts = dark.front().counts;
    return median(std::vector<double>(counts.begin(), counts.end()));
}

// Mean of the light frames minus mean of the dark ones, with both noises.
core::Spectrum difference(const Stack& light, const Stack& dark, const core::Axis& axis) {
    const Mean mean = average(light.frames);
    const Mean background = average(dark.frames);
    core::Spectrum scan;
    scan.axis = axis;
    scan.values = mean.values;
    scan.sigma.resize(axis.size());
    for (std::size_t i = 0; i < axis.size(); ++i) {
        if (background.frames > 0) scan.values[i] -= background.values[i];
        scan.sigma[i] = std::sqrt(mean.variance[i] + (background.frames > 0 ? background.variance[i] : 0.0));
    }
    scan.ordinate = core::Ordinate::counts;
    scan.noise = mean.frames > 1 ? core::NoiseBasis::frames : core::NoiseBasis::estimated;
    scan.provenance =
        light.provenance.with("average", fmt::format("frames={}", mean.frames))
            .with("dark", background.frames > 0 ? fmt::format("frames={}", background.frames) : std::string("none"));
    return scan;
}

core::Result<core::Spectrum> cropped(core::Spectrum scan, const core::Axis& axis, const PixelRange& range) {
    const auto cut = [&](const auto& values) {
        return std::vector<double>(values.begin() + static_cast<std::ptrdiff_t>(range.first),
                                   values.begin() + static_cast<std::ptrdiff_t>(range.last) + 1);
    };
    auto part = core::Axis::make(axis.kind(), cut(axis.values()));
    if (!part) return tl::unexpected(std::move(part.error()));
    scan.axis = *part;
    scan.values = cut(scan.values);
    scan.sigma = cut(scan.sigma);
    scan.provenance = scan.provenance.with("crop", fmt::format("pixels={}..{}", range.first, range.last));
    return scan;
}

}  // namespace

core::Result<core::Spectrum> reduce(std::span<const Frame> frames, std::span<const Frame> dark,
                                    const core::Axis& axis, const ReduceOptions& options) {
    if (auto fine = check(frames, dark, axis, options); !fine) return tl::unexpected(std::move(fine.error()));
    const PixelRange range = usable_range(options, axis.size());
    const double level = dark_level(dark, options);
    auto light = corrected(frames, options, level);
    if (!light) return tl::unexpected(std::move(light.error()));
    auto blocked = corrected(dark, options, level);
    if (!blocked) return tl::unexpected(std::move(blocked.error()));

    core::Spectrum scan = difference(*light, *blocked, axis);
    scan.technique = options.technique;
    scan.saturated_fraction = saturated_fraction(frames, range);
    scan.provenance.instrument = frames.front().instrument;
    scan.provenance.calibration_id = options.calibration_id;
    if (options.despike && frames.size() == 1)
        scan.provenance =
            scan.provenance.with("despike", fmt::format("single_frame replaced={}", despike_single(scan.values)));
    if (options.boxcar_half_width > 0) scan = boxcar(scan, options.boxcar_half_width);
    auto part =
        options.usable ? cropped(std::move(scan), axis, range) : core::Result<core::Spectrum>(std::move(scan));
    if (!part || options.raman_intensity.empty()) return part;
    return raman_intensity(*part, std::span(options.raman_intensity).subspan(range.first, part->size()));
}

}  // namespace singel::spectra::process
