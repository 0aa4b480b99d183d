#pragma once

#include <algorithm>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <optional>
#include <vector>

#include "instrument/decoded.hpp"
#include "instrument/ocean_obp/pipe.hpp"

// What a device can be asked.
namespace singel::instrument::ocean_obp {

// The device's own list of message types (00000082); devices that do not tell are simply asked.
struct KnownMessages {
    std::vector<std::uint32_t> types;
    bool may_know(std::uint32_t type) const { return types.empty() || std::ranges::find(types, type) != types.end(); }
};
boost::asio::awaitable<KnownMessages> read_known_messages(Pipe& pipe);

// The answer, or none from a device that does not know the question or holds no answer.
boost::asio::awaitable<std::optional<Bytes>> look_up(Pipe& pipe, const KnownMessages& known, Question question);

// Sends a value and reads back what is in force: a device that keeps another one is at fault. get 0: nothing tells.
struct Setting {
    Setting(const char* doing_what, std::uint32_t setter, std::uint32_t getter, Bytes to)
        : what(doing_what), set(setter), get(getter), value(std::move(to)) {}

    const char* what;  // "set the trigger"
    std::uint32_t set, get;
    Bytes value;
};
boost::asio::awaitable<void> put(Pipe& pipe, Setting setting);
// The same for a setting that not every model has. True when it is in force.
boost::asio::awaitable<bool> put_if_known(Pipe& pipe, const KnownMessages& known, Setting setting);

}  // namespace singel::instrument::ocean_obp
