#include "instrument/laser_guard/rescue.hpp"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "instrument/laser_guard/protocol.hpp"
#include "instrument/signal.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument::laser_guard {

namespace asio = boost::asio;
using spectra::core::Error;
using spectra::core::Failure;
using spectra::core::Fault;
using namespace std::chrono_literals;

namespace {

constexpr auto between_tries = 50ms;
constexpr auto release_deadline = 1000ms;

using LinkPtr = std::shared_ptr<usb::UsbTransport>;

bool same_instrument(const Charge& charge, const usb::Attached& other) {
    if (find_model(other.vendor_id, other.product_id).family != charge.known.family) return false;
    if (!charge.device.port.empty()) return other.port == charge.device.port;
    return usb::id_of(other) == usb::id_of(charge.device);
}

asio::awaitable<void> let_go(LinkPtr link) {
    if (!link) co_return;
    try {
        co_await link->release(release_deadline);
    } catch (const Failure&) {
        // A link that cannot be closed is of no use either; the next one is opened beside it.
    }
}

// True: verified off.
asio::awaitable<bool> attempt(const Charge& charge, LinkPtr& link, Error& problem) {
    const usb::Claim claim = charge.known.family->laser_over_bulk ? usb::Claim::interface_0 : usb::Claim::nothing;
    try {
        if (!link) link = co_await reach(charge, claim);
        co_await charge.known.family->laser_off(link, charge.known.model);
        co_return true;
    } catch (const Failure& failure) {
        problem = failure.error();
    }
    co_return false;
}

}  // namespace

asio::awaitable<Charge> find_charge(std::string id) {
    const auto wanted = usb::parse_id(id);
    if (!wanted) throw Failure(Fault::invalid_argument, "\"" + id + "\" is not the id of an instrument");
    const auto attached = co_await usb::enumerate();
    const auto found = std::ranges::find_if(
        attached, [&](const usb::Attached& one) { return usb::id_of(one) == usb::id_of(*wanted); });
    if (found == attached.end()) throw Failure(Fault::disconnected, "the instrument is not attached", id);
    const FamilyModel known = find_model(found->vendor_id, found->product_id);
    if (known.family == nullptr || known.family->laser_off == nullptr)
        throw Failure(Fault::unsupported, "this instrument's laser is not known", id);
    co_return Charge{*found, known};
}

asio::awaitable<LinkPtr> reach(Charge charge, usb::Claim claim) {
    const auto attached = co_await usb::enumerate();
    const auto found =
        std::ranges::find_if(attached, [&](const usb::Attached& one) { return same_instrument(charge, one); });
    if (found == attached.end())
        throw Failure(Fault::disconnected, "the instrument is not attached", usb::id_of(charge.device));
    LinkPtr link = co_await usb::UsbTransport::open(found->address, usb::id_of(*found), claim);
    co_return link;
}

asio::awaitable<void> switch_off(Charge charge, LinkPtr link, const Owner* frozen_owner) {
    const auto executor = co_await asio::this_coro::executor;
    const auto last_try = Signal::Clock::now() + tries_for;
    if (charge.known.family->laser_over_bulk) {
        if (frozen_owner) frozen_owner->kill();
        co_await let_go(std::exchange(link, nullptr));  // it has no claim
    }
    Error problem;
    for (;;) {
        const bool off = co_await attempt(charge, link, problem);
        co_await let_go(std::exchange(link, nullptr));
        if (off) co_return;
        if (Signal::Clock::now() > last_try)
            throw Failure(Fault::laser_unverified, "the laser could not be shown to be off: " + problem.what,
                          usb::id_of(charge.device), "Treat it as ON: turn its key or cut its power now.");
        asio::steady_timer pause(executor, between_tries);
        co_await pause.async_wait(asio::use_awaitable);
    }
}

}  // namespace singel::instrument::laser_guard
