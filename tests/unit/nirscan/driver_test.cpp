#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>

#include "firmware-bridge/virtual/nirscan.hpp"
#include "firmware-bridge/wire/nirscan/commands.hpp"
#include "instrument/nirscan/nirscan.hpp"
#include "instrument/virtual_link.hpp"
#include "spectra/core/result.hpp"

// What is particular to this family; the rest is in tests/conformance.
namespace singel::instrument {
namespace {

namespace asio = boost::asio;
namespace device = firmware_bridge::virtual_instrument;
using spectra::core::Failure;
using spectra::core::Fault;
using namespace std::chrono_literals;

struct Room {
    explicit Room(device::Faults faults = {}) {
        device::Scene scene;
        scene.wavelength_nm = {800, 1300, 1800};
        scene.light = {0.2, 1, 0.2};
        scene.brightness = 0.2;
        unit = device::make_nirscan("NIRscan-Nano", scene, std::move(faults), {}, device::Speed::full);
    }
    using Body = asio::awaitable<void> (*)(Room&);
    void run(Body body) {
        asio::co_spawn(io, body(*this), [](std::exception_ptr problem) {
            try {
                if (problem) std::rethrow_exception(problem);
            } catch (const std::exception& error) {
                ADD_FAILURE() << error.what();
            }
        });
        io.run();
    }
    asio::awaitable<void> open() {
        link = VirtualLink::make(io.get_executor(), unit, LinkTime::simulated, "virtual:NIRscan-Nano");
        nano = co_await nirscan::open(link, nirscan::known_models().front());
    }
    asio::awaitable<std::optional<Fault>> fault_of_capture() {
        try {
            co_await nano->capture();
        } catch (const Failure& failure) {
            co_return failure.error().fault;
        }
        co_return std::nullopt;
    }

    asio::io_context io{1};
    std::shared_ptr<device::UsbDevice> unit;
    TransportPtr link;
    SpectrometerPtr nano;
};

TEST(NirscanDriver, GivesEveryValueOfAScanAndMarksTheBlackOnes) {
    Room room;
    room.run([](Room& r) -> asio::awaitable<void> {
        co_await r.open();
        const Description& description = r.nano->description();
        EXPECT_EQ(description.identity.serial, "VIRT042");
        EXPECT_EQ(description.firmware, "2.1.0");
        constexpr double one_and_a_half_columns_nm = 1.8;
        EXPECT_NEAR(description.wavelengths.low(), 900, one_and_a_half_columns_nm);
        EXPECT_NEAR(description.wavelengths.high(), 1700, one_and_a_half_columns_nm);
        EXPECT_THAT(description.bad_pixels, testing::ElementsAre(24, 49, 74, 99, 124, 149, 174, 199, 224));
        const core::Frame frame = co_await r.nano->capture();
        EXPECT_EQ(frame.counts.size(), 237u);
        for (const std::size_t black : description.bad_pixels)
            EXPECT_LT(2 * frame.counts[black], frame.counts[black - 1]);
        EXPECT_EQ(frame.settings.integration_time, 635us);
        EXPECT_NEAR(frame.detector_temperature->value, 27.9, 0.01);
        co_await r.nano->close();
    });
}

TEST(NirscanDriver, DiscardsAScanThatComesAgainAndCountsIt) {
    Room room;
    room.run([](Room& r) -> asio::awaitable<void> {
        co_await r.open();
        const core::Frame first = co_await r.nano->capture();
        co_await r.nano->apply(Settings{635us});
        r.unit->inject({device::FaultKind::stale, 0, {}}, r.link->now());
        const core::Frame second = co_await r.nano->capture();
        EXPECT_NE(first.counts, second.counts);
        EXPECT_EQ(*second.device_count, *first.device_count + 1);
        EXPECT_EQ(r.nano->counters().stale_discarded, 1u);
        co_await r.nano->close();
    });
}

TEST(NirscanDriver, SaysThatAnotherInterfaceCommandsTheInstrument) {
    Room room;
    room.run([](Room& r) -> asio::awaitable<void> {
        co_await r.open();
        r.unit->inject({device::FaultKind::deferred, 0, 5000ms}, r.link->now());
        const auto fault = co_await r.fault_of_capture();
        EXPECT_EQ(fault, Fault::busy);
        co_await r.link->wait(6000ms);
        const auto later = co_await r.fault_of_capture();
        EXPECT_EQ(later, std::nullopt);
        co_await r.nano->close();
    });
}

TEST(NirscanDriver, OpensWithoutAnAxisWhenTheCoefficientsAreNone) {
    Room room({{device::FaultKind::nan_coefficient, 0, {}}});
    room.run([](Room& r) -> asio::awaitable<void> {
        co_await r.open();
        EXPECT_TRUE(r.nano->description().wavelengths.empty());
        EXPECT_THAT(r.nano->description().warnings, testing::Contains(testing::HasSubstr("wavelengths")));
        co_await r.nano->close();
    });
}

}  // namespace
}  // namespace singel::instrument
