#pragma once

#include "instrument/laser_switch.hpp"
#include "instrument/ocean_obp/pipe.hpp"

namespace singel::instrument::ocean_obp {

// The laser of a Ventana behind its light source messages (0081xxxx). OBP tells neither whether light comes out nor
// whether an interlock is closed, and has no watchdog: both stay unknown, and unknown counts as open.
class ObpLaserSwitch final : public LaserSwitch {
public:
    explicit ObpLaserSwitch(Pipe& pipe) : pipe_(pipe) {}

    Transport& link() const override { return pipe_.link(); }
    boost::asio::awaitable<LaserState> read() override;
    boost::asio::awaitable<void> prepare(const LaserLease& lease) override;
    boost::asio::awaitable<void> enable() override;
    boost::asio::awaitable<void> disable() override;
    // Disable three times, intensity 0, abort, bus reset, restart. Disable follows each: nothing arms it again. A
    // unit that restarts comes back with another address; here it counts as on.
    std::size_t rungs() const override;
    boost::asio::awaitable<void> climb(std::size_t rung) override;
    bool loses_settings(std::size_t rung) const override;

private:
    boost::asio::awaitable<void> set_intensity(double fraction);

    Pipe& pipe_;
};

}  // namespace singel::instrument::ocean_obp
