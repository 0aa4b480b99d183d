#include "instrument/beside.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <exception>

#include "instrument/signal.hpp"

namespace singel::instrument {

namespace asio = boost::asio;
using spectra::core::Failure;
using spectra::core::Fault;

struct Beside::State {
    explicit State(asio::any_io_executor on) : executor(std::move(on)) {}
    asio::any_io_executor executor;
    asio::cancellation_signal cancel;
    bool ended = false;
    std::exception_ptr problem;
    std::shared_ptr<Signal> bell;  // of whoever waits now
};

Beside::Beside(asio::any_io_executor executor, asio::awaitable<void> work)
    : state_(std::make_shared<State>(executor)) {
    asio::co_spawn(executor, std::move(work),
                   asio::bind_cancellation_slot(state_->cancel.slot(), [state = state_](std::exception_ptr problem) {
                       state->ended = true;
                       state->problem = std::move(problem);
                       if (state->bell) state->bell->set();
                   }));
}

Beside::~Beside() {
    if (state_ && !state_->ended) cancel();
}

bool Beside::ended() const {
    return state_->ended;
}

void Beside::cancel() {
    state_->cancel.emit(asio::cancellation_type::terminal);
}

namespace {

// What a cancelled caller owes to the work it started. Called with cancellation ignored.
asio::awaitable<void> await_end(std::shared_ptr<Signal> bell, bool& ended) {
    while (!ended) co_await bell->wait();
}

}  // namespace

asio::awaitable<bool> Beside::rung(std::shared_ptr<State> state, std::shared_ptr<Signal> bell) {
    const Woken woken = co_await bell->wait();
    if (woken == Woken::set) co_return state->ended;
    const auto last_bell = std::make_shared<Signal>(state->executor);
    state->bell = last_bell;
    state->cancel.emit(asio::cancellation_type::terminal);
    co_await ignore_cancellation();
    co_await await_end(last_bell, state->ended);
    co_await heed_cancellation();
    throw Failure(Fault::cancelled, "cancelled");
}

asio::awaitable<void> Beside::end() {
    const auto state = state_;
    while (!state->ended) {
        state->bell = std::make_shared<Signal>(state->executor);
        co_await rung(state, state->bell);
    }
    if (state->problem) std::rethrow_exception(state->problem);
}

asio::awaitable<bool> Beside::ends_within(Transport& link, Transport::Duration duration) {
    const auto state = state_;
    if (state->ended) co_return true;
    state->bell = std::make_shared<Signal>(state->executor);
    Beside pause(state->executor, link.wait(duration));
    pause.state_->bell = state->bell;
    const bool ended = co_await rung(state, state->bell);
    co_return ended;
}

}  // namespace singel::instrument
