#pragma once

#include <algorithm>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <memory>
#include <optional>
#include <string>

#include "firmware-bridge/virtual/instruments.hpp"
#include "firmware-bridge/wire/fid/eeprom.hpp"
#include "instrument/virtual_link.hpp"
#include "instrument/wasatch/exchange.hpp"
#include "instrument/wasatch/models.hpp"
#include "instrument/wasatch/wasatch.hpp"
#include "spectra/core/result.hpp"

// The Wasatch driver with a virtual unit at the other end, in virtual time.
namespace singel::instrument::wasatch::test {

namespace asio = boost::asio;
namespace virtual_instrument = firmware_bridge::virtual_instrument;
using virtual_instrument::FaultKind;

inline virtual_instrument::Scene even_light() {
    virtual_instrument::Scene scene;
    scene.wavelength_nm = {200, 2000};
    scene.light = {1, 1};
    scene.raman_shift_cm1 = {0, 4000};
    scene.raman = {1, 1};
    return scene;
}

struct Bench {
    explicit Bench(const char* model, virtual_instrument::Faults faults = {})
        : device(virtual_instrument::make_instrument(model, even_light(), std::move(faults))) {}

    using Body = asio::awaitable<void> (*)(Bench&);
    void run(Body body) {
        asio::co_spawn(io, body(*this), [](std::exception_ptr problem) {
            try {
                if (problem) std::rethrow_exception(problem);
            } catch (const std::exception& error) {
                ADD_FAILURE() << "the coroutine ended with: " << error.what();
            }
        });
        io.run();
    }
    asio::awaitable<void> open() {
        link = VirtualLink::make(io.get_executor(), device, LinkTime::simulated, "virtual:test");
        const auto& descriptors = device->descriptors();
        const auto known = known_models();
        const auto row = std::find_if(known.begin(), known.end(), [&](const KnownModel& one) {
            return one.product_id == descriptors.product_id;
        });
        const KnownModel model = *row;
        unit = co_await wasatch::open(link, model);
    }
    // From the next exchange on, or at it.
    void inject(FaultKind kind, std::uint64_t later = 0) {
        device->inject({kind, later == 0 ? 0 : device->truth().exchanges + later, {}}, link->now());
    }
    virtual_instrument::Truth truth() {
        device->advance(link->now());
        return device->truth();
    }
    void write_page(std::uint16_t number, const fid::Page& page) {
        const auto request = firmware_bridge::wire::fid::write_eeprom_page(
            fid::board_of(device->descriptors().product_id), number, page);
        device->submit_control(1, {request.request_type, request.request, request.value, request.index, 64},
                               request.data, std::chrono::nanoseconds(0));
    }

    asio::io_context io{1};
    std::shared_ptr<virtual_instrument::UsbDevice> device;
    std::shared_ptr<VirtualLink> link;
    SpectrometerPtr unit;
};

inline asio::awaitable<std::optional<core::Error>> error_of(asio::awaitable<void> work) {
    try {
        co_await std::move(work);
    } catch (const core::Failure& failure) {
        co_return failure.error();
    }
    co_return std::nullopt;
}

inline asio::awaitable<void> capture_once(Bench& bench) {
    co_await bench.unit->capture();
}

inline asio::awaitable<void> apply(Bench& bench, Settings settings) {
    co_await bench.unit->apply(settings);
}

}  // namespace singel::instrument::wasatch::test
