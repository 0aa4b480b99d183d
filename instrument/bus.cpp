#include "instrument/bus.hpp"

#include "instrument/discovery.hpp"
#include "instrument/families.hpp"
#include "instrument/signal.hpp"
#include "instrument/usb/enumerate.hpp"

namespace singel::instrument {

namespace asio = boost::asio;

namespace {

class UsbBus final : public Bus {
public:
    explicit UsbBus(std::shared_ptr<usb::Changes> changes) : changes_(std::move(changes)) {}

    asio::awaitable<std::vector<Plugged>> list() override {
        std::vector<Plugged> ours;
        const auto devices = co_await usb::enumerate();
        for (const usb::Attached& device : devices) {
            const FamilyModel known = find_model(device.vendor_id, device.product_id);
            if (known.family == nullptr) continue;
            ours.push_back({usb::id_of(device), std::string(known.family->name), std::string(known.model.name)});
        }
        co_return ours;
    }
    asio::awaitable<SpectrometerPtr> open(std::string id) override { return instrument::open(std::move(id)); }
    asio::awaitable<bool> change(Duration at_most) override { return changes_->next(at_most); }
    std::chrono::nanoseconds now() const override { return Signal::Clock::now().time_since_epoch(); }

private:
    std::shared_ptr<usb::Changes> changes_;
};

}  // namespace

BusPtr usb_bus(asio::any_io_executor executor, usb::Noticing noticing) {
    return std::make_shared<UsbBus>(usb::Changes::watch(std::move(executor), noticing));
}

}  // namespace singel::instrument
