#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "instrument/cooler.hpp"
#include "instrument/description.hpp"
#include "instrument/laser.hpp"
#include "instrument/settings.hpp"
#include "spectra/core/frame.hpp"

namespace singel::instrument {

// Counters of everything that did not go as planned; nothing is dropped silently.
struct Counters {
    std::uint64_t frames_requested = 0;
    std::uint64_t frames_delivered = 0;
    std::uint64_t frames_lost = 0;      // requested, and reported lost once by a Failure
    std::uint64_t stale_discarded = 0;  // begun before the last change of settings
    std::uint64_t recoveries = 0;       // steps taken on the recovery ladder
    std::uint64_t missed_by_count = 0;  // frames that the instrument's own counter shows and that never came
    std::uint64_t replies_dropped = 0;  // answers to nobody's question, or that could not be understood
};

// One step on the recovery ladder.
struct Recovery {
    std::string step;               // "clear halt"
    std::chrono::nanoseconds at{};  // link time
    bool helped = false;
};

using FrameSink = std::function<void(core::Frame)>;

// One opened spectrometer, owned by one Asio executor: all calls come from there. Operations throw core::Failure.
// One capture or apply at a time; read_state and switch_off of the laser may overlap with a capture.
class Spectrometer {
public:
    virtual ~Spectrometer() = default;

    virtual const Description& description() const = 0;
    virtual Counters counters() const = 0;
    virtual std::span<const Recovery> recoveries() const { return {}; }  // the latest, oldest first

    // Sends the settings and reads back what is in force. Throws invalid_argument for settings out of limits.
    virtual boost::asio::awaitable<core::FrameSettings> apply(Settings settings) = 0;

    // A frame whose integration began after the last apply() or laser switch. Stale frames are discarded and
    // counted. Cancelling frees the caller within 100 ms; the next call waits until the instrument has settled.
    boost::asio::awaitable<core::Frame> capture();  // the first of a stream of one

    // So many frames one after the other, each such a one, with the next ones asked for before the last
    // has come where the instrument allows it. Throws at the first lost frame; what was delivered stays delivered.
    virtual boost::asio::awaitable<void> stream(std::uint64_t frames, FrameSink sink) = 0;

    // Laser off, stop, drain, release. Called by the owner before destruction; safe to call twice.
    virtual boost::asio::awaitable<void> close() = 0;

    virtual Laser* laser() = 0;                   // nullptr for an instrument without
    virtual Cooler* cooler() { return nullptr; }  // nullptr for an instrument without
};

using SpectrometerPtr = std::unique_ptr<Spectrometer>;

}  // namespace singel::instrument
