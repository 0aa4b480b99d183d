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
constexpr auto initialize_pause = 100ms;                        // section 3, opcode 01
constexpr auto unrequested_deadline = 1000ms;                   // of a spectrum of 100 ms that 01 sets off
constexpr std::size_t reply_capacity = ooi::high_speed_packet;  // whole packets at every speed; no reply is longer

asio::awaitable<std::vector<std::uint8_t>> ask(const Unit& unit, ooi::Command command) {
    co_await send(unit, command);
    auto reply = co_await unit.link->bulk_in(unit.dialect->endpoints.reply, reply_capacity, command_deadline);
    co_return reply;
}

asio::awaitable<std::optional<spectra::core::Error>> try_send(const Unit& unit, ooi::Command command) {
    try {
        co_await unit.link->bulk_out(unit.dialect->endpoints.command, ooi::encode(command, unit.dialect->integration),
                                     command_deadline);
    } catch (const Failure& failure) {
        co_return failure.error();
    }
    co_return std::nullopt;
}

// The endpoints that this model sends on.
std::vector<std::uint8_t> sources(const Unit& unit) {
    std::vector<std::uint8_t> endpoints{unit.dialect->endpoints.reply};
    for (const ooi::SpectrumPart& part : ooi::spectrum_parts(*unit.dialect, unit.high_speed))
        endpoints.push_back(part.endpoint);
    return endpoints;
}

asio::awaitable<bool> arrived(SpectrumReads& reads) {
    try {
        for (auto& read : reads) {
            const auto bytes = co_await read.take();
            if (bytes.empty()) co_return false;
        }
    } catch (const Failure& failure) {
        if (failure.error().fault == Fault::disconnected || failure.error().fault == Fault::cancelled) throw;
        co_return false;
    }
    co_return true;
}

}  // namespace

Unit unit_of(TransportPtr link, const ooi::Dialect& dialect) {
    const bool high_speed = link->speed() != BusSpeed::full && !dialect.full_speed_only;
    return {std::move(link), &dialect, high_speed, dialect.status != ooi::StatusForm::none, ooi::ByteOrder::little};
}

asio::awaitable<void> send(const Unit& unit, ooi::Command command) {
    std::optional<spectra::core::Error> error = co_await try_send(unit, command);
    if (error && error->fault == Fault::stalled) {
        co_await unit.link->clear_halt(unit.dialect->endpoints.command, command_deadline);
        error = co_await try_send(unit, command);
    }
    if (error) throw Failure(std::move(*error));
}

asio::awaitable<ooi::Status> read_status(const Unit& unit) {
    const auto reply = co_await ask(unit, ooi::QueryStatus{});
    co_return require(ooi::decode_status(reply, unit.dialect->status), "read status");
}

asio::awaitable<ooi::SlotReply> read_slot(const Unit& unit, std::uint8_t slot) {
    const auto reply = co_await ask(unit, ooi::QuerySlot{slot});
    if (auto decoded = ooi::decode_slot(reply, slot)) co_return std::move(*decoded);
    co_await drain(unit);
    const auto second = co_await ask(unit, ooi::QuerySlot{slot});
    co_return require(ooi::decode_slot(second, slot), "read calibration memory");
}

asio::awaitable<ooi::FpgaVersion> read_fpga_version(Unit& unit) {
    const auto reply = co_await ask(unit, ooi::ReadRegister{ooi::fpga_version_register});
    const auto as_little = require(ooi::decode_register(reply, ooi::fpga_version_register), "read version");
    unit.register_order = ooi::register_order(as_little);
    const auto value =
        require(ooi::decode_register(reply, ooi::fpga_version_register, unit.register_order), "read version");
    co_return ooi::fpga_version(value);
}

asio::awaitable<double> read_detector_celsius(const Unit& unit) {
    const auto reply = co_await ask(unit, ooi::QueryCooler{});
    co_return require(ooi::decode_cooler_celsius(reply), "read the detector's temperature");
}

asio::awaitable<std::vector<double>> read_irradiance(const Unit& unit, std::size_t first_pixel) {
    const auto address = static_cast<std::uint16_t>(first_pixel * sizeof(float));
    const auto reply = co_await ask(unit, ooi::QueryIrradiance{address});
    const auto block = require(ooi::decode_irradiance(reply), "read the irradiance calibration");
    co_return std::vector<double>(block.begin(), block.end());
}

SpectrumReads post_spectrum(const Unit& unit, Transport::Duration deadline) {
    const std::size_t packet = ooi::packet_size(*unit.dialect, unit.high_speed);
    SpectrumReads reads;
    for (const ooi::SpectrumPart& part : ooi::spectrum_parts(*unit.dialect, unit.high_speed))
        reads.push_back(post_read(*unit.link, part.endpoint, ooi::whole_packets(part.bytes, packet), deadline));
    return reads;
}

asio::awaitable<std::vector<std::uint32_t>> collect(const Unit& unit, SpectrumReads& reads,
                                                    std::size_t detector_pixels) {
    std::vector<std::uint8_t> bytes;
    for (auto& read : reads) {
        const auto part = co_await read.take();
        bytes.insert(bytes.end(), part.begin(), part.end());
    }
    const auto counts = require(ooi::decode_spectrum(bytes, *unit.dialect), "read a spectrum");
    co_return std::vector<std::uint32_t>(counts.begin(),
                                         counts.begin() + static_cast<std::ptrdiff_t>(detector_pixels));
}

asio::awaitable<void> drain(const Unit& unit) {
    for (const std::uint8_t endpoint : sources(unit)) co_await drain_endpoint(*unit.link, endpoint);
}

asio::awaitable<void> clear_halts(const Unit& unit) {
    for (const std::uint8_t endpoint : sources(unit)) co_await unit.link->clear_halt(endpoint, command_deadline);
}

asio::awaitable<void> initialize(const Unit& unit) {
    if (!unit.dialect->initialize_sends_spectrum) {
        co_await send(unit, ooi::Initialize{});
        co_await unit.link->wait(initialize_pause);
        co_return;
    }
    SpectrumReads unrequested = post_spectrum(unit, unrequested_deadline);
    co_await send(unit, ooi::Initialize{});
    co_await unit.link->wait(initialize_pause);
    const bool came = co_await arrived(unrequested);
    if (!came) co_await unit.link->wait(initialize_pause);
    co_await drain(unit);
}

}  // namespace singel::instrument::ocean_ooi
