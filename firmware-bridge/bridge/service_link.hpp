#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "instrument/families.hpp"
#include "instrument/memory_service.hpp"
#include "instrument/transport.hpp"

// An attached instrument, opened for service: over libusb, without its driver.
namespace singel::firmware_bridge::bridge {

struct ServiceLink {
    instrument::TransportPtr link;
    const instrument::Family* family = nullptr;
    instrument::KnownModel model;
};

// The ids of all attached instruments that we know.
boost::asio::awaitable<std::vector<std::string>> attached_instruments();
// An empty id is the one attached instrument. Throws not_found, or invalid_argument where there are several.
boost::asio::awaitable<ServiceLink> open_for_service(std::string id);
boost::asio::awaitable<void> close_service(ServiceLink service);

// The service of its family; throws unsupported where none is built.
const instrument::MemoryService& memory_of(const ServiceLink& service);

// Runs a coroutine to its end on this thread; throws what it throws.
template <class T>
T run_to_end(boost::asio::awaitable<T> work) {
    boost::asio::io_context io(1);
    std::exception_ptr problem;
    if constexpr (std::is_void_v<T>) {
        boost::asio::co_spawn(io, std::move(work), [&](std::exception_ptr ended) { problem = ended; });
        io.run();
        if (problem) std::rethrow_exception(problem);
    } else {
        std::optional<T> result;
        boost::asio::co_spawn(io, std::move(work), [&](std::exception_ptr ended, T value) {
            problem = ended;
            if (!ended) result.emplace(std::move(value));
        });
        io.run();
        if (problem) std::rethrow_exception(problem);
        return std::move(*result);
    }
}

}  // namespace singel::firmware_bridge::bridge
