#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "firmware-bridge/virtual/instruments.hpp"
#include "instrument/discovery.hpp"
#include "instrument/transport.hpp"
#include "spectra/core/result.hpp"

// The instrument under test, and how to reach it. The same suite runs over the in-process link in virtual time for
// every model, and through the real libusb for the one that is attached: as a child of singel-bridge, or on a real
// instrument when SINGEL_HARDWARE=1 says that one is there to be tested.
namespace singel::conformance {

namespace asio = boost::asio;
namespace core = spectra::core;
namespace virtual_instrument = firmware_bridge::virtual_instrument;

struct Case {
    std::string model;
    bool attached = false;  // on a bus; otherwise in process
    friend void PrintTo(const Case& one, std::ostream* out) { *out << one.model; }
};
std::vector<Case> cases();
// One model of each way of speaking, for what takes long; all of them in the campaign.
std::vector<Case> different_cases();
bool whole_campaign();  // SINGEL_CAMPAIGN=1
std::string name_of(const testing::TestParamInfo<Case>& info);

// Light from 200 nm to 2600 nm, the same everywhere, and two Raman bands.
virtual_instrument::Scene scene(double brightness);

class Beside;

class Bench {
public:
    explicit Bench(Case which, double brightness = 0.2, virtual_instrument::Faults faults = {});

    using Body = asio::awaitable<void> (*)(Bench&);
    // Runs a coroutine to its end; an exception becomes a test failure.
    void run(Body body);

    // Opens the instrument; link is kept beside it.
    asio::awaitable<void> open();
    asio::awaitable<void> close();
    // The program dies while it does this: nothing more is sent, what is in flight is dropped as the kernel does, and
    // the link is gone. In process only.
    asio::awaitable<void> die_during(Beside& work);
    // The nearest time that this instrument can be set to.
    std::chrono::microseconds possible(std::chrono::microseconds wish) const;
    // Reads the laser's registers past the driver.
    asio::awaitable<bool> laser_reported_off();

    bool attached() const { return which_.attached; }
    const Case& which() const { return which_; }
    virtual_instrument::Truth truth();  // in process only
    std::chrono::nanoseconds now() const;
    asio::awaitable<void> wait(std::chrono::milliseconds duration);
    // As wait, also while there is no link yet.
    asio::awaitable<void> pass(std::chrono::milliseconds duration);

    asio::io_context io{1};
    std::shared_ptr<virtual_instrument::UsbDevice> device;  // in process only
    instrument::TransportPtr link;                          // in process only
    instrument::SpectrometerPtr instrument;
    std::uint64_t parameter = 0;  // of a test that runs its body several times

private:
    Case which_;
    std::chrono::nanoseconds lived_{};  // link time at the last close
};

// The driver of the family that the device says it belongs to.
asio::awaitable<instrument::SpectrometerPtr> open_over(instrument::TransportPtr link,
                                                       const virtual_instrument::UsbDevice& device);

// The Error that a coroutine ends with; none when it succeeds.
asio::awaitable<std::optional<core::Error>> error_of(asio::awaitable<void> work);
std::optional<core::Fault> fault_of(const std::optional<core::Error>& error);

// Starts work beside the caller; cancel() ends it, result() waits for it.
class Beside {
public:
    Beside(asio::any_io_executor executor, asio::awaitable<void> work);
    void cancel();
    bool ended() const;
    asio::awaitable<std::optional<core::Error>> result();

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace singel::conformance
