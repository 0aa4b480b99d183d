#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "instrument/bus.hpp"

namespace singel::instrument {

// What a person should hear of an instrument that was unplugged.
struct Presence {
    enum class What { away, back };
    What what = What::away;
    core::InstrumentIdentity instrument;
    std::uint64_t frames_lost = 0;  // since it was last there

    std::string sentence() const;  // "The USB2000+ 2+F00001 is back; its settings were sent again."
};

struct LastingOptions {
    std::chrono::milliseconds patience{30000};     // how long one call waits for an instrument that is away
    std::function<void(const Presence&)> witness;  // from the executor; must not throw
};

// A spectrometer that outlives its cable. Model and serial number of its memory make it the same instrument, whatever
// the port, the hub or the address. When it is unplugged, apply, capture, stream and the cooler wait for it, look for
// it among what the bus shows, open it, send the settings and the cooler's setpoint again, and go on. A frame that
// was under way is lost: counted, told to the witness once, its number skipped.
//
// The laser never comes back by itself. With a lease running, nothing waits: every call fails with disconnected, and
// with_laser ends. Neither is a laser switched on while the instrument is away. Opening it again switches the laser
// off first and reads back.
//
// An instrument that reports no serial number, or comes back with another wavelength axis, is not taken for the same.
boost::asio::awaitable<SpectrometerPtr> open_lasting(BusPtr bus, std::string id, LastingOptions options = {});

}  // namespace singel::instrument
