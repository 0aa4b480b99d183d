#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <string>

#include "instrument/discovery.hpp"

namespace singel::tests {

namespace asio = boost::asio;
namespace core = spectra::core;

// Runs a coroutine to its end on a loop of its own; what it throws becomes a test failure.
using Body = asio::awaitable<void> (*)(asio::io_context&);
void run_on_the_bus(Body body);

asio::awaitable<std::string> first_id();  // of the instrument that singel-bridge unplugs, when it unplugs one

// Settings with this integration time, or the nearest that the instrument takes.
instrument::Settings settings_near(const instrument::Description& description, std::chrono::microseconds time);

}  // namespace singel::tests
