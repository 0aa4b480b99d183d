#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "instrument/signal.hpp"
#include "instrument/transport.hpp"

namespace singel::instrument {

// Work that runs beside the coroutine that started it: at once up to its first wait, then by itself. Destroyed
// before its end it is cancelled. Everything from one executor.
class Beside {
public:
    Beside(boost::asio::any_io_executor executor, boost::asio::awaitable<void> work);
    Beside(Beside&&) noexcept = default;
    Beside& operator=(Beside&&) = delete;
    ~Beside();

    bool ended() const;
    void cancel();
    // Waits for the end and throws what the work threw. A cancelled caller takes the work with it: that is cancelled,
    // its end awaited, and Failure{cancelled} thrown.
    boost::asio::awaitable<void> end();
    // Whether it ended before so much link time had passed; a cancelled caller as in end().
    boost::asio::awaitable<bool> ends_within(Transport& link, Transport::Duration duration);

private:
    struct State;
    static boost::asio::awaitable<bool> rung(std::shared_ptr<State> state, std::shared_ptr<Signal> bell);
    std::shared_ptr<State> state_;
};

// Work beside with a result that is taken once.
template <class T>
class Started {
public:
    Started(boost::asio::any_io_executor executor, boost::asio::awaitable<T> work)
        : result_(std::make_shared<std::optional<T>>()), work_(std::move(executor), keep(std::move(work), result_)) {}

    Beside& work() { return work_; }
    boost::asio::awaitable<T> take() {
        co_await work_.end();
        co_return std::move(result_->value());
    }

private:
    static boost::asio::awaitable<void> keep(boost::asio::awaitable<T> work,
                                             std::shared_ptr<std::optional<T>> result) {
        T value = co_await std::move(work);
        result->emplace(std::move(value));
    }
    std::shared_ptr<std::optional<T>> result_;
    Beside work_;
};

// A read that waits on its endpoint from now on, so that what is asked for next finds it there.
inline Started<std::vector<std::uint8_t>> post_read(Transport& link, std::uint8_t endpoint, std::size_t capacity,
                                                    Transport::Duration deadline) {
    return {link.executor(), link.bulk_in(endpoint, capacity, deadline)};
}

}  // namespace singel::instrument
