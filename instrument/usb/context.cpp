#include "instrument/usb/context.hpp"

#include <libusb-1.0/libusb.h>

namespace singel::instrument::usb {

std::shared_ptr<Context> Context::get() {
    static std::mutex mutex;
    static std::weak_ptr<Context> current;
    const std::scoped_lock lock(mutex);
    if (auto context = current.lock()) return context;
    std::shared_ptr<Context> context(new Context);
    current = context;
    return context;
}

Context::Context() {
    if (const int code = libusb_init(&raw_); code != 0)
        throw spectra::core::Failure(spectra::core::Fault::input_output,
                                     std::string("libusb does not start: ") + libusb_strerror(code), "usb");
    events_ = std::jthread([raw = raw_](const std::stop_token& stop) {
        while (!stop.stop_requested()) libusb_handle_events_completed(raw, nullptr);
    });
}

Context::~Context() {
    slow_lane_.join();
    events_.request_stop();
    libusb_interrupt_event_handler(raw_);
    events_.join();
    libusb_exit(raw_);
}

// Within the callback libusb allows no call to a device.
void Context::announce() {
    const std::scoped_lock lock(listeners_mutex_);
    for (const auto& notify : listeners_) (*notify)();
}

bool Context::listen() {
    if (libusb_has_capability(LIBUSB_CAP_HAS_HOTPLUG) == 0) return false;
    constexpr int any = LIBUSB_HOTPLUG_MATCH_ANY;
    constexpr int both = LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT;
    const auto tell = [](libusb_context*, libusb_device*, libusb_hotplug_event, void* context) {
        static_cast<Context*>(context)->announce();
        return 0;
    };
    // Freed by libusb_exit: taking it back earlier would race with a callback under way.
    return libusb_hotplug_register_callback(raw_, both, LIBUSB_HOTPLUG_NO_FLAGS, any, any, any, tell, this,
                                            nullptr) == 0;
}

bool Context::on_change(const std::shared_ptr<const std::function<void()>>& notify) {
    std::call_once(once_, [this] { listening_ = listen(); });
    if (!listening_) return false;
    const std::scoped_lock lock(listeners_mutex_);
    listeners_.push_back(notify);
    return true;
}

void Context::forget(const std::shared_ptr<const std::function<void()>>& notify) {
    const std::scoped_lock lock(listeners_mutex_);
    std::erase(listeners_, notify);
}

}  // namespace singel::instrument::usb
