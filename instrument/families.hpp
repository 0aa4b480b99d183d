#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <span>
#include <string_view>

#include "instrument/spectrometer.hpp"
#include "instrument/transport.hpp"

namespace singel::instrument {

// How far a driver was shown to work with a model. What follows includes what stands before.
enum class Verified {
    documents,       // written from public notes; no virtual instrument either, or one that nobody else has driven
    virtual_unit,    // drives a virtual instrument, written by other hands from the same notes
    other_programs,  // another program drives the same virtual instrument
    hardware         // a unit answered
};

std::string_view name(Verified verified);  // the enumerator's spelling

// What the bus shows of a model. One row may stand for several that only their memory tells apart.
struct KnownModel {
    std::uint16_t vendor_id = 0, product_id = 0;
    std::string_view name;
    Verified verified = Verified::virtual_unit;
};

// A family shares a protocol and a driver. The driver owns the transport from here on; when it cannot open the
// instrument it has released it.
struct Family {
    std::string_view name;
    std::span<const KnownModel> models;
    boost::asio::awaitable<SpectrometerPtr> (*open)(TransportPtr transport, KnownModel model);
    // Switches the laser off until it is off, knowing nothing else of the instrument: what the laser guard does.
    // nullptr for a family without lasers.
    boost::asio::awaitable<void> (*laser_off)(TransportPtr transport, KnownModel model) = nullptr;
    // laser_off speaks over bulk endpoints: the guard has to claim the interface, which it can when its owner has
    // ended.
    bool laser_over_bulk = false;
};

// The explicit list: no registration, no plug-ins.
std::span<const Family> families();

struct FamilyModel {
    const Family* family = nullptr;  // nullptr: not one of ours
    KnownModel model;
};
FamilyModel find_model(std::uint16_t vendor_id, std::uint16_t product_id);

}  // namespace singel::instrument
