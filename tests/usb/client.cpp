#include "tests/usb/client.hpp"

#include <array>
#include <sys/resource.h>

#if defined(__SANITIZE_THREAD__)
// libusb 1.0.26 frees a synchronous transfer while another thread that handles events may still unlock it.
extern "C" const char* __tsan_default_suppressions() {
    return "race:libusb-1.0.so\n";
}
#endif

namespace singel::tests {

PendingRead::PendingRead(libusb_device_handle* handle, std::uint8_t endpoint, std::size_t capacity)
    : buffer_(capacity), transfer_(libusb_alloc_transfer(0)) {
    libusb_fill_bulk_transfer(transfer_, handle, endpoint, buffer_.data(), static_cast<int>(capacity), on_done, this,
                              0);
}

PendingRead::~PendingRead() {
    libusb_free_transfer(transfer_);
}

UsbClient::UsbClient() {
    EXPECT_EQ(libusb_init(&context_), 0);
}

UsbClient::~UsbClient() {
    libusb_exit(context_);
}

std::vector<Handle> UsbClient::open_all() {
    std::vector<Handle> handles;
    libusb_device** list = nullptr;
    const ssize_t count = libusb_get_device_list(context_, &list);
    for (ssize_t i = 0; i < count; ++i) {
        libusb_device_descriptor descriptor{};
        libusb_get_device_descriptor(list[i], &descriptor);
        if (descriptor.idVendor != loopback::vendor_id || descriptor.idProduct != loopback::product_id) continue;
        libusb_device_handle* handle = nullptr;
        if (libusb_open(list[i], &handle) == 0) handles.emplace_back(handle);
    }
    libusb_free_device_list(list, 1);
    return handles;
}

Handle UsbClient::open_one() {
    auto handles = open_all();
    return handles.empty() ? nullptr : std::move(handles.front());
}

Handle UsbClient::open_and_claim() {
    Handle handle = open_one();
    EXPECT_NE(handle, nullptr);
    if (!handle) return nullptr;
    EXPECT_EQ(libusb_claim_interface(handle.get(), 0), 0);
    return handle;
}

bool UsbClient::pump_until(const std::function<bool()>& reached, milliseconds limit) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!reached() && std::chrono::steady_clock::now() < deadline) {
        timeval slice{0, 20'000};
        libusb_handle_events_timeout_completed(context_, &slice, nullptr);
    }
    return reached();
}

int UsbClient::command(libusb_device_handle* handle, Bytes bytes) {
    int sent = 0;
    return libusb_bulk_transfer(handle, loopback::command_out, bytes.data(), static_cast<int>(bytes.size()), &sent,
                                static_cast<unsigned>(patience.count()));
}

BulkResult UsbClient::read(libusb_device_handle* handle, std::uint8_t endpoint, std::size_t capacity,
                           milliseconds limit) {
    BulkResult result;
    result.data.resize(capacity);
    int got = 0;
    result.error = libusb_bulk_transfer(handle, endpoint, result.data.data(), static_cast<int>(capacity), &got,
                                        static_cast<unsigned>(limit.count()));
    result.data.resize(static_cast<std::size_t>(got));
    return result;
}

std::string UsbClient::serial(libusb_device_handle* handle) {
    std::array<std::uint8_t, 64> text{};
    const int size = libusb_get_string_descriptor_ascii(handle, 3, text.data(), static_cast<int>(text.size()));
    return size < 0 ? std::string() : std::string(text.begin(), text.begin() + size);
}

std::chrono::duration<double> own_processor_time() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    return std::chrono::duration<double>(seconds(usage.ru_utime) + seconds(usage.ru_stime));
}

}  // namespace singel::tests
