#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "firmware-bridge/virtual/instruments.hpp"
#include "instrument/bus.hpp"
#include "instrument/virtual_link.hpp"

namespace singel::instrument {

namespace asio = boost::asio;
namespace virtual_instrument = firmware_bridge::virtual_instrument;

// A bus with virtual instruments on it, and a time of its own: it passes when somebody waits for a change, and what
// was planned happens on the way. A unit that a fault unplugs is back a second later.
class MadeUpBus final : public Bus {
public:
    struct Unit {
        std::shared_ptr<virtual_instrument::UsbDevice> device;
        Plugged place;
        bool plugged = true;
        std::optional<core::Fault> refuses;  // what opening ends with, while set
        std::chrono::nanoseconds lived{};    // link time
        std::shared_ptr<VirtualLink> link;   // the latest
        int opened = 0;                      // times
    };

    explicit MadeUpBus(asio::any_io_executor executor) : executor_(std::move(executor)) {}

    Unit& add(const std::string& model, const std::string& serial, virtual_instrument::Faults faults = {});
    void unplug(Unit& unit);
    void plug(Unit& unit);  // under a new address
    void plan(Duration from_now, std::function<void()> action);
    void announce() { ++changes_; }  // as when any device comes or goes
    virtual_instrument::Truth truth(Unit& unit);

    asio::awaitable<std::vector<Plugged>> list() override;
    asio::awaitable<SpectrometerPtr> open(std::string id) override;
    asio::awaitable<bool> change(Duration at_most) override;
    std::chrono::nanoseconds now() const override { return now_; }

private:
    void notice_unplugged();
    Unit& unit_at(const std::string& id);

    asio::any_io_executor executor_;
    std::vector<std::unique_ptr<Unit>> units_;
    std::multimap<std::chrono::nanoseconds, std::function<void()>> planned_;
    std::chrono::nanoseconds now_{};
    unsigned changes_ = 0, seen_ = 0, last_address_ = 1;
};

std::vector<std::string> driven_models();  // the virtual models that a driver knows

// Runs a coroutine to its end; what it throws becomes a test failure.
void run_all(asio::io_context& io, asio::awaitable<void> work);

// The fault that a coroutine ends with; none when it succeeds.
asio::awaitable<std::optional<core::Fault>> fault_of(asio::awaitable<void> work);

}  // namespace singel::instrument
