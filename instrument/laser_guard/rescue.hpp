#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>

#include "instrument/families.hpp"
#include "instrument/laser_guard/owner.hpp"
#include "instrument/usb/enumerate.hpp"

namespace singel::instrument::laser_guard {

// The instrument whose laser the guard answers for.
struct Charge {
    usb::Attached device;  // as the guard found it; after a reset it may come back with another address
    FamilyModel known;
};

// Throws when the id names no attached instrument with a laser of ours.
boost::asio::awaitable<Charge> find_charge(std::string id);

// Opens it as it is on the bus now: the same family on the same port.
boost::asio::awaitable<std::shared_ptr<usb::UsbTransport>> reach(Charge charge, usb::Claim claim);

// Switches the laser off and reads back, over and over for tries_for, through resets and new addresses. link may be
// none. An owner is killed when it holds what the laser needs; without one to kill, its claim is waited for. Throws
// laser_unverified.
boost::asio::awaitable<void> switch_off(Charge charge, std::shared_ptr<usb::UsbTransport> link,
                                        const Owner* frozen_owner);

}  // namespace singel::instrument::laser_guard
