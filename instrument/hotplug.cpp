#include "instrument/hotplug.hpp"

#include <algorithm>

namespace singel::instrument {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr auto rest = 300ms;
constexpr auto longest_unrest = 2000ms;
constexpr auto one_wait = std::chrono::hours(1);

bool among(const std::vector<Plugged>& list, const Plugged& one) {
    return std::ranges::find(list, one) != list.end();
}

std::vector<PlugEvent> difference(const std::vector<Plugged>& before, const std::vector<Plugged>& after) {
    std::vector<PlugEvent> events;
    for (const Plugged& one : before)
        if (!among(after, one)) events.push_back({PlugEvent::What::left, one});
    for (const Plugged& one : after)
        if (!among(before, one)) events.push_back({PlugEvent::What::arrived, one});
    return events;
}

}  // namespace

asio::awaitable<void> PlugWatch::settle() {
    const auto last = bus_->now() + longest_unrest;
    bool moving = true;
    while (moving && bus_->now() < last) moving = co_await bus_->change(rest);
}

// Other devices come and go too.
asio::awaitable<void> PlugWatch::something_else() {
    for (;;) {
        const bool changed = co_await bus_->change(one_wait);
        if (!changed) continue;
        const auto now_there = co_await bus_->list();
        if (now_there != there_) break;
    }
    co_await settle();
}

asio::awaitable<std::vector<PlugEvent>> PlugWatch::next() {
    for (;;) {
        if (started_) co_await something_else();
        started_ = true;
        auto now_there = co_await bus_->list();
        auto events = difference(there_, now_there);
        there_ = std::move(now_there);
        if (!events.empty()) co_return events;
    }
}

}  // namespace singel::instrument
