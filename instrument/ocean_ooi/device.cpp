#include "instrument/ocean_ooi/device.hpp"

#include "firmware-bridge/wire/ooi/spectrum.hpp"
#include "instrument/decoded.hpp"

namespace singel::instrument::ocean_ooi {

namespace asio = boost::asio;
using spectra::core::Failure;
using spectra::core::Fault;
using namespace std::chrono_literals;

namespace {

constexpr auto command_deadline = 1000ms;
constexpr auto initialize_pause = 100ms;  // section 3, opcode 01
constexpr auto drain_deadline = 20ms;     // nothing for this long: empty
constexpr int most_drain_reads = 32;

asio::awaitable<std::vector<std::uint8_t>> ask(Transport& link, ooi::Command command) {
    co_await send(link, command);
    std::vector<std::uint8_t> reply = co_await link.bulk_in(ooi::reply_endpoint, packet_size(link), command_deadline);
    co_return reply;
}

// False when there was nothing.
asio::awaitable<bool> drain_once(Transport& link, std::uint8_t endpoint, std::size_t capacity) {
    try {
        const auto dropped = co_await link.bulk_in(endpoint, capacity, drain_deadline);
        co_return !dropped.empty();
    } catch (const Failure& failure) {
        if (failure.error().fault != Fault::timed_out) throw;
    }
    co_return false;
}

}  // namespace

std::size_t packet_size(const Transport& link) {
    return link.speed() == BusSpeed::full ? 64 : 512;
}

asio::awaitable<void> send(Transport& link, ooi::Command command) {
    co_await link.bulk_out(ooi::command_endpoint, ooi::encode(command), command_deadline);
}

asio::awaitable<ooi::Status> read_status(Transport& link) {
    const auto reply = co_await ask(link, ooi::QueryStatus{});
    co_return require(ooi::decode_status(reply), "read status");
}

asio::awaitable<ooi::SlotReply> read_slot(Transport& link, std::uint8_t slot) {
    const auto reply = co_await ask(link, ooi::QuerySlot{slot});
    if (auto decoded = ooi::decode_slot(reply, slot)) co_return std::move(*decoded);
    co_await drain(link);
    const auto second = co_await ask(link, ooi::QuerySlot{slot});
    co_return require(ooi::decode_slot(second, slot), "read calibration memory");
}

asio::awaitable<ooi::FpgaVersion> read_fpga_version(Transport& link) {
    const auto reply = co_await ask(link, ooi::ReadRegister{ooi::fpga_version_register});
    co_return ooi::fpga_version(require(ooi::decode_register(reply, ooi::fpga_version_register), "read version"));
}

asio::awaitable<std::vector<std::uint32_t>> read_spectrum(Transport& link, std::size_t pixels,
                                                          Transport::Duration deadline) {
    co_await send(link, ooi::RequestSpectrum{});
    const std::size_t capacity = ooi::spectrum_capacity(pixels, packet_size(link));
    const auto bytes = co_await link.bulk_in(ooi::spectrum_endpoint, capacity, deadline);
    const auto counts = require(ooi::decode_spectrum(bytes, pixels), "read a spectrum");
    co_return std::vector<std::uint32_t>(counts.begin(), counts.end());
}

asio::awaitable<void> drain(Transport& link) {
    for (const std::uint8_t endpoint : {ooi::reply_endpoint, ooi::spectrum_endpoint}) {
        bool more = true;
        for (int reads = 0; more && reads < most_drain_reads; ++reads)
            more = co_await drain_once(link, endpoint, 16 * packet_size(link));
    }
}

asio::awaitable<void> initialize(Transport& link) {
    co_await send(link, ooi::Initialize{});
    co_await link.wait(initialize_pause);
}

}  // namespace singel::instrument::ocean_ooi
