#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "acquisition/statement.hpp"

namespace singel::acquisition {

// Which instrument: an id that `singel devices` lists, a virtual model on the in-process link with what lies on
// its stage, or (neither) the one that is attached.
struct InstrumentChoice {
    std::string device_id;
    std::string virtual_model;
    std::string scene;          // file or mixture: see spectra/io/scene.hpp
    bool virtual_time = false;  // in-process only: time passes as fast as it can be computed
};

// One check of one sample.
struct Plan {
    InstrumentChoice instrument;
    std::string library_path;  // empty: the starter library
    std::string sold_as;
    std::vector<StripReading> strips;
    unsigned frames = 8;
    unsigned dark_frames = 8;
    std::optional<std::chrono::milliseconds> integration_time;  // none: found by auto-exposure
    double laser_power = 1.0;
};

}  // namespace singel::acquisition
