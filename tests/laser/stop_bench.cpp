#include <benchmark/benchmark.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/use_future.hpp>
#include <thread>

#include "firmware-bridge/virtual/instruments.hpp"
#include "instrument/families.hpp"
#include "instrument/virtual_link.hpp"

// From the wish of another thread to a laser that is verified off, by the wall clock, in the middle of a frame. The
// first packet is out before that, so this is an upper limit of what may take 20 ms (FID notes, section 9.5 (3)).
namespace singel::laser_campaign {
namespace {

namespace asio = boost::asio;
namespace virtual_instrument = firmware_bridge::virtual_instrument;
using namespace std::chrono_literals;

struct Rig {
    explicit Rig(const char* model) : device(virtual_instrument::make_instrument(model, {})) {
        loop = std::thread([this] { io.run(); });
        asio::co_spawn(io, open(), asio::use_future).get();
    }
    Rig(const Rig&) = delete;
    Rig& operator=(const Rig&) = delete;
    ~Rig() {
        asio::co_spawn(io, spectrometer->close(), asio::use_future).get();
        work.reset();
        loop.join();
    }
    asio::awaitable<void> open() {
        link = instrument::VirtualLink::make(io.get_executor(), device, instrument::LinkTime::wall, "virtual");
        const auto& descriptors = device->descriptors();
        const auto known = instrument::find_model(descriptors.vendor_id, descriptors.product_id);
        spectrometer = co_await known.family->open(link, known.model);
        co_await spectrometer->apply(instrument::Settings{2s});
    }
    asio::awaitable<void> frame() { co_await spectrometer->capture(); }
    asio::awaitable<void> light() {
        instrument::LaserLease lease{.duration = 20s, .physical_interlock = true, .beam = instrument::Beam::closed};
        std::function<asio::awaitable<void>()> body = [this] { return frame(); };
        try {
            co_await instrument::with_laser(*spectrometer->laser(), std::move(lease), std::move(body));
        } catch (const spectra::core::Failure&) {
            // It was switched off: what this is about.
        }
    }
    asio::awaitable<bool> lit() { co_return spectrometer->laser()->last_known().firing == instrument::Tristate::yes; }

    asio::io_context io{1};
    asio::executor_work_guard<asio::io_context::executor_type> work{io.get_executor()};
    std::shared_ptr<virtual_instrument::UsbDevice> device;
    instrument::TransportPtr link;
    instrument::SpectrometerPtr spectrometer;
    std::thread loop;
};

void stop_from_another_thread(benchmark::State& state) {
    Rig rig("WP-785");
    for (auto _ : state) {
        auto light = asio::co_spawn(rig.io, rig.light(), asio::use_future);
        while (!asio::co_spawn(rig.io, rig.lit(), asio::use_future).get()) std::this_thread::yield();
        const auto pressed = std::chrono::steady_clock::now();
        asio::co_spawn(rig.io, rig.spectrometer->laser()->switch_off(), asio::use_future).get();
        state.SetIterationTime(std::chrono::duration<double>(std::chrono::steady_clock::now() - pressed).count());
        light.get();
    }
}
BENCHMARK(stop_from_another_thread)->UseManualTime()->Iterations(20)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace singel::laser_campaign
