#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <umockdev.h>
#include <vector>

#include "firmware-bridge/carriers/plug_schedule.hpp"
#include "firmware-bridge/carriers/poll_node.hpp"
#include "firmware-bridge/carriers/usbfs.hpp"
#include "firmware-bridge/carriers/usbfs_port.hpp"
#include "firmware-bridge/carriers/usbfs_record.hpp"

namespace singel::firmware_bridge::carriers {

// The emulated bus: a umockdev testbed, one port a device. umockdev's thread answers ioctls; the bus's own thread
// sleeps until the next event of a device and is the only one that plugs and unplugs, never with the lock held. One
// lock guards all devices and ports. Throws core::Failure where the bus cannot be built.
class UsbfsBus {
public:
    UsbfsBus(std::vector<std::unique_ptr<virtual_instrument::UsbDevice>> devices, const UsbfsOptions& options);
    ~UsbfsBus();
    UsbfsBus(const UsbfsBus&) = delete;
    UsbfsBus& operator=(const UsbfsBus&) = delete;

    const std::string& root() const { return root_; }  // what UMOCKDEV_DIR must say to a program
    void start_clock();                                // the plugs' times count from here
    std::optional<spectra::core::Error> failure();     // why the bus stood still, if it did

    // Each device as it is now.
    void inspect(const std::function<void(std::size_t index, const virtual_instrument::UsbDevice&)>& look);

private:
    using Clock = virtual_instrument::Clock;
    struct Port {
        UsbfsBus& bus;
        std::unique_ptr<virtual_instrument::UsbDevice> device;
        UsbfsPort usbfs;
        BusPlace place;
        std::unique_ptr<PollNode> node;  // there while plugged
        UMockdevIoctlBase* handler = nullptr;
        std::optional<Clock> unplug_at, plug_at;

        Port(UsbfsBus& owner, std::unique_ptr<virtual_instrument::UsbDevice> what, unsigned number);
        ~Port();
    };
    struct Unref {
        void operator()(UMockdevTestbed* testbed) const { g_object_unref(testbed); }
    };

    struct Request {  // an ioctl that is being answered
        Port& port;
        UMockdevIoctlClient* client;
        int tries;
    };

    static gboolean on_ioctl(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer port);
    static gboolean on_ask_again(gpointer request);
    static bool answer(Request& request);
    static void on_open(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer port);
    static void on_closed(gpointer port, GObject* client);

    Clock now() const;
    void settle(Port& port);
    void plug(Port& port);
    void unplug(Port& port);
    void change_plugs();
    void change_what_is_due(std::unique_lock<std::mutex>& lock);
    std::optional<Clock> next_event() const;
    unsigned free_address();
    void keep_time();
    void serve_events();

    UsbfsOptions options_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    std::unique_ptr<UMockdevTestbed, Unref> testbed_;
    std::string root_;
    std::mutex lock_;
    std::condition_variable changed_;
    std::vector<std::unique_ptr<Port>> ports_;
    PlugSchedule plugs_;
    unsigned last_given_ = 1;         // address
    std::optional<Clock> waking_at_;  // what the thread sleeps for
    bool stopping_ = false;
    std::optional<spectra::core::Error> failure_;
    std::thread thread_;
};

}  // namespace singel::firmware_bridge::carriers
