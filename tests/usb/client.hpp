#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <gtest/gtest.h>
#include <libusb-1.0/libusb.h>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tests/usb/loopback_device.hpp"

// A plain program on the real libusb, as any other than ours would be written.
namespace singel::tests {

using std::chrono::milliseconds;
using Bytes = std::vector<std::uint8_t>;

// Every wait of these tests ends by then; a pass never depends on how much earlier it does.
inline constexpr milliseconds patience{5000};

struct CloseHandle {
    void operator()(libusb_device_handle* handle) const { libusb_close(handle); }
};
using Handle = std::unique_ptr<libusb_device_handle, CloseHandle>;

struct BulkResult {
    int error = 0;
    Bytes data;  // what was moved
};

// An asynchronous bulk IN transfer that remembers how it ended.
class PendingRead {
public:
    PendingRead(libusb_device_handle* handle, std::uint8_t endpoint, std::size_t capacity);
    ~PendingRead();
    PendingRead(const PendingRead&) = delete;
    PendingRead& operator=(const PendingRead&) = delete;

    int submit() { return libusb_submit_transfer(transfer_); }
    int cancel() { return libusb_cancel_transfer(transfer_); }
    bool done() const { return done_; }
    libusb_transfer_status status() const { return transfer_->status; }
    std::span<const std::uint8_t> data() const {
        return {buffer_.data(), static_cast<std::size_t>(transfer_->actual_length)};
    }

private:
    static void LIBUSB_CALL on_done(libusb_transfer* transfer) {
        static_cast<PendingRead*>(transfer->user_data)->done_ = true;
    }
    Bytes buffer_;
    libusb_transfer* transfer_;
    bool done_ = false;
};

class UsbClient : public testing::Test {
protected:
    UsbClient();
    ~UsbClient() override;

    std::vector<Handle> open_all();
    Handle open_one();        // nullptr when there is none
    Handle open_and_claim();  // fails the test where it cannot
    bool pump_until(const std::function<bool()>& reached, milliseconds limit = patience);
    int command(libusb_device_handle* handle, Bytes bytes);
    BulkResult read(libusb_device_handle* handle, std::uint8_t endpoint, std::size_t capacity,
                    milliseconds limit = patience);
    static std::string serial(libusb_device_handle* handle);

    libusb_context* context_ = nullptr;
};

std::chrono::duration<double> own_processor_time();

}  // namespace singel::tests
