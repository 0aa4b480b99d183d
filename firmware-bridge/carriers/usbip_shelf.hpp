#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "firmware-bridge/carriers/plug_schedule.hpp"
#include "firmware-bridge/virtual/device.hpp"
#include "firmware-bridge/wire/usbip/messages.hpp"

namespace singel::firmware_bridge::carriers {

// Who imported a device. Called from within any function of the shelf or of the device.
class UsbipImporter {
public:
    virtual ~UsbipImporter() = default;
    virtual void completed(virtual_instrument::Completion completion) = 0;
    virtual void unplugged() = 0;  // the device is no longer the importer's
};

// The devices that are exported, each with at most one importer, and their plugs. Single-threaded, reads no clock.
class UsbipShelf {
public:
    using Clock = virtual_instrument::Clock;
    using UsbDevice = virtual_instrument::UsbDevice;

    struct Rules {
        std::vector<PlugChange> plugs;  // times count from the first call of advance
        std::optional<std::chrono::milliseconds> replug_after;
    };

    UsbipShelf(std::vector<std::unique_ptr<UsbDevice>> devices, Rules rules);
    ~UsbipShelf();
    UsbipShelf(const UsbipShelf&) = delete;
    UsbipShelf& operator=(const UsbipShelf&) = delete;

    std::vector<wire::usbip::ExportedDevice> list() const;  // what is plugged in, imported or not

    struct Loan {
        UsbDevice* device = nullptr;
        wire::usbip::ExportedDevice description;
    };
    // Nothing where no plugged device has this bus id or another has imported it. The importer must give it back
    // (unless it was told of an unplug) before it dies.
    std::optional<Loan> take(std::string_view bus_id, UsbipImporter& importer);
    // Resets the port, as Linux does when an importer goes.
    void give_back(const UsbipImporter& importer, Clock now);

    std::optional<Clock> next_event() const;
    void advance(Clock now);  // also after anything that may have moved a device

    void inspect(const std::function<void(std::size_t index, const UsbDevice& device)>& look) const;

private:
    struct Place {
        std::unique_ptr<UsbDevice> device;
        UsbipImporter* importer = nullptr;
        unsigned port = 1, address = 0;
        bool plugged = false;
        std::optional<Clock> replug_at;
    };
    void plug(Place& place, Clock now);
    void notice_unplug(Place& place, Clock now);
    wire::usbip::ExportedDevice describe(const Place& place) const;

    Rules rules_;
    std::vector<Place> places_;
    PlugSchedule plugs_;
    bool started_ = false;
    unsigned last_given_ = 0;  // address
};

}  // namespace singel::firmware_bridge::carriers
