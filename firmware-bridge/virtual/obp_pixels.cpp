#include <algorithm>
#include <functional>
#include <utility>

#include "firmware-bridge/virtual/obp_camera.hpp"
#include "firmware-bridge/wire/obp/spectra.hpp"

// What a finished exposure looks like on the wire.
namespace singel::firmware_bridge::virtual_instrument {

namespace obp = wire::obp;
using std::chrono::duration_cast;
using std::chrono::microseconds;

namespace {

// Mean over the pixels on each side that are there.
obp::Counts smoothed(const obp::Counts& counts, std::size_t half_width) {
    if (half_width == 0) return counts;
    obp::Counts out(counts.size());
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const std::size_t first = i - std::min(i, half_width), last = std::min(i + half_width, counts.size() - 1);
        std::uint64_t sum = 0;
        for (std::size_t j = first; j <= last; ++j) sum += counts[j];
        out[i] = static_cast<std::uint32_t>(sum / (last - first + 1));
    }
    return out;
}

// Groups of 2^factor pixels become one, their mean.
obp::Counts binned(const obp::Counts& counts, std::uint32_t factor) {
    const std::size_t group = std::size_t{1} << factor;
    obp::Counts out(counts.size() / group);
    for (std::size_t i = 0; i < out.size(); ++i) {
        std::uint64_t sum = 0;
        for (std::size_t j = 0; j < group; ++j) sum += counts[i * group + j];
        out[i] = static_cast<std::uint32_t>(sum / group);
    }
    return out;
}

}  // namespace

// OBP2 sends the sum of its scans, the others their mean.
obp::Counts ObpCamera::counts(const Shot& shot) const {
    const optics::Exposure scan{std::chrono::duration<double>(shot.integration).count(),
                                shot.laser_seconds / shot.scans, 1, shot.dark};
    std::vector<std::uint64_t> sums(model_.wire.pixels);
    for (std::uint32_t number = 1; number <= shot.scans; ++number) {
        const obp::Counts one = sensor_.expose_wide(scan, shot.noise + number);
        std::transform(one.begin(), one.end(), sums.begin(), sums.begin(), std::plus<>());
    }
    const std::uint32_t divisor = model_.wire.version == obp::version_2 ? 1 : shot.scans;
    obp::Counts counts(sums.size());
    std::transform(sums.begin(), sums.end(), counts.begin(),
                   [divisor](std::uint64_t sum) { return static_cast<std::uint32_t>(sum / divisor); });
    return binned(smoothed(counts, shot.boxcar), shot.binning);
}

obp::FastSpectrum ObpCamera::fast(const Shot& shot) const {
    const Shot& newest = buffer_.back();
    const auto ticks = [this](const Shot& s) { return duration_cast<microseconds>(s.ended - powered_); };
    return {ticks(shot),   duration_cast<microseconds>(shot.integration), shot.count,  newest.count,
            ticks(newest), static_cast<std::uint16_t>(shot.scans),        counts(shot)};
}

wire::Bytes ObpCamera::payload(const Shot& shot) const {
    switch (model_.wire.readout) {
        case obp::Readout::buffered:
            return obp::encode_buffered({shot.count, duration_cast<microseconds>(shot.ended - powered_),
                                         duration_cast<microseconds>(shot.integration), shot.trigger, counts(shot)});
        case obp::Readout::obp2: return obp::encode_obp2({shot.scans > 1, counts(shot)});
        case obp::Readout::on_request:
        case obp::Readout::fast_buffer: break;
    }
    return obp::encode_plain(counts(shot));
}

wire::Bytes ObpCamera::handed_over(const Shot& shot, Clock requested) {
    ++truth_.frames;
    const bool stale = std::exchange(port_.conditions.next_frame_stale, false) && !last_payload_.empty();
    if (!stale) {
        last_payload_ = payload(shot);
        truth_.last_frame = {shot.begun, shot.integration, shot.laser_seconds, shot.begun < requested};
    }
    return last_payload_;
}

}  // namespace singel::firmware_bridge::virtual_instrument
