#pragma once

#include <algorithm>
#include <array>
#include <exception>
#include <functional>
#include <memory>
#include <utility>

#include "instrument/families.hpp"
#include "instrument/signal.hpp"
#include "spectra/core/result.hpp"

// What every family does with its table of models, and how its drivers begin and end. A row has a member `known`; a
// driver is made of a transport and a row, and its start() brings it up.
namespace singel::instrument {

inline constexpr std::chrono::milliseconds release_deadline{2000};

template <class Row, std::size_t Count>
constexpr std::array<KnownModel, Count> known_of(const std::array<Row, Count>& rows) {
    std::array<KnownModel, Count> known{};
    for (std::size_t i = 0; i < Count; ++i) known[i] = rows[i].known;
    return known;
}

template <class Rows>
const auto& row_of(const Rows& rows, const KnownModel& known) {
    return *std::find_if(rows.begin(), rows.end(), [&](const auto& row) {
        return row.known.vendor_id == known.vendor_id && row.known.product_id == known.product_id;
    });
}

// A driver that does not come up is closed, and its transport released, before the problem is passed on.
template <class Driver, class Row>
boost::asio::awaitable<SpectrometerPtr> open_driver(TransportPtr transport, const Row& row) {
    auto driver = std::make_unique<Driver>(transport, row);
    std::exception_ptr problem;
    try {
        co_await driver->start();
    } catch (...) {
        problem = std::current_exception();
    }
    if (problem) {
        co_await ignore_cancellation();
        try {
            co_await driver->close();
        } catch (const core::Failure&) {
            // What start() met explains more than what closing met after it.
        }
        co_await ignore_cancellation();
        co_await transport->release(release_deadline);
        co_await heed_cancellation();
        throw core::Failure(error_of(problem));
    }
    co_return SpectrometerPtr(std::move(driver));
}

// The end of every driver: laser off first, then whatever leaves the instrument as it was found, then the link is let
// go. What is passed on is only a laser that was asked for and cannot be shown to be off: an instrument that is
// unplugged or dead has nobody to be left tidy for.
boost::asio::awaitable<void> close_driver(Transport& link, Laser* laser,
                                          std::function<boost::asio::awaitable<void>()> leave_tidy = nullptr);

}  // namespace singel::instrument
