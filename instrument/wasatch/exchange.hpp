#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <vector>

#include "firmware-bridge/wire/fid/requests.hpp"
#include "instrument/transport.hpp"

// Single control transfers with a Wasatch unit; every one has a deadline.
namespace singel::instrument::wasatch {

namespace fid = firmware_bridge::wire::fid;

struct Unit {
    TransportPtr link;
    fid::Board board = fid::Board::fx2;
    Transport::Duration deadline{1000};
};

boost::asio::awaitable<void> set(Unit unit, const fid::Operation& operation, std::uint64_t value = 0);
boost::asio::awaitable<std::vector<std::uint8_t>> get(Unit unit, const fid::Operation& operation,
                                                      std::uint16_t index = 0);
// Sets and reads back, once more when it did not arrive: what the unit keeps in the end.
boost::asio::awaitable<std::uint64_t> put(Unit unit, const fid::Operation& operation, std::uint64_t value);
// Busy for three seconds, then everything is as after power-up.
boost::asio::awaitable<void> reset_fpga(Unit unit);
boost::asio::awaitable<std::uint64_t> get_number(Unit unit, const fid::Operation& operation);

}  // namespace singel::instrument::wasatch
