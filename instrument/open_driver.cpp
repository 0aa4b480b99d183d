#include "instrument/open_driver.hpp"

namespace singel::instrument {

namespace asio = boost::asio;

namespace {

asio::awaitable<std::exception_ptr> problem_of(asio::awaitable<void> work) {
    try {
        co_await std::move(work);
    } catch (...) {
        co_return std::current_exception();
    }
    co_return nullptr;
}

}  // namespace

asio::awaitable<void> close_driver(Transport& link, Laser* laser, std::function<asio::awaitable<void>()> leave_tidy) {
    co_await ignore_cancellation();
    std::exception_ptr laser_problem;
    if (laser != nullptr) laser_problem = co_await problem_of(laser->switch_off());
    co_await ignore_cancellation();
    if (!laser_problem && leave_tidy) co_await problem_of(leave_tidy());
    co_await link.release(release_deadline);
    co_await heed_cancellation();
    if (laser_problem && laser->last_known().requested) std::rethrow_exception(laser_problem);
}

}  // namespace singel::instrument
