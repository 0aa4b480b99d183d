#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "acquisition/records/record.hpp"
#include "spectra/core/result.hpp"
#include "spectra/core/spectrum.hpp"

namespace singel::acquisition {

enum class Stage {
    no_instrument,
    connecting,
    ready,
    dark,
    measuring,
    identifying,
    recording,
    done,
    failed,
    cancelled
};

std::string_view name(Stage stage);

enum class Light { no_laser, off, on, may_be_on };

std::string_view name(Light light);

// What an observer sees at one moment: immutable, complete, cheap to copy by pointer.
struct Snapshot {
    std::uint64_t sequence = 0;
    Stage stage = Stage::no_instrument;
    spectra::core::InstrumentIdentity instrument;  // empty model when there is none
    Light light = Light::no_laser;
    std::chrono::milliseconds light_remaining{};  // of the lease
    bool hold_wanted = false;                     // light in an open beam: somebody must hold the key
    double progress = 0.0;                        // 0 to 1 over the whole check
    std::chrono::milliseconds remaining{};        // estimate
    unsigned frames_done = 0, frames_total = 0;
    std::chrono::milliseconds exposure{};
    double fullness = 0.0;                                // strongest pixel over full scale, latest frame
    std::shared_ptr<const spectra::core::Spectrum> live;  // latest frame minus dark, on the sample's axis
    records::RecordPtr record;                            // set from Stage::done on
    std::optional<spectra::core::Error> error;            // set in Stage::failed
    bool away = false;                                    // the instrument was unplugged and is waited for
    unsigned returns = 0;   // times that it came back since it was opened, its settings sent again
    bool settling = false;  // a cancelled integration is still running in the instrument
};

using SnapshotPtr = std::shared_ptr<const Snapshot>;

}  // namespace singel::acquisition
