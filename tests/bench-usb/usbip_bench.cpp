// Spectra a second from the loopback device over USB/IP: what the server and two sockets allow, without any kernel's
// USB stack. Runs by itself.

#include <benchmark/benchmark.h>

#include "tests/usbip/client.hpp"
#include "tests/usbip/exporter.hpp"

namespace {

using namespace singel::tests;
using namespace singel::tests::loopback;

// So many reads are queued ahead; 1 is ask, then read.
void usbip_queued(benchmark::State& state) {
    usbip::Exporter exporter(usbip::loopbacks(1));
    usbip::Client client(exporter.port());
    if (client.import("1-1") != 0u) return state.SkipWithError("no loopback device");
    for (std::int64_t i = 1; i < state.range(0); ++i) client.bulk_in(frame_in, frame_size);
    for (auto _ : state) {
        client.bulk_in(frame_in, frame_size);
        client.bulk_out(command_out, {make_frame_at_once});
        for (std::size_t bytes = 0; bytes < frame_size;) {
            const auto answer = client.answer();
            if (!answer || answer->status != 0) return state.SkipWithError("a frame was lost");
            bytes += answer->data.size();
        }
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(usbip_queued)->Arg(1)->Arg(4)->Arg(8)->UseRealTime();

// A control read there and back: the latency of the carrier.
void usbip_control(benchmark::State& state) {
    usbip::Exporter exporter(usbip::loopbacks(1));
    usbip::Client client(exporter.port());
    if (client.import("1-1") != 0u) return state.SkipWithError("no loopback device");
    for (auto _ : state) {
        client.control({0xC0, echo_request, 1, 2, 4});
        if (client.answer()->data.size() != 4) return state.SkipWithError("an answer was lost");
    }
}
BENCHMARK(usbip_control)->UseRealTime();

}  // namespace
