#pragma once

#include <memory>

#include "instrument/frame_book.hpp"
#include "instrument/laser.hpp"
#include "instrument/laser_guard/guard.hpp"
#include "instrument/wasatch/laser_off.hpp"
#include "instrument/wasatch/memory.hpp"

namespace singel::instrument::wasatch {

// The laser of one unit. Its transfers are control transfers, which never queue behind a spectrum.
class WasatchLaser final : public Laser {
public:
    // book is the driver's: a switched laser is a change of settings.
    WasatchLaser(Unit unit, LaserSenses senses, FrameBook& book, std::chrono::milliseconds warm_up, unsigned stale);

    boost::asio::awaitable<LaserState> read_state() override;
    boost::asio::awaitable<void> switch_on(const LaserLease& lease) override;
    boost::asio::awaitable<void> switch_off() override;
    std::chrono::milliseconds warm_up() const override { return warm_up_; }
    LaserState last_known() const override { return state_; }
    boost::asio::awaitable<void> wait(std::chrono::milliseconds duration) override;

private:
    boost::asio::awaitable<void> set_power(double fraction);
    boost::asio::awaitable<void> set_watchdog(std::chrono::milliseconds lease);
    boost::asio::awaitable<void> require_interlock(bool physical_interlock);
    boost::asio::awaitable<void> enable(double power);
    void note(bool on, double power);

    Unit unit_;
    LaserSenses senses_;
    FrameBook& book_;
    std::chrono::milliseconds warm_up_;
    unsigned stale_;
    LaserState state_;
    std::unique_ptr<LaserGuard> guard_;
};

}  // namespace singel::instrument::wasatch
