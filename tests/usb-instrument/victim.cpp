// Opens the instrument, asks for a long frame and says so: to be killed in the midst of it.

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <cstdio>

#include "tests/usb-instrument/on_the_bus.hpp"

namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

asio::awaitable<void> capture_for_ever(singel::instrument::Spectrometer& spectrometer) {
    for (;;) co_await spectrometer.capture();
}

asio::awaitable<void> live(asio::io_context& io) {
    const auto spectrometer = co_await singel::instrument::open("");
    co_await spectrometer->apply(singel::tests::settings_near(spectrometer->description(), 400ms));
    asio::co_spawn(io, capture_for_ever(*spectrometer), asio::detached);
    asio::steady_timer timer(io, 550ms);
    co_await timer.async_wait(asio::use_awaitable);
    std::puts("in the midst of a frame");
    std::fflush(stdout);
    timer.expires_after(60s);
    co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace

int main() {
    singel::tests::run_on_the_bus(live);
}
