#include "tests/usb-instrument/on_the_bus.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <gtest/gtest.h>

namespace singel::tests {

void run_on_the_bus(Body body) {
    asio::io_context io(1);
    asio::co_spawn(io, body(io), [](std::exception_ptr problem) {
        try {
            if (problem) std::rethrow_exception(problem);
        } catch (const std::exception& error) {
            ADD_FAILURE() << "the coroutine ended with: " << error.what();
        }
    });
    io.run();
}

asio::awaitable<std::string> first_id() {
    const auto found = co_await instrument::discover(false);
    if (found.empty()) co_return std::string();
    co_return std::ranges::min(found, {}, &instrument::Found::id).id;  // addresses are given in order
}

instrument::Settings settings_near(const instrument::Description& description, std::chrono::microseconds time) {
    instrument::Settings settings;
    settings.integration_time = std::clamp(time, description.integration.min, description.integration.max);
    return settings;
}

}  // namespace singel::tests
