#include "firmware-bridge/bridge/service_link.hpp"

#include <fmt/format.h>

#include "instrument/usb/enumerate.hpp"
#include "instrument/usb/usb_transport.hpp"
#include "spectra/core/result.hpp"

namespace singel::firmware_bridge::bridge {

namespace asio = boost::asio;
namespace core = spectra::core;

asio::awaitable<std::vector<std::string>> attached_instruments() {
    const auto devices = co_await instrument::usb::enumerate();
    std::vector<std::string> ids;
    for (const auto& device : devices) {
        if (instrument::find_model(device.vendor_id, device.product_id).family)
            ids.push_back(instrument::usb::id_of(device));
    }
    co_return ids;
}

asio::awaitable<ServiceLink> open_for_service(std::string id) {
    if (id.empty()) {
        const auto ids = co_await attached_instruments();
        if (ids.empty()) throw core::Failure(core::Fault::not_found, "no instrument is attached", {}, "Plug one in.");
        if (ids.size() > 1) {
            std::string list;
            for (const std::string& one : ids) list += (list.empty() ? "" : ", ") + one;
            throw core::Failure(core::Fault::invalid_argument, "several instruments are attached", {},
                                "Name one with --device: " + list);
        }
        id = ids.front();
    }
    const auto address = instrument::usb::parse_id(id);
    const auto known =
        address ? instrument::find_model(address->vendor_id, address->product_id) : instrument::FamilyModel{};
    if (!known.family) {
        throw core::Failure(core::Fault::invalid_argument, fmt::format("\"{}\" names no instrument of ours", id),
                            "--device", "`singel devices` lists them.");
    }
    instrument::TransportPtr link =
        co_await instrument::usb::UsbTransport::open(address->address, id, instrument::usb::Claim::interface_0);
    co_return ServiceLink{std::move(link), known.family, known.model};
}

asio::awaitable<void> close_service(ServiceLink service) {
    constexpr std::chrono::milliseconds deadline{2000};
    co_await service.link->release(deadline);
}

const instrument::MemoryService& memory_of(const ServiceLink& service) {
    const auto* const memory = instrument::memory_service_of(service.family->name);
    if (memory) return *memory;
    throw core::Failure(core::Fault::unsupported, "service work on this family is not built yet",
                        std::string(service.family->name), "Use the maker's own program.");
}

}  // namespace singel::firmware_bridge::bridge
