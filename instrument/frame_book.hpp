#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "instrument/settings.hpp"
#include "instrument/spectrometer.hpp"
#include "instrument/transport.hpp"

namespace singel::instrument {

// How far a recovery ladder that failed keeps callers away; see recovery.hpp.
struct Ladder {
    unsigned failed_in_a_row = 0;
    std::chrono::nanoseconds closed_until{};  // link time
};

// What every driver keeps about its frames, whatever the family: which settings are in force since when, how many
// frames are still from before, when a cancelled integration ends, and what was lost.
struct FrameBook {
    Counters counters;
    std::vector<Recovery> recoveries;       // the latest steps, oldest first
    core::FrameSettings settings;           // in force
    std::chrono::microseconds slowest{};    // the longer of this and the previous integration time
    unsigned stale_left = 0;                // frames to throw away before the next one counts
    std::chrono::nanoseconds settled_at{};  // link time at which a cancelled integration has surely ended
    bool dirty = false;                     // a cancelled frame may still arrive: drain
    bool suspect = false;                   // the last exchange failed: climb the recovery ladder first
    std::uint64_t numbered = 0;             // frames due to the caller, delivered or lost
    unsigned in_flight = 0;                 // frames asked for and not here yet
    bool one_at_a_time = false;             // a request ahead was not answered: this unit keeps none in mind
    // Frames that the instrument makes ahead by itself. After a pause they are older than what lies on the stage now,
    // and are thrown away as after a change. 0 where it makes none.
    unsigned made_ahead = 0;
    std::optional<std::chrono::nanoseconds> last_frame_at;  // link time
    std::optional<std::uint64_t> last_count;                // the instrument's own, since the last change
    Ladder ladder;
    std::optional<core::Celsius> temperature;  // of the detector, as last read: stamped on each frame

    // New settings are in force from now on: a new generation, and so many frames still from the old one. While an
    // edge or level is awaited only those of them count that come sooner than one can have been taken.
    void changed(core::FrameSettings now_in_force, unsigned stale_frames);
};

// A frame as the instrument sends it.
struct RawFrame {
    std::vector<std::uint32_t> counts;
    std::optional<std::uint64_t> device_count;            // grows by one a frame, where the instrument counts
    std::optional<std::chrono::nanoseconds> device_time;  // its clock
    // The first frame since the instrument was started again: what it counted between was meant for nobody.
    bool run_begins = false;
};

// The part of a driver that moves one frame.
class FrameSource {
public:
    virtual ~FrameSource() = default;
    // Asks for one frame and reads it: raw counts. Called up to depth() times at once: each call posts its reads
    // before it first waits, so that frames come in the order of the calls.
    virtual boost::asio::awaitable<RawFrame> read_frame() = 0;
    // How many frames may be asked for before the first of them has come, with the settings now in force.
    virtual unsigned depth() const { return 1; }
    // Throws away whatever waits in the endpoints.
    virtual boost::asio::awaitable<void> drain() = 0;
    virtual const Description& description() const = 0;
    // Sends the settings, reads back what is in force where the instrument tells, and notes it in the book. Throws
    // protocol when the instrument keeps others.
    virtual boost::asio::awaitable<void> put_in_force(Settings settings) = 0;
    // The recovery ladder: how many rungs may be climbed now, the gentlest first, and one of them. A rung returns
    // when status and one spectrum check out.
    virtual std::size_t rungs() const = 0;
    virtual boost::asio::awaitable<void> climb(std::size_t rung) = 0;
    virtual std::string_view rung_name(std::size_t rung) const { return (void)rung, "recover"; }
};

// Ends what an earlier cancellation or failure left behind. Every operation of a driver begins with it.
boost::asio::awaitable<void> make_ready(FrameSource& source, FrameBook& book, Transport& link);

// What apply() of every driver is: validated settings, put in force on an instrument that is ready for them. Whatever
// fails leaves the instrument suspect.
boost::asio::awaitable<core::FrameSettings> apply_settings(FrameSource& source, FrameBook& book, Transport& link,
                                                           Settings settings);

// The one capture loop: frames that began after the last change, in order, with the next ones asked for before the
// last has come. Stale ones, and ones whose own number is not newer than the last, are discarded and counted. A
// failure loses all that was asked for, and says how many; a cancelled integration is left to end by itself, and the
// next operation waits for it.
boost::asio::awaitable<void> stream_frames(FrameSource& source, FrameBook& book, Transport& link,
                                           std::uint64_t frames, FrameSink sink);

// Reads an IN endpoint until nothing has come for so long; one that another program left halted is set going again.
boost::asio::awaitable<void> drain_endpoint(Transport& link, std::uint8_t endpoint,
                                            Transport::Duration silence = Transport::Duration(20));

// "read a frame" for a deadline: the integration that may be running, the one that is asked for, and a margin.
Transport::Duration frame_deadline(std::chrono::microseconds slowest);
// The same for the latest of the frames that are in flight.
Transport::Duration frame_deadline(const FrameBook& book);

}  // namespace singel::instrument
