#include "instrument/discovery.hpp"

#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <iterator>
#include <memory>

#include "instrument/families.hpp"
#include "instrument/usb/enumerate.hpp"
#include "instrument/usb/usb_transport.hpp"
#include "instrument/virtual_link.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument {

namespace asio = boost::asio;
namespace virtual_instrument = firmware_bridge::virtual_instrument;
using core::Failure;
using core::Fault;

namespace {

constexpr std::string_view virtual_prefix = "virtual:";

Access access_of(const usb::Openable& openable) {
    if (openable.yes) return Access::usable;
    return openable.why.fault == Fault::permission_denied ? Access::no_permission : Access::busy;
}

asio::awaitable<std::vector<Found>> attached_instruments() {
    std::vector<Found> found;
    const bool emulated = usb::on_emulated_bus();
    const auto devices = co_await usb::enumerate();
    for (const usb::Attached& device : devices) {
        const FamilyModel known = find_model(device.vendor_id, device.product_id);
        if (known.family == nullptr) continue;
        const usb::Openable openable = co_await usb::try_open(device);
        // The bus's list lags behind the cable.
        if (!openable.yes && openable.why.fault == Fault::disconnected) continue;
        found.push_back({.id = usb::id_of(device),
                         .family = std::string(known.family->name),
                         .model = std::string(known.model.name),
                         .serial = {},
                         .speed = device.speed,
                         .access = access_of(openable),
                         .link = emulated ? core::Link::usbfs_emulated : core::Link::usb,
                         .simulated = emulated,
                         .verified = known.model.verified,
                         .remedy = openable.why.remedy});
    }
    co_return found;
}

Found virtual_found(const std::string& model) {
    const auto device = virtual_instrument::make_instrument(model, {});
    const auto& descriptors = device->descriptors();
    const FamilyModel known = find_model(descriptors.vendor_id, descriptors.product_id);
    return {.id = std::string(virtual_prefix) + model,
            .family = known.family == nullptr ? std::string() : std::string(known.family->name),
            .model = model,
            .serial = {},
            .speed = descriptors.speed == virtual_instrument::Speed::high ? BusSpeed::high : BusSpeed::full,
            .access = Access::usable,
            .link = core::Link::in_process,
            .simulated = true,
            .verified = known.model.verified,
            .remedy = {}};
}

asio::awaitable<std::string> the_only_one() {
    const auto found = co_await discover(false);
    if (found.empty())
        throw Failure(Fault::not_found, "no instrument is attached", "usb",
                      "Plug one in and switch it on, or use a virtual one.");
    if (found.size() == 1) co_return found.front().id;
    std::string ids;
    for (const Found& one : found) ids += (ids.empty() ? "" : ", ") + one.id;
    throw Failure(Fault::invalid_argument, "several instruments are attached: " + ids, "usb",
                  "Say which one by its id.");
}

asio::awaitable<SpectrometerPtr> open_usb(std::string id) {
    const auto device = usb::parse_id(id);
    if (!device) throw Failure(Fault::invalid_argument, "\"" + id + "\" is not the id of an instrument");
    const FamilyModel known = find_model(device->vendor_id, device->product_id);
    if (known.family == nullptr)
        throw Failure(Fault::unsupported, "this instrument is not known yet", id,
                      "instrument/ADDING_A_DEVICE.md says how to add it.");
    TransportPtr link = co_await usb::UsbTransport::open(device->address, id, usb::Claim::interface_0);
    SpectrometerPtr instrument = co_await known.family->open(std::move(link), known.model);
    co_return instrument;
}

std::string list_of_models() {
    std::string list;
    for (const std::string& model : virtual_instrument::models()) list += (list.empty() ? "" : ", ") + model;
    return list;
}

}  // namespace

asio::awaitable<std::vector<Found>> discover(bool with_virtual) {
    std::vector<Found> found = co_await attached_instruments();
    if (with_virtual) std::ranges::move(virtual_instruments(), std::back_inserter(found));
    co_return found;
}

std::vector<Found> virtual_instruments() {
    std::vector<Found> found;
    for (const std::string& model : virtual_instrument::models()) found.push_back(virtual_found(model));
    return found;
}

asio::awaitable<SpectrometerPtr> open(std::string id) {
    if (id.empty()) id = co_await the_only_one();
    if (id.starts_with(virtual_prefix)) {
        VirtualOptions options;
        options.model = id.substr(virtual_prefix.size());
        SpectrometerPtr instrument = co_await open_virtual(std::move(options));
        co_return instrument;
    }
    SpectrometerPtr instrument = co_await open_usb(id);
    co_return instrument;
}

asio::awaitable<SpectrometerPtr> open_virtual(VirtualOptions options) {
    const auto executor = co_await asio::this_coro::executor;
    std::shared_ptr<virtual_instrument::UsbDevice> device =
        virtual_instrument::make_instrument(options.model, std::move(options.scene), std::move(options.faults));
    if (!device)
        throw Failure(Fault::not_found, "there is no virtual model \"" + options.model + "\"", "",
                      "There are: " + list_of_models() + ".");
    const auto& descriptors = device->descriptors();
    const FamilyModel known = find_model(descriptors.vendor_id, descriptors.product_id);
    if (known.family == nullptr)
        throw Failure(Fault::unsupported, "no driver knows the virtual model \"" + options.model + "\"");
    const LinkTime time = options.virtual_time ? LinkTime::simulated : LinkTime::wall;
    TransportPtr link = VirtualLink::make(executor, device, time, std::string(virtual_prefix) + options.model);
    SpectrometerPtr instrument = co_await known.family->open(std::move(link), known.model);
    co_return instrument;
}

}  // namespace singel::instrument
