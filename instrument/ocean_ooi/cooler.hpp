#pragma once

#include "instrument/cooler.hpp"
#include "instrument/description.hpp"
#include "instrument/ocean_ooi/device.hpp"

namespace singel::instrument::ocean_ooi {

// The cooler of QE65000 and NIRQuest. Only the detector's temperature can be read back: enable and setpoint are what
// was sent last, or what the memory says that it starts with (slot 17 of the QE65000); unknown before.
class OoiCooler final : public Cooler {
public:
    explicit OoiCooler(const Unit& unit) : unit_(unit) {}

    // What it starts with by its memory, where that holds it. Sends nothing.
    boost::asio::awaitable<void> look();
    boost::asio::awaitable<CoolerState> read_state() override;
    boost::asio::awaitable<void> cool_to(core::Celsius setpoint) override;
    boost::asio::awaitable<void> switch_off() override;
    // As it was found; off when that is not known. Nothing when nobody has changed it.
    boost::asio::awaitable<void> restore();

private:
    boost::asio::awaitable<void> put_in_force(ooi::CoolerSlot wanted);

    const Unit& unit_;
    std::optional<ooi::CoolerSlot> found_, sent_;
};

}  // namespace singel::instrument::ocean_ooi
