#include "instrument/usb/context.hpp"

#include <libusb-1.0/libusb.h>
#include <mutex>

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

}  // namespace singel::instrument::usb
