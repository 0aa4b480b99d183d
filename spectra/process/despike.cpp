#include "spectra/process/despike.hpp"

#include <algorithm>
#include <cmath>

#include "spectra/process/robust.hpp"

namespace singel::spectra::process {
namespace {

constexpr double frame_threshold = 8.0;  // modified z-score of a spike's top
constexpr double flank_threshold = 4.0;  // of the pixels beside it, which share its charge
constexpr double light_change = 0.05;    // fraction of the signal by which frames may differ
constexpr double single_threshold = 10.0;
constexpr double narrow = 0.12;     // of the height, two pixels away
constexpr double steep = 0.25;      // of the height, beside a spike of two pixels
constexpr std::size_t window = 50;  // pixels on each side for the local noise

// What the other frames have: their mean where they agree, without one that has a spike of its own there.
double others(std::span<const std::vector<double>> frames, std::size_t own, std::size_t pixel) {
    double sum = 0.0, greatest = 0.0;
    std::size_t count = 0;
    for (std::size_t f = 0; f < frames.size(); ++f) {
        if (f == own) continue;
        sum += frames[f][pixel];
        greatest = count == 0 ? frames[f][pixel] : std::max(greatest, frames[f][pixel]);
        ++count;
    }
    return count > 2 ? (sum - greatest) / static_cast<double>(count - 1) : sum / static_cast<double>(count);
}

// How far a frame stands above the others, in units of its own local noise.
std::vector<double> scores(const std::vector<double>& frame, const std::vector<double>& reference) {
    std::vector<double> difference(frame.size());
    std::ranges::transform(frame, reference, difference.begin(), std::minus<>());
    const double offset = median(difference);
    const double floor = std::max(deviation_about(difference, offset), 0.5);
    const double low = *std::ranges::min_element(reference);
    std::vector<double> score(frame.size());
    for (std::size_t start = 0; start < frame.size(); start += window) {
        const std::size_t from = start > window ? start - window : 0;
        const std::size_t to = std::min(frame.size(), start + 2 * window);
        const auto around = std::span(difference).subspan(from, to - from);
        const double noise = std::max(floor, deviation_about(around, median(around)));
        for (std::size_t i = start; i < std::min(frame.size(), start + window); ++i)
            score[i] = (difference[i] - offset - light_change * (reference[i] - low)) / noise;
    }
    return score;
}

}  // namespace

std::size_t despike_frames(std::span<std::vector<double>> frames) {
    if (frames.size() < 2) return 0;
    const std::vector<std::vector<double>> measured(frames.begin(), frames.end());
    std::size_t replaced = 0;
    for (std::size_t f = 0; f < frames.size(); ++f) {
        const std::size_t pixels = measured[f].size();
        std::vector<double> reference(pixels);
        for (std::size_t i = 0; i < pixels; ++i) reference[i] = others(measured, f, i);
        const std::vector<double> score = scores(measured[f], reference);
        for (std::size_t i = 0; i < pixels; ++i) {
            const bool beside =
                (i > 0 && score[i - 1] > frame_threshold) || (i + 1 < pixels && score[i + 1] > frame_threshold);
            if (!(score[i] > frame_threshold || (beside && score[i] > flank_threshold))) continue;
            frames[f][i] = reference[i];
            ++replaced;
        }
    }
    return replaced;
}

std::size_t despike_single(std::vector<double>& values) {
    constexpr std::size_t reach = 7, gap = 3;  // the ground is taken from pixels 3 to 7 away
    if (values.size() < 4 * reach) return 0;
    const std::vector<double> measured = values;
    const double noise = std::max(noise_of(measured), 0.5);
    std::size_t replaced = 0;
    for (std::size_t a = reach; a + reach + 1 < measured.size(); ++a) {
        if (measured[a] < measured[a - 1] || measured[a] < measured[a + 1]) continue;
        std::vector<double> ground;
        for (std::size_t k = gap; k <= reach; ++k) ground.insert(ground.end(), {measured[a - k], measured[a + k]});
        const double base = median(ground);
        const double height = measured[a] - base;
        const std::size_t b = measured[a + 1] - base > 0.5 * height ? a + 1 : a;
        const double beside = std::max(measured[a - 2], measured[b + 2]) - base;
        const double flank = b > a ? std::max(measured[a - 1], measured[b + 1]) - base : 0.0;
        if (height < single_threshold * noise || beside > narrow * height || flank > steep * height) continue;
        const double left = measured[a - 2], right = measured[b + 2];
        for (std::size_t k = a - 1; k <= b + 1; ++k)
            values[k] = left + (right - left) * static_cast<double>(k - a + 2) / static_cast<double>(b - a + 4);
        replaced += b - a + 3;
    }
    return replaced;
}

}  // namespace singel::spectra::process
