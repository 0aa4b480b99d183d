#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "firmware-bridge/wire/ooi/commands.hpp"
#include "firmware-bridge/wire/ooi/replies.hpp"
#include "instrument/beside.hpp"
#include "instrument/transport.hpp"

// Single exchanges with an OOI device. Every one has a deadline.
namespace singel::instrument::ocean_ooi {

namespace ooi = firmware_bridge::wire::ooi;

// One instrument and how it speaks. Outlives every exchange with it.
struct Unit {
    TransportPtr link;
    const ooi::Dialect* dialect = nullptr;
    bool high_speed = true;   // of the bus: decides from where a spectrum comes
    bool has_status = false;  // it answers opcode FE
    ooi::ByteOrder register_order = ooi::ByteOrder::little;
};
Unit unit_of(TransportPtr link, const ooi::Dialect& dialect);

// A command that stalled was not taken: the endpoint is set going again and the command sent once more.
boost::asio::awaitable<void> send(const Unit& unit, ooi::Command command);
boost::asio::awaitable<ooi::Status> read_status(const Unit& unit);
// An answer to another slot means an older answer in the queue: drains and asks once more.
boost::asio::awaitable<ooi::SlotReply> read_slot(const Unit& unit, std::uint8_t slot);
// Which byte order it has is told by which makes sense of the version (section 3, opcode 6B).
boost::asio::awaitable<ooi::FpgaVersion> read_fpga_version(Unit& unit);
boost::asio::awaitable<double> read_detector_celsius(const Unit& unit);
// One block of the irradiance calibration: 15 pixels from this one on.
boost::asio::awaitable<std::vector<double>> read_irradiance(const Unit& unit, std::size_t first_pixel);

// A spectrum in two steps: the reads wait on their endpoints before it is asked for.
using SpectrumReads = std::vector<Started<std::vector<std::uint8_t>>>;
SpectrumReads post_spectrum(const Unit& unit, Transport::Duration deadline);
boost::asio::awaitable<std::vector<std::uint32_t>> collect(const Unit& unit, SpectrumReads& reads,
                                                           std::size_t detector_pixels);

// Reads replies and spectra until nothing more comes.
boost::asio::awaitable<void> drain(const Unit& unit);
// Sets those endpoints going again that a host reads from.
boost::asio::awaitable<void> clear_halts(const Unit& unit);
// Trigger off. Throws away the spectrum that some models send of themselves after it.
boost::asio::awaitable<void> initialize(const Unit& unit);

}  // namespace singel::instrument::ocean_ooi
