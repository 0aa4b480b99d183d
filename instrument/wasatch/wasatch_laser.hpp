#pragma once

#include "instrument/laser_switch.hpp"
#include "instrument/wasatch/laser_state.hpp"

namespace singel::instrument::wasatch {

// The laser of one unit behind its control transfers, which never queue behind a spectrum. FID notes, sections 9.1
// and 9.5.
class WasatchLaserSwitch final : public LaserSwitch {
public:
    WasatchLaserSwitch(Unit unit, LaserSenses senses);

    // The memory and the firmware have told more.
    void learn(LaserSenses senses) { senses_ = senses; }

    Transport& link() const override { return *unit_.link; }
    boost::asio::awaitable<LaserState> read() override { return read_laser_state(unit_, senses_); }
    boost::asio::awaitable<void> prepare(const LaserLease& lease) override;
    boost::asio::awaitable<void> enable() override;
    boost::asio::awaitable<void> disable() override;
    // Enable 0 three times, modulation off with a width of 1 us, FPGA reset, bus reset.
    std::size_t rungs() const override;
    boost::asio::awaitable<void> climb(std::size_t rung) override;
    bool loses_settings(std::size_t rung) const override;

private:
    boost::asio::awaitable<void> set_power(double fraction);
    boost::asio::awaitable<void> set_watchdog(std::chrono::milliseconds lease);

    Unit unit_;
    LaserSenses senses_;
};

}  // namespace singel::instrument::wasatch
