#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "firmware-bridge/virtual/instruments.hpp"
#include "instrument/spectrometer.hpp"
#include "instrument/transport.hpp"
#include "spectra/core/result.hpp"

// One of Ocean's instruments in virtual time, with somebody in between who writes down what the host does and can
// put other answers in the place of the instrument's.
namespace singel::instrument::ooi_test {

namespace asio = boost::asio;
namespace virtual_instrument = firmware_bridge::virtual_instrument;

class Between final : public virtual_instrument::UsbDevice {
public:
    explicit Between(std::unique_ptr<UsbDevice> inner);

    const virtual_instrument::Descriptors& descriptors() const override { return inner_->descriptors(); }
    void submit_control(virtual_instrument::TransferId id, const virtual_instrument::Setup& setup,
                        std::span<const std::uint8_t> out, virtual_instrument::Clock now) override;
    void submit_bulk_out(virtual_instrument::TransferId id, std::uint8_t endpoint, std::span<const std::uint8_t> data,
                         virtual_instrument::Clock now) override;
    void submit_bulk_in(virtual_instrument::TransferId id, std::uint8_t endpoint, std::size_t capacity,
                        virtual_instrument::Clock now) override;
    bool cancel(virtual_instrument::TransferId id, virtual_instrument::Clock now) override;
    void clear_halt(std::uint8_t endpoint) override { inner_->clear_halt(endpoint); }
    void reset(virtual_instrument::Clock now) override;
    void unplug(virtual_instrument::Clock now) override { inner_->unplug(now); }
    void plug(virtual_instrument::Clock now) override { inner_->plug(now); }
    bool present() const override { return inner_->present(); }
    void trigger(virtual_instrument::Clock now) override { inner_->trigger(now); }
    std::optional<virtual_instrument::Clock> next_event() const override { return inner_->next_event(); }
    void advance(virtual_instrument::Clock now) override { inner_->advance(now); }
    virtual_instrument::Truth truth() const override { return inner_->truth(); }
    void inject(const virtual_instrument::InjectedFault& fault, virtual_instrument::Clock now) override {
        inner_->inject(fault, now);
    }

    using Reply = std::vector<std::uint8_t>;
    // The reply to this command (opcode, and what follows it) is changed so.
    void change_reply(std::vector<std::uint8_t> command, std::function<void(Reply&)> change);
    // Commands that begin so do not reach the instrument.
    void swallow(std::vector<std::uint8_t> command) { swallowed_.push_back(std::move(command)); }

    std::vector<std::string> log;  // "in 82", "out 09"
    int resets = 0;

private:
    std::unique_ptr<UsbDevice> inner_;
    std::vector<std::pair<std::vector<std::uint8_t>, std::function<void(Reply&)>>> changes_;
    std::vector<std::vector<std::uint8_t>> swallowed_;
    std::vector<std::uint8_t> last_command_;
    std::map<virtual_instrument::TransferId, std::function<void(Reply&)>> of_transfer_;
};

// Light from 200 nm to 2600 nm, the same everywhere.
virtual_instrument::Scene even_light(double brightness = 0.2);

class Stand {
public:
    explicit Stand(std::string model, virtual_instrument::Speed speed = virtual_instrument::Speed::high,
                   double brightness = 0.2);

    using Body = asio::awaitable<void> (*)(Stand&);
    // Runs a coroutine to its end and gives the Failure that it ended with.
    std::optional<core::Error> run(Body body);
    asio::awaitable<void> open();
    asio::awaitable<void> close();
    // Commands past the driver; a reply of the endpoint, empty when none comes.
    asio::awaitable<void> tell(std::string_view command);  // "05 02"
    asio::awaitable<std::vector<std::uint8_t>> ask(std::string_view command);
    virtual_instrument::FrameTruth last_frame();
    std::chrono::nanoseconds now() const { return link_->now(); }
    asio::awaitable<void> wait(std::chrono::milliseconds duration) { return link_->wait(duration); }
    // An edge on the trigger input so much later, beside whatever runs.
    void trigger_after(std::chrono::milliseconds duration);

    asio::io_context io{1};
    std::shared_ptr<Between> device;
    SpectrometerPtr instrument;
    int number = 0;  // of a test that runs its body several times

private:
    std::string model_;
    TransportPtr link_;
};

std::string letters_of(std::string_view model);  // and digits: what a test may be called
std::string name_of_model(const testing::TestParamInfo<std::string>& model);

asio::awaitable<std::optional<core::Error>> error_of(asio::awaitable<void> work);
asio::awaitable<void> capture_once(Stand& stand);

}  // namespace singel::instrument::ooi_test
