#include "instrument/lasting_home.hpp"

#include <algorithm>
#include <exception>
#include <fmt/format.h>
#include <utility>

#include "instrument/signal.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument {

namespace asio = boost::asio;
using core::Failure;
using core::Fault;
using namespace std::chrono_literals;

namespace {

constexpr auto look_again = 1000ms;  // permissions may come late, another program may let go
constexpr auto settles = 300ms;      // a cable that comes out shows as an error of the transfer first

std::string named(const core::InstrumentIdentity& instrument) {
    return fmt::format("{} {}", instrument.model, instrument.serial);
}

asio::awaitable<void> close_quietly(std::shared_ptr<Spectrometer> spectrometer) {
    try {
        co_await spectrometer->close();
    } catch (const Failure&) {
        // Gone: there is nobody to say goodbye to.
    }
}

std::optional<Fault> fault_of(const std::exception_ptr& problem) {
    try {
        return error_of(problem).fault;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

void rethrow_unless_gone(const std::exception_ptr& problem) {
    if (fault_of(problem) != Fault::disconnected) std::rethrow_exception(problem);
}

Counters sum(Counters a, const Counters& b) {
    a.frames_requested += b.frames_requested;
    a.frames_delivered += b.frames_delivered;
    a.frames_lost += b.frames_lost;
    a.stale_discarded += b.stale_discarded;
    a.recoveries += b.recoveries;
    a.missed_by_count += b.missed_by_count;
    return a;
}

}  // namespace

std::string Presence::sentence() const {
    const std::string lost =
        frames_lost == 0 ? "" : fmt::format(" {} frame{} lost.", frames_lost, frames_lost == 1 ? " was" : "s were");
    if (what == What::away) return fmt::format("The {} was unplugged: plug it in again.{}", named(instrument), lost);
    return fmt::format("The {} is back; its settings were sent again.{}", named(instrument), lost);
}

Home::Home(BusPtr bus, Plugged place, SpectrometerPtr opened, LastingOptions options)
    : bus_(std::move(bus)),
      place_(std::move(place)),
      opened_(std::move(opened)),
      options_(std::move(options)),
      description_(opened_->description()) {}

Counters Home::counters() const {
    return sum(past_, opened_->counters());
}

core::FrameSettings Home::in_order(core::FrameSettings in_force) {
    in_force.generation += first_generation_;
    last_generation_ = std::max(last_generation_, in_force.generation);
    return in_force;
}

core::Frame Home::in_order(core::Frame frame) {
    frame.number += past_.frames_delivered + past_.frames_lost;
    frame.settings = in_order(frame.settings);
    return frame;
}

asio::awaitable<bool> Home::went_away(core::Error error, std::uint64_t lost_before) {
    if (error.fault == Fault::input_output) {
        co_await bus_->change(settles);
        const auto there = co_await bus_->list();
        if (std::ranges::find(there, place_) == there.end()) error.fault = Fault::disconnected;
    }
    if (error.fault != Fault::disconnected) co_return false;
    if (!lease_runs) untold_losses_ += counters().frames_lost - lost_before;
    gone();
    co_return !lease_runs;
}

void Home::gone() {
    if (std::exchange(away_, true)) return;
    tell(Presence::What::away);
}

void Home::tell(Presence::What what) {
    const std::uint64_t lost = std::exchange(untold_losses_, 0);
    if (options_.witness) options_.witness({what, description_.identity, lost});
}

void Home::give_up() const {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(options_.patience);
    throw Failure(Fault::disconnected,
                  fmt::format("the instrument was unplugged and has not come back for {} s", seconds.count()),
                  named(description_.identity), "Plug it in again.");
}

asio::awaitable<void> Home::let_go() {
    if (std::exchange(let_go_, true)) co_return;
    co_await ignore_cancellation();
    co_await close_quietly(opened_);
    co_await heed_cancellation();
}

asio::awaitable<void> Home::be_present() {
    if (!away_) co_return;
    if (lease_runs)
        throw Failure(Fault::disconnected, "the instrument was unplugged while its laser was on",
                      named(description_.identity), "Plug it in again, then measure again.");
    co_await let_go();
    const auto until = bus_->now() + options_.patience;
    for (;;) {
        const bool back = co_await look_around();
        if (back) co_return;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - bus_->now());
        if (left <= 0ms) give_up();
        co_await bus_->change(std::min<Bus::Duration>(left, look_again));
    }
}

asio::awaitable<bool> Home::look_around() {
    const auto there = co_await bus_->list();
    std::erase_if(others_, [&](const std::string& id) { return !std::ranges::count(there, id, &Plugged::id); });
    for (const Plugged& place : there) {
        if (place.family != place_.family || place.model != place_.model || others_.contains(place.id)) continue;
        const bool back = co_await try_place(place);
        if (back) co_return true;
    }
    co_return false;
}

bool Home::is_ours(const Description& other) const {
    return !other.identity.serial.empty() && other.identity.serial == description_.identity.serial &&
           other.identity.model == description_.identity.model;
}

// False: another unit, or one that cannot be used yet.
asio::awaitable<bool> Home::try_place(Plugged place) {
    std::shared_ptr<Spectrometer> candidate;
    std::exception_ptr problem;
    bool ready = false;
    try {
        candidate = co_await bus_->open(place.id);
        ready = is_ours(candidate->description());
        if (ready) co_await send_again(*candidate);
    } catch (...) {
        problem = std::current_exception();
    }
    if (ready && !problem) {
        move_in(std::move(candidate), std::move(place));
        co_return true;
    }
    if (candidate) {
        if (!ready) others_.insert(place.id);
        co_await ignore_cancellation();
        co_await close_quietly(candidate);
        co_await heed_cancellation();
    }
    if (problem && (candidate || fault_of(problem) == Fault::cancelled)) rethrow_unless_gone(problem);
    co_return false;
}

asio::awaitable<void> Home::send_again(Spectrometer& candidate) {
    const Description& now = candidate.description();
    if (now.pixels != description_.pixels || !(now.wavelengths == description_.wavelengths))
        throw Failure(Fault::protocol, "the instrument came back with another wavelength axis in its memory",
                      named(description_.identity), "Close it, open it again and measure from the beginning.");
    if (settings) co_await candidate.apply(*settings);
    Cooler* const cooler = candidate.cooler();
    if (cooled_to && cooler != nullptr) co_await cooler->cool_to(*cooled_to);
}

void Home::move_in(std::shared_ptr<Spectrometer> candidate, Plugged place) {
    past_ = counters();
    first_generation_ = last_generation_;
    opened_ = std::move(candidate);
    place_ = std::move(place);
    away_ = let_go_ = false;
    tell(Presence::What::back);
}

asio::awaitable<void> Home::close() {
    co_await opened_->close();
}

}  // namespace singel::instrument
