// Spectra a second from the loopback device: called directly, and through libusb on the emulated bus.

#include <array>
#include <benchmark/benchmark.h>
#include <cstdint>
#include <libusb-1.0/libusb.h>
#include <memory>
#include <vector>

#include "tests/usb/loopback_device.hpp"

namespace {

using namespace singel::tests;
using namespace singel::tests::loopback;

void in_process(benchmark::State& state) {
    LoopbackDevice device("BENCH", LoopbackDevice::Speed::high);
    std::size_t received = 0;
    device.on_complete = [&](const auto& completion) { received += completion.in.size(); };
    const std::array<std::uint8_t, 1> command{make_frame_at_once};
    LoopbackDevice::TransferId id = 0;
    for (auto _ : state) {
        device.submit_bulk_out(++id, command_out, command, {});
        device.submit_bulk_in(++id, frame_in, frame_size, {});
    }
    if (received != static_cast<std::size_t>(state.iterations()) * frame_size) state.SkipWithError("bytes were lost");
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(in_process);

struct Opened {
    libusb_context* context = nullptr;
    libusb_device_handle* handle = nullptr;
    Opened() {
        libusb_init(&context);
        handle = libusb_open_device_with_vid_pid(context, vendor_id, product_id);
        if (handle) libusb_claim_interface(handle, 0);
    }
    ~Opened() {
        if (handle) libusb_close(handle);
        libusb_exit(context);
    }
    bool ask() {
        std::uint8_t command = make_frame_at_once;
        int sent = 0;
        return libusb_bulk_transfer(handle, command_out, &command, 1, &sent, 5000) == 0;
    }
};

// Ask, then read, one after the other: what a simple driver does.
void usbfs_synchronous(benchmark::State& state) {
    Opened device;
    if (!device.handle) return state.SkipWithError("no loopback device: run it under usbfs-loopback");
    std::vector<std::uint8_t> frame(frame_size);
    for (auto _ : state) {
        int got = 0;
        if (device.ask()) libusb_bulk_transfer(device.handle, frame_in, frame.data(), frame_size, &got, 5000);
        if (got != static_cast<int>(frame_size)) return state.SkipWithError("a frame was lost");
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(usbfs_synchronous)->UseRealTime();

struct Reading {
    std::vector<std::uint8_t> frame = std::vector<std::uint8_t>(frame_size);
    libusb_transfer* transfer = libusb_alloc_transfer(0);
    int done = 1;
    ~Reading() { libusb_free_transfer(transfer); }
};

void LIBUSB_CALL on_read(libusb_transfer* transfer) {
    static_cast<Reading*>(transfer->user_data)->done = 1;
}

// Several reads queued ahead.
void usbfs_queued(benchmark::State& state) {
    Opened device;
    if (!device.handle) return state.SkipWithError("no loopback device: run it under usbfs-loopback");
    std::vector<std::unique_ptr<Reading>> readings(static_cast<std::size_t>(state.range(0)));
    for (auto& reading : readings) reading = std::make_unique<Reading>();
    const auto finish = [&](Reading& reading) {
        while (!reading.done) libusb_handle_events_completed(device.context, &reading.done);
    };
    std::size_t next = 0;
    for (auto _ : state) {
        Reading& reading = *readings[next++ % readings.size()];
        finish(reading);
        reading.done = 0;
        libusb_fill_bulk_transfer(reading.transfer, device.handle, frame_in, reading.frame.data(), frame_size,
                                  on_read, &reading, 5000);
        libusb_submit_transfer(reading.transfer);
        device.ask();
    }
    for (const auto& reading : readings) finish(*reading);
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(usbfs_queued)->Arg(1)->Arg(4)->Arg(8)->UseRealTime();

}  // namespace
