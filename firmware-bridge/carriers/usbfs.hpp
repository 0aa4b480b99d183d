#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "firmware-bridge/carriers/plug_schedule.hpp"
#include "firmware-bridge/virtual/device.hpp"
#include "spectra/core/result.hpp"

// Shows virtual instruments to an ordinary program through an emulated usbfs (umockdev): the program's own libusb
// enumerates, opens and talks to them. Linux only; nothing is installed and no privilege is needed.
namespace singel::firmware_bridge::carriers {

struct UsbfsOptions {
    // A kernel announces a device a little before its interfaces can be claimed. For this long after each plug a
    // claim fails as it does then (ENOENT).
    std::chrono::milliseconds claim_not_ready{0};
    std::vector<PlugChange> plugs;  // counted from the start of the program
    // A device that was unplugged, on purpose or by a fault, comes back this long afterwards, under a new address.
    std::optional<std::chrono::milliseconds> replug_after;
    // Called for each device, by its index, when the program and all it left are gone: the device's time has come to
    // now and it has not been unplugged for the end.
    std::function<void(std::size_t index, const virtual_instrument::UsbDevice& device)> afterwards;
};

// The emulated bus lives inside a process that is itself preloaded with umockdev and, where it was built with a
// sanitizer, with that sanitizer's runtime before it. Replaces this process by itself so preloaded, with the same
// arguments; returns at once where that is done already. Call it early in main, before any thread exists.
// Fails with unsupported where umockdev was not there at build time or cannot be loaded now.
spectra::core::Result<void> enter_usbfs(char** argv);

// Runs command (found through PATH) with the devices on its bus and waits for it and for everything it left running
// (for at most ten seconds more; what is still there then is killed). The value is the command's exit code, or
// 128 + n where signal n ended it. Terminating signals sent to this process are handed on to the command; a command
// whose carrier dies is killed. Call it from the main thread of a process that enter_usbfs has prepared.
// Fails with not_found or permission_denied where the command cannot be started, with input_output where the bus
// cannot be built.
spectra::core::Result<int> run_on_usbfs(std::vector<std::unique_ptr<virtual_instrument::UsbDevice>> devices,
                                        const std::vector<std::string>& command, const UsbfsOptions& options = {});

}  // namespace singel::firmware_bridge::carriers
