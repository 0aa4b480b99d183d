#include "instrument/signal.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace singel::instrument {

namespace asio = boost::asio;

void Signal::set() {
    set_ = true;
    timer_.cancel();
}

asio::awaitable<Woken> Signal::wait(Clock::time_point deadline) {
    if (set_) co_return Woken::set;
    timer_.expires_at(deadline);
    boost::system::error_code error;
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, error));
    if (set_) co_return Woken::set;
    co_return error ? Woken::cancelled : Woken::deadline;
}

void rethrow_as_failure() {
    try {
        throw;
    } catch (const boost::system::system_error& error) {
        if (error.code() != asio::error::operation_aborted) throw;
    }
    throw spectra::core::Failure(spectra::core::Fault::cancelled, "cancelled");
}

spectra::core::Error error_of(const std::exception_ptr& problem) {
    try {
        try {
            std::rethrow_exception(problem);
        } catch (...) {
            rethrow_as_failure();
        }
    } catch (const spectra::core::Failure& failure) {
        return failure.error();
    }
}

}  // namespace singel::instrument
