#include "firmware-bridge/carriers/usbfs_bus.hpp"

#include <algorithm>
#include <cerrno>
#include <unistd.h>
#include <utility>

#include "firmware-bridge/carriers/bus_address.hpp"
#include "firmware-bridge/carriers/usbfs_ioctl.hpp"

namespace singel::firmware_bridge::carriers {

namespace core = spectra::core;
using virtual_instrument::UsbDevice;

namespace {

// The kernel has closed a file when close() returns; here the news comes through a socket, perhaps after the same
// program's next claim. So EBUSY is answered only once there was time for it to arrive.
constexpr int busy_tries = 10;
constexpr guint busy_pause_ms = 1;

// umockdev ends the whole process where it cannot make its folder, so ask first.
UMockdevTestbed* new_testbed() {
    const char* const folder = g_get_tmp_dir();
    if (access(folder, W_OK | X_OK) != 0) {
        throw core::Failure(core::Fault::permission_denied, "the emulated bus needs a folder for temporary files",
                            folder, "make it writable, or name another one in TMPDIR");
    }
    return umockdev_testbed_new();
}

std::string taken(char* text) {
    std::string copy = text ? text : "";
    g_free(text);
    return copy;
}

}  // namespace

UsbfsBus::Port::Port(UsbfsBus& owner, std::unique_ptr<UsbDevice> what, unsigned number)
    : bus(owner), device(std::move(what)), usbfs(*device), handler(umockdev_ioctl_base_new()) {
    place.port = number;
    g_signal_connect(handler, "handle-ioctl", G_CALLBACK(on_ioctl), this);
    g_signal_connect(handler, "client-connected", G_CALLBACK(on_open), this);
}

UsbfsBus::Port::~Port() {
    g_signal_handlers_disconnect_by_data(handler, this);
    g_object_unref(handler);
}

UsbfsBus::UsbfsBus(std::vector<std::unique_ptr<UsbDevice>> devices, const UsbfsOptions& options)
    : options_(options), testbed_(new_testbed()) {
    root_ = taken(umockdev_testbed_get_root_dir(testbed_.get()));
    for (auto& device : devices) {
        const auto number = static_cast<unsigned>(ports_.size() + 1);
        ports_.push_back(std::make_unique<Port>(*this, std::move(device), number));
        plug(*ports_.back());
    }
    thread_ = std::thread([this] { keep_time(); });
}

UsbfsBus::~UsbfsBus() {
    {
        const std::scoped_lock guard(lock_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
    for (const auto& port : ports_) {
        if (port->node) unplug(*port);
    }
    testbed_.reset();
}

void UsbfsBus::start_clock() {
    const std::scoped_lock guard(lock_);
    plugs_.start(options_.plugs, now());
    changed_.notify_all();
}

std::optional<core::Error> UsbfsBus::failure() {
    const std::scoped_lock guard(lock_);
    return failure_;
}

void UsbfsBus::inspect(const std::function<void(std::size_t, const UsbDevice&)>& look) {
    const std::scoped_lock guard(lock_);
    for (std::size_t i = 0; i < ports_.size(); ++i) {
        ports_[i]->device->advance(now());
        look(i, *ports_[i]->device);
    }
}

UsbfsBus::Clock UsbfsBus::now() const {
    return std::chrono::steady_clock::now() - start_;
}

// With the lock held, after anything that may have moved a device.
void UsbfsBus::settle(Port& port) {
    if (port.node) port.node->set_ready(port.usbfs.anything_to_reap());
    if (port.node && !port.usbfs.present()) port.unplug_at = std::min(now(), port.unplug_at.value_or(Clock::max()));
    const std::optional<Clock> next = next_event();
    if (next && (!waking_at_ || *next < *waking_at_)) changed_.notify_all();
}

gboolean UsbfsBus::on_ioctl(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer data) {
    auto request = std::make_unique<Request>(Request{*static_cast<Port*>(data), client, busy_tries});
    if (answer(*request)) return TRUE;
    g_object_ref(client);
    GSource* const again = g_timeout_source_new(busy_pause_ms);
    g_source_set_callback(again, on_ask_again, request.release(), nullptr);
    GMainContext* const here = g_main_context_ref_thread_default();
    g_source_attach(again, here);
    g_main_context_unref(here);
    g_source_unref(again);
    return TRUE;
}

gboolean UsbfsBus::on_ask_again(gpointer data) {
    Request* const request = static_cast<Request*>(data);
    if (!answer(*request)) return G_SOURCE_CONTINUE;
    g_object_unref(request->client);
    delete request;
    return G_SOURCE_REMOVE;
}

// False when it is to be asked again a little later.
bool UsbfsBus::answer(Request& request) {
    UsbfsBus& bus = request.port.bus;
    const IoctlAnswer answer = answer_ioctl(request.client, request.port.usbfs,
                                            request.port.device->descriptors().speed, bus.lock_, bus.now());
    if (answer.error == EBUSY && request.tries-- > 0) return false;
    {
        const std::scoped_lock guard(bus.lock_);
        bus.settle(request.port);
    }
    umockdev_ioctl_client_complete(request.client, answer.value, answer.error);
    return true;
}

void UsbfsBus::on_open(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer data) {
    Port& port = *static_cast<Port*>(data);
    // umockdev 0.17.16 neither emits client-vanished nor notifies of "connected": it only drops the object.
    g_object_weak_ref(G_OBJECT(client), on_closed, data);
    const std::scoped_lock guard(port.bus.lock_);
    port.usbfs.open(client);
}

void UsbfsBus::on_closed(gpointer data, GObject* client) {
    Port& port = *static_cast<Port*>(data);
    const std::scoped_lock guard(port.bus.lock_);
    port.usbfs.close(client, port.bus.now());
    port.bus.settle(port);
}

unsigned UsbfsBus::free_address() {
    return last_given_ = next_address(last_given_, [this](unsigned address) {
               return std::any_of(ports_.begin(), ports_.end(), [address](const auto& port) {
                   return port->node && port->place.address == address;
               });
           });
}

void UsbfsBus::plug(Port& port) {
    port.place.address = free_address();
    const std::string path = port.place.node();
    GError* error = nullptr;
    // The record announces the device and a program may open it at once, so the node comes first.
    bool added = umockdev_testbed_attach_ioctl(testbed_.get(), path.c_str(), port.handler, &error);
    if (added) {
        auto node = std::make_unique<PollNode>(root_ + path);
        const std::scoped_lock guard(lock_);
        port.node = std::move(node);
        port.usbfs.plug(now(), now() + options_.claim_not_ready);
    }
    const std::string record = sysfs_record(port.device->descriptors(), port.place);
    added = added && umockdev_testbed_add_from_string(testbed_.get(), record.c_str(), &error);
    if (added) return;
    const std::string reason = error ? error->message : "umockdev gives no reason";
    g_clear_error(&error);
    throw core::Failure(core::Fault::input_output, "cannot add a device to the emulated bus: " + reason, path);
}

void UsbfsBus::unplug(Port& port) {
    {
        const std::scoped_lock guard(lock_);
        port.usbfs.unplug(now());
        port.node->hang_up();
    }
    const std::string path = port.place.sysfs_path();
    umockdev_testbed_uevent(testbed_.get(), path.c_str(), "remove");
    umockdev_testbed_remove_device(testbed_.get(), path.c_str());
    umockdev_testbed_detach_ioctl(testbed_.get(), port.place.node().c_str(), nullptr);
    const std::scoped_lock guard(lock_);
    port.node.reset();
    port.unplug_at.reset();  // only now: a device that unplugs itself is noticed at every ioctl until then
}

std::optional<UsbfsBus::Clock> UsbfsBus::next_event() const {
    std::optional<Clock> next;
    const auto consider = [&next](std::optional<Clock> when) {
        if (when && (!next || *when < *next)) next = when;
    };
    consider(plugs_.next());
    for (const auto& port : ports_) {
        consider(port->device->next_event());
        consider(port->unplug_at);
        consider(port->plug_at);
    }
    return next;
}

// What the schedule and the devices themselves decided about their plugs becomes a time of the port.
void UsbfsBus::change_plugs() {
    while (const auto change = plugs_.take_due(now())) {
        Port& port = *ports_.at(change->device);
        if (change->plugged && !port.node) port.plug_at = now();
        if (!change->plugged && port.node) port.unplug_at = now();
    }
    for (const auto& port : ports_) {
        if (!port->node && port->device->present() && !port->plug_at) port->plug_at = now();
    }
}

void UsbfsBus::change_what_is_due(std::unique_lock<std::mutex>& lock) {
    change_plugs();
    for (const auto& port : ports_) {
        if (port->unplug_at && *port->unplug_at <= now()) {
            lock.unlock();
            unplug(*port);
            lock.lock();
            if (options_.replug_after) port->plug_at = now() + *options_.replug_after;
        }
        if (port->plug_at && *port->plug_at <= now()) {
            port->plug_at.reset();
            lock.unlock();
            plug(*port);
            lock.lock();
        }
    }
}

void UsbfsBus::keep_time() {
    try {
        serve_events();
    } catch (const core::Failure& failure) {
        const std::scoped_lock guard(lock_);
        failure_ = failure.error();
    }
}

void UsbfsBus::serve_events() {
    std::unique_lock lock(lock_);
    while (!stopping_) {
        for (const auto& port : ports_) {
            const auto next = port->device->next_event();
            if (!next || *next > now()) continue;
            port->device->advance(now());
            settle(*port);
        }
        change_what_is_due(lock);  // after the devices: one that resets itself is away, or back, from now on
        waking_at_ = next_event();
        if (stopping_) break;
        if (waking_at_) {
            changed_.wait_until(lock, start_ + *waking_at_);
        } else {
            changed_.wait(lock);
        }
    }
}

}  // namespace singel::firmware_bridge::carriers
