#include "instrument/wasatch/exchange.hpp"

#include "instrument/decoded.hpp"

namespace singel::instrument::wasatch {

namespace asio = boost::asio;

using namespace std::chrono_literals;

namespace {

constexpr auto fpga_reset_time = 3000ms;  // section 3, B5

ControlRequest header(const fid::Request& request) {
    return {request.request_type, request.request, request.value, request.index};
}

}  // namespace

asio::awaitable<void> set(Unit unit, const fid::Operation& operation, std::uint64_t value) {
    fid::Request request = fid::set(unit.board, operation, value);
    co_await unit.link->control_out(header(request), std::move(request.data), unit.deadline);
}

asio::awaitable<std::vector<std::uint8_t>> get(Unit unit, const fid::Operation& operation, std::uint16_t index) {
    const fid::Request request = fid::get(unit.board, operation, index);
    std::vector<std::uint8_t> reply = co_await unit.link->control_in(header(request), request.length, unit.deadline);
    co_return reply;
}

asio::awaitable<std::uint64_t> put(Unit unit, const fid::Operation& operation, std::uint64_t value) {
    std::uint64_t kept = 0;
    for (int tries = 0; tries < 2; ++tries) {
        co_await set(unit, operation, value);
        kept = co_await get_number(unit, operation);
        if (kept == value) break;
    }
    co_return kept;
}

asio::awaitable<void> reset_fpga(Unit unit) {
    const auto ready = unit.link->now() + fpga_reset_time;
    unit.deadline = fpga_reset_time + 1000ms;  // whether it answers before or after is not known
    co_await set(unit, fid::operation::reset_fpga);
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(ready - unit.link->now());
    if (left > 0ms) co_await unit.link->wait(left);
}

asio::awaitable<std::uint64_t> get_number(Unit unit, const fid::Operation& operation) {
    const auto reply = co_await get(unit, operation);
    co_return require(fid::decode_number(operation, reply), operation.name.data());
}

}  // namespace singel::instrument::wasatch
