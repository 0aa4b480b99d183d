#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

namespace singel::instrument::usb {

class Context;

enum class Noticing {
    events,  // libusb tells, where it can; elsewhere as polling
    polling  // one second after the other something may have changed
};

// Says that something on the bus may have come or gone; what it was only a new list tells. One caller at a time, from
// the executor.
class Changes : public std::enable_shared_from_this<Changes> {
public:
    static std::shared_ptr<Changes> watch(boost::asio::any_io_executor executor, Noticing noticing);
    ~Changes();
    Changes(const Changes&) = delete;
    Changes& operator=(const Changes&) = delete;

    // True: something may have changed since the last call, or since watch(). False: so much time has passed without.
    // Throws cancelled.
    boost::asio::awaitable<bool> next(std::chrono::milliseconds at_most);

private:
    Changes(boost::asio::any_io_executor executor, std::shared_ptr<Context> context);

    boost::asio::steady_timer timer_;
    std::shared_ptr<Context> context_;
    std::shared_ptr<const std::function<void()>> notify_;
    bool told_ = false;  // libusb calls notify_
    std::uint64_t changes_ = 0, seen_ = 0;
};

}  // namespace singel::instrument::usb
