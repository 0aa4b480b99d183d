// Spectra a second and CPU a spectrum at the shortest integration time of a USB2000+: a bare libusb loop with reads
// queued ahead, our stream() over the same bus, and a pyusb loop.

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <libusb-1.0/libusb.h>
#include <memory>
#include <string>
#include <sys/resource.h>
#include <vector>

#include "instrument/discovery.hpp"
#include "instrument/spectrometer.hpp"

namespace {

namespace asio = boost::asio;
namespace instrument = singel::instrument;
using std::chrono::steady_clock;

constexpr std::uint16_t vendor_id = 0x2457, product_id = 0x101E;
constexpr unsigned deadline_ms = 5000;
constexpr int frame_bytes = 4097, capacity = 4608;
constexpr int rounds = 5;

struct Cost {
    int spectra = 0;
    double seconds = 0, cpu_seconds = 0;
    double rate() const { return seconds > 0 ? spectra / seconds : 0; }
    double cpu_ms() const { return spectra > 0 ? 1000 * cpu_seconds / spectra : 0; }
};

double cpu_now() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

class Stopwatch {
public:
    Cost cost(int spectra) const {
        const std::chrono::duration<double> wall = steady_clock::now() - began_;
        return {spectra, wall.count(), cpu_now() - cpu_};
    }

private:
    steady_clock::time_point began_ = steady_clock::now();
    double cpu_ = cpu_now();
};

// ---- bare libusb ----------------------------------------------------------------------------------------------

struct Reading {
    std::vector<std::uint8_t> frame = std::vector<std::uint8_t>(capacity);
    libusb_transfer* transfer = libusb_alloc_transfer(0);
    int done = 1;
    ~Reading() { libusb_free_transfer(transfer); }
};

void LIBUSB_CALL on_read(libusb_transfer* transfer) {
    static_cast<Reading*>(transfer->user_data)->done = 1;
}

bool tell(libusb_device_handle* handle, std::vector<std::uint8_t> command) {
    int sent = 0;
    return libusb_bulk_transfer(handle, 0x01, command.data(), static_cast<int>(command.size()), &sent, deadline_ms) ==
           0;
}

Cost bare_loop(libusb_context* context, libusb_device_handle* handle, int spectra) {
    std::array<std::unique_ptr<Reading>, 3> readings;
    for (auto& reading : readings) reading = std::make_unique<Reading>();
    const auto ask = [&](Reading& reading) {
        reading.done = 0;
        libusb_fill_bulk_transfer(reading.transfer, handle, 0x82, reading.frame.data(), capacity, on_read, &reading,
                                  deadline_ms);
        return libusb_submit_transfer(reading.transfer) == 0 && tell(handle, {0x09});
    };
    const Stopwatch watch;
    int asked = 0, read = 0;
    for (; asked < static_cast<int>(readings.size()); ++asked) ask(*readings[static_cast<std::size_t>(asked)]);
    for (; read < spectra; ++read) {
        Reading& reading = *readings[static_cast<std::size_t>(read) % readings.size()];
        while (reading.done == 0) libusb_handle_events_completed(context, &reading.done);
        if (reading.transfer->actual_length != frame_bytes) return {};
        if (asked < spectra && ask(reading)) ++asked;
    }
    return watch.cost(spectra);
}

Cost bare_libusb(int spectra) {
    libusb_context* context = nullptr;
    libusb_init(&context);
    libusb_device_handle* handle = libusb_open_device_with_vid_pid(context, vendor_id, product_id);
    Cost cost;
    if (handle != nullptr && libusb_claim_interface(handle, 0) == 0 && tell(handle, {0x01}) &&
        tell(handle, {0x02, 0xE8, 0x03, 0x00, 0x00}))
        cost = bare_loop(context, handle, spectra);
    if (handle != nullptr) libusb_close(handle);
    libusb_exit(context);
    return cost;
}

// ---- ours -----------------------------------------------------------------------------------------------------

asio::awaitable<void> streaming(int spectra, Cost& cost) {
    const instrument::SpectrometerPtr spectrometer = co_await instrument::open("");
    co_await spectrometer->apply({spectrometer->description().integration.min});
    int received = 0;
    const instrument::FrameSink sink = [&received](const auto&) { ++received; };
    const Stopwatch watch;
    co_await spectrometer->stream(static_cast<std::uint64_t>(spectra), sink);
    cost = watch.cost(received);
    co_await spectrometer->close();
}

Cost stream(int spectra) {
    asio::io_context io(1);
    Cost cost;
    asio::co_spawn(io, streaming(spectra, cost), [](std::exception_ptr problem) {
        if (problem) std::rethrow_exception(problem);
    });
    io.run();
    return cost;
}

// ---- pyusb ----------------------------------------------------------------------------------------------------

Cost pyusb(int spectra) {
    const std::string command = "/usr/bin/python3 " PYUSB_LOOP " " + std::to_string(spectra);
    Cost cost;
    if (std::FILE* output = popen(command.c_str(), "r")) {
        if (std::fscanf(output, "%d %lf %lf", &cost.spectra, &cost.seconds, &cost.cpu_seconds) != 3) cost = {};
        pclose(output);
    }
    return cost;
}

// The best of several rounds, one after the other: what else the machine does falls on all of them alike.
void keep_best(Cost& best, const Cost& one) {
    if (one.spectra == 0) return;
    if (best.spectra == 0) best = one;
    if (one.rate() > best.rate()) best.seconds = one.seconds;
    best.cpu_seconds = std::min(best.cpu_seconds, one.cpu_seconds);
}

void print(const char* name, const Cost& cost) {
    std::printf("%-12s %8.1f spectra/s   %6.3f ms CPU each\n", name, cost.rate(), cost.cpu_ms());
}

}  // namespace

int main(int argc, char** argv) {
    int spectra = 1000;
    if (argc > 1) std::from_chars(argv[1], argv[1] + std::char_traits<char>::length(argv[1]), spectra);
    Cost bare, ours, script;
    for (int round = 0; round < rounds; ++round) {
        keep_best(bare, bare_libusb(spectra));
        keep_best(ours, stream(spectra));
        keep_best(script, pyusb(spectra));
    }
    print("bare libusb", bare);
    print("stream()", ours);
    print("pyusb", script);
    if (bare.spectra == 0 || ours.spectra != spectra) return 1;
    std::printf("rate: %.2f of the bare loop\n", ours.rate() / bare.rate());
    if (script.spectra > 0) std::printf("CPU: %.2f of the pyusb loop\n", ours.cpu_ms() / script.cpu_ms());
    return 0;
}
