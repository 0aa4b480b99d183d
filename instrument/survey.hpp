#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <vector>

#include "instrument/discovery.hpp"
#include "instrument/usb/system.hpp"

// What is attached and in which state, for a person who looks for a fault.
namespace singel::instrument {

struct Surveyed {
    Found found;
    std::string port;  // "1-4.2", stays the same while the cable stays
    usb::SystemFacts system;
    std::string firmware;  // these three only of what was opened
    std::vector<std::string> warnings;
    std::optional<core::Error> problem;  // what opening ended with
};

enum class Opening {
    none,  // nothing is sent to any instrument
    free   // each that nobody holds: its laser is switched off, its settings are the driver's first ones
};

// Ours on the bus, then chips that should be an instrument and have lost their firmware.
boost::asio::awaitable<std::vector<Surveyed>> survey(Opening opening);

// The udev rule of this program on this machine.
usb::RuleState udev_rule_state();

// What to do about one instrument, in one sentence.
std::string advice(const Surveyed& instrument, usb::RuleState rule);

}  // namespace singel::instrument
