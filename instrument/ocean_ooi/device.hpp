#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "firmware-bridge/wire/ooi/commands.hpp"
#include "firmware-bridge/wire/ooi/replies.hpp"
#include "instrument/transport.hpp"

// Single exchanges with an OOI device. They hold no state; every one has a deadline.
namespace singel::instrument::ocean_ooi {

namespace ooi = firmware_bridge::wire::ooi;

std::size_t packet_size(const Transport& link);

// A command that stalled was not taken: the endpoint is set going again and the command sent once more.
boost::asio::awaitable<void> send(Transport& link, ooi::Command command);
boost::asio::awaitable<ooi::Status> read_status(Transport& link);
// An answer to another slot means an older answer in the queue: drains and asks once more.
boost::asio::awaitable<ooi::SlotReply> read_slot(Transport& link, std::uint8_t slot);
boost::asio::awaitable<ooi::FpgaVersion> read_fpga_version(Transport& link);
boost::asio::awaitable<std::vector<std::uint32_t>> read_spectrum(Transport& link, std::size_t pixels,
                                                                 Transport::Duration deadline);
// Reads replies and spectra until nothing more comes.
boost::asio::awaitable<void> drain(Transport& link);
boost::asio::awaitable<void> initialize(Transport& link);

}  // namespace singel::instrument::ocean_ooi
