#include "instrument/wasatch/exchange.hpp"

#include "instrument/decoded.hpp"

namespace singel::instrument::wasatch {

namespace asio = boost::asio;

namespace {

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

asio::awaitable<std::uint64_t> get_number(Unit unit, const fid::Operation& operation) {
    const auto reply = co_await get(unit, operation);
    co_return require(fid::decode_number(operation, reply), operation.name.data());
}

}  // namespace singel::instrument::wasatch
