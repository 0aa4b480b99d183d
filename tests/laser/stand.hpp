#pragma once

#include <functional>
#include <string>
#include <vector>

#include "instrument/laser.hpp"
#include "tests/conformance/bench.hpp"

// What the laser campaign stands on: an instrument in process and in virtual time, every lease that was ever given,
// and the virtual instrument's own log of its light. The device's watchdog is dead: nothing here is saved by it.
namespace singel::laser_campaign {

namespace asio = boost::asio;
namespace core = spectra::core;
using conformance::Bench;

std::vector<conformance::Case> cases_with_laser();

class Stand {
public:
    explicit Stand(const std::string& model, conformance::virtual_instrument::Faults faults = {});

    asio::awaitable<void> open();
    // with_laser, remembered as a lease of so much light.
    asio::awaitable<void> lit(std::chrono::milliseconds light, std::function<asio::awaitable<void>()> body,
                              instrument::LaserLease terms = {.beam = instrument::Beam::closed});
    // From here on there is no reason for light: the exit was taken, or its cause came.
    void leave();
    // Closes what is open, lets two minutes pass and judges: no light without a lease, and none a second after one.
    void judge();

    Bench bench;

private:
    struct Window {
        std::chrono::nanoseconds from{}, until{};
    };
    asio::awaitable<void> close();
    std::vector<Window> windows_;
};

// Runs one coroutine to its end and gives the error it ended with.
std::optional<core::Error> run(Stand& stand, asio::awaitable<void> work);

// Counts what was walked; printed at the end of the program.
void walked(const std::string& what);

}  // namespace singel::laser_campaign
