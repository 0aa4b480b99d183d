#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "acquisition/lighting.hpp"
#include "acquisition/statement.hpp"

namespace singel::acquisition {

// Which instrument: an id that `singel devices` lists, a virtual model on the in-process link with what lies on
// its stage, or (neither) the one that is attached.
struct InstrumentChoice {
    std::string device_id;
    std::string virtual_model;
    std::string scene;          // file or mixture: see spectra/io/scene.hpp
    std::string scene_library;  // where a mixture takes its substances from; empty: the starter library
    bool virtual_time = false;  // in-process only: time passes as fast as it can be computed
    std::string faults;         // in-process only: see firmware-bridge/virtual/faults.hpp
    friend bool operator==(const InstrumentChoice&, const InstrumentChoice&) = default;
};

// One check of one sample.
struct Plan {
    InstrumentChoice instrument;
    std::string library_path;  // empty: the starter library
    std::string learned_path;  // empty: the service's own learned figures, or what ships
    std::string sold_as;
    std::vector<StripReading> strips;
    std::vector<StripKind> skipped_strips;
    std::vector<std::string> limits_for;  // speak about these too, beside the watch list
    std::string store_path;               // folder of the records; empty: the default one
    unsigned frames = 8;
    unsigned dark_frames = 8;
    std::optional<std::chrono::milliseconds> integration_time;  // none: found by auto-exposure
    double laser_power = 1.0;
    SampleLook look = SampleLook::unknown;  // asked before any light; not asked counts as dark
    bool has_key = false;                   // somebody can keep Session::hold() alive while the beam is open
};

}  // namespace singel::acquisition
