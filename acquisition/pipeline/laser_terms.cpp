#include "acquisition/pipeline/laser_terms.hpp"

#include "acquisition/pipeline/measure.hpp"
#include "acquisition/pipeline/ramp.hpp"
#include "acquisition/records/store.hpp"
#include "spectra/core/result.hpp"

namespace singel::acquisition::pipeline {

namespace asio = boost::asio;
using instrument::Beam;
using instrument::Tristate;

namespace {

std::string word(Tristate state) {
    switch (state) {
        case Tristate::no: return "no";
        case Tristate::yes: return "yes";
        case Tristate::unknown: break;
    }
    return "unknown";
}

}  // namespace

records::LaserEvent laser_event(const core::InstrumentIdentity& instrument, const instrument::LaserState& state) {
    return {std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()),
            instrument.model,
            instrument.serial,
            state.requested,
            word(state.enabled),
            word(state.can_fire),
            word(state.firing)};
}

std::optional<records::InterlockRecord> recorded_interlock(const std::string& store_path,
                                                           const core::InstrumentIdentity& instrument) {
    try {
        const auto folder = records::store_folder(store_path);
        records::Store store(folder, instrument.simulated, records::Store::Use::read);
        return records::valid_interlock(store.interlocks(), instrument.model, instrument.serial, records::today());
    } catch (const core::Failure& failure) {
        if (failure.error().fault == core::Fault::not_found) return std::nullopt;
        throw;
    }
}

asio::awaitable<instrument::LaserLease> laser_terms(instrument::Spectrometer& spectrometer,
                                                    std::optional<records::InterlockRecord> recorded) {
    const instrument::LaserState state = co_await spectrometer.laser()->read_state();
    const core::InstrumentIdentity& identity = spectrometer.description().identity;
    if (state.can_fire == Tristate::unknown && !recorded)
        throw core::Failure(
            core::Fault::interlock_open,
            "this instrument cannot say whether its interlock is closed, and no technician has recorded one",
            identity.model + " " + identity.serial,
            "A technician tries the interlock, then runs: singel interlock record --reason compartment_switch "
            "(closed compartment) or --reason remote_interlock (open beam), with --device ID.");
    instrument::LaserLease terms;
    terms.physical_interlock = recorded.has_value();
    const bool open = recorded && recorded->reason == records::InterlockReason::remote_interlock;
    terms.beam = open ? Beam::open : Beam::closed;
    co_return terms;
}

void require_short_unheld_light(const instrument::LaserLease& terms,
                                std::optional<std::chrono::microseconds> exposure, unsigned frames, bool ramped) {
    if (terms.beam == Beam::closed || terms.hold) return;
    const unsigned ramp = ramped ? static_cast<unsigned>(ramp_steps.size()) * ramp_frames : 0U;
    const auto light = ramp * (ramp_exposure + frame_overhead) +
                       frames * (exposure.value_or(instrument::laser_lease_cap) + frame_overhead);
    if (light <= instrument::open_beam_unheld) return;
    throw core::Failure(
        core::Fault::invalid_argument,
        "the beam of this instrument is open, and light for more than 5 s needs a person who holds a key", {},
        "Use the window and hold its key; or say --sample light with few, short frames (--integration-ms, --frames); "
        "or let a technician record a closed compartment.");
}

}  // namespace singel::acquisition::pipeline
