#pragma once

#include "instrument/cooler.hpp"
#include "instrument/ocean_obp/known.hpp"

namespace singel::instrument::ocean_obp {

// The thermoelectric cooler of a QE-PRO or a Ventana (messages 0042xxxx).
class ObpCooler final : public Cooler {
public:
    ObpCooler(Pipe& pipe, const KnownMessages& known) : pipe_(pipe), known_(known) {}

    boost::asio::awaitable<CoolerState> read_state() override;
    boost::asio::awaitable<void> cool_to(spectra::core::Celsius setpoint) override;
    boost::asio::awaitable<void> switch_off() override;

    // None when the unit does not tell.
    boost::asio::awaitable<std::optional<spectra::core::Celsius>> temperature();

private:
    boost::asio::awaitable<std::optional<spectra::core::Celsius>> read_celsius(std::uint32_t type, const char* what);

    Pipe& pipe_;
    const KnownMessages& known_;
};

}  // namespace singel::instrument::ocean_obp
