#include "instrument/ocean_ooi/device.hpp"

#include <optional>

#include "firmware-bridge/wire/ooi/spectrum.hpp"
#include "instrument/decoded.hpp"
#include "instrument/frame_book.hpp"

namespace singel::instrument::ocean_ooi {

namespace asio = boost::asio;
using spectra::core::Failure;
using spectra::core::Fault;
using namespace std::chrono_literals;

namespace {

constexpr auto command_deadline = 1000ms;
constexpr auto initialize_pause = 100ms;  // section 3, opcode 01

asio::awaitable<std::vector<std::uint8_t>> ask(Transport& link, ooi::Command command) {
    co_await send(link, command);
    std::vector<std::uint8_t> reply = co_await link.bulk_in(ooi::reply_endpoint, packet_size(link), command_deadline);
    co_return reply;
}

asio::awaitable<std::optional<spectra::core::Error>> try_send(Transport& link, ooi::Command command) {
    try {
        co_await link.bulk_out(ooi::command_endpoint, ooi::encode(command), command_deadline);
    } catch (const Failure& failure) {
        co_return failure.error();
    }
    co_return std::nullopt;
}

}  // namespace

std::size_t packet_size(const Transport& link) {
    return link.speed() == BusSpeed::full ? 64 : 512;
}

asio::awaitable<void> send(Transport& link, ooi::Command command) {
    std::optional<spectra::core::Error> error = co_await try_send(link, command);
    if (error && error->fault == Fault::stalled) {
        co_await link.clear_halt(ooi::command_endpoint, command_deadline);
        error = co_await try_send(link, command);
    }
    if (error) throw Failure(std::move(*error));
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
    co_await drain_endpoint(link, ooi::reply_endpoint);
    co_await drain_endpoint(link, ooi::spectrum_endpoint);
}

asio::awaitable<void> initialize(Transport& link) {
    co_await send(link, ooi::Initialize{});
    co_await link.wait(initialize_pause);
}

}  // namespace singel::instrument::ocean_ooi
