#pragma once

#include <memory>

#include "instrument/frame_book.hpp"
#include "instrument/laser.hpp"
#include "instrument/laser_guard/guard.hpp"
#include "instrument/laser_switch.hpp"

namespace singel::instrument {

// The laser of one unit: its switch, the guard process beside it, and what is known of it.
class GuardedLaser final : public Laser {
public:
    // laser and book are the driver's and live longer: a switched laser is a change of settings, after which so many
    // frames are stale.
    GuardedLaser(LaserSwitch& laser, FrameBook& book, std::chrono::milliseconds warm_up, unsigned stale);

    boost::asio::awaitable<LaserState> read_state() override;
    boost::asio::awaitable<void> switch_on(const LaserLease& lease) override;
    boost::asio::awaitable<void> switch_off() override;
    std::chrono::milliseconds warm_up() const override { return warm_up_; }
    LaserState last_known() const override { return state_; }
    boost::asio::awaitable<void> wait(std::chrono::milliseconds duration) override;

private:
    boost::asio::awaitable<void> require_interlock(bool physical_interlock);
    boost::asio::awaitable<void> enable(double power);
    void note(bool on, double power);

    LaserSwitch& switch_;
    FrameBook& book_;
    std::chrono::milliseconds warm_up_;
    unsigned stale_;
    LaserState state_;
    std::unique_ptr<LaserGuard> guard_;
};

}  // namespace singel::instrument
