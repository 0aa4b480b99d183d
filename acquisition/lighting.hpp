#pragma once

#include <string>
#include <string_view>

// How a sample was lit: coded values, part of its record.
namespace singel::acquisition {

// The answer to "is the sample dark or energetic?", asked before any light. Not asked counts as dark.
enum class SampleLook { unknown, light, dark };

std::string_view name(SampleLook look);

struct Lighting {
    SampleLook look = SampleLook::unknown;
    double power = 1.0;      // of the frames, fraction of full power
    bool warmed = false;     // the baseline rose: power, or the number of frames, stayed at the last good step
    bool open_beam = false;  // light went into the open; otherwise into a closed, interlocked compartment
    std::string interlock;   // id of the technician's record that was relied on; empty when the instrument can tell
};

}  // namespace singel::acquisition
