#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>

#include "instrument/lasting.hpp"

// The part of a lasting spectrometer that knows where the instrument is; lasting.cpp lends it the interface.
namespace singel::instrument {

class Home {
public:
    Home(BusPtr bus, Plugged place, SpectrometerPtr opened, LastingOptions options);

    // Shared: a call to an instrument that is given up meanwhile ends on its own.
    std::shared_ptr<Spectrometer> there() const { return opened_; }
    const Description& description() const { return description_; }
    Counters counters() const;
    core::Frame in_order(core::Frame frame);
    core::FrameSettings in_order(core::FrameSettings settings);

    // Waits until the instrument is there. Throws disconnected after the patience, and at once under a lease.
    boost::asio::awaitable<void> be_present();
    // Whether this failure means that the instrument went away and the call may wait for it; lost_before is
    // counters().frames_lost from before the call.
    boost::asio::awaitable<bool> went_away(core::Error error, std::uint64_t lost_before);
    void gone();  // it is away: tells, once
    bool away() const { return away_; }
    boost::asio::awaitable<void> close();

    std::optional<Settings> settings;        // the last ones that were taken
    std::optional<core::Celsius> cooled_to;  // none: not asked for
    bool lease_runs = false;                 // from the switch-on to the attempt to switch off

private:
    boost::asio::awaitable<void> let_go();
    boost::asio::awaitable<bool> look_around();
    boost::asio::awaitable<bool> try_place(Plugged place);
    boost::asio::awaitable<void> send_again(Spectrometer& candidate);
    void move_in(std::shared_ptr<Spectrometer> candidate, Plugged place);
    bool is_ours(const Description& other) const;
    void tell(Presence::What what);
    [[noreturn]] void give_up() const;

    BusPtr bus_;
    Plugged place_;
    std::shared_ptr<Spectrometer> opened_;
    LastingOptions options_;
    Description description_;
    bool away_ = false, let_go_ = false;
    std::set<std::string> others_;  // ids of other units of the model
    Counters past_;                 // of what was opened before
    std::uint64_t last_generation_ = 0, first_generation_ = 0;
    std::uint64_t untold_losses_ = 0;
};

}  // namespace singel::instrument
