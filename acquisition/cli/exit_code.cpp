#include "acquisition/cli/exit_code.hpp"

#include <cstdio>

namespace singel::acquisition::cli {

namespace core = spectra::core;

int exit_code(const core::Error& error) {
    // An interruption is no fault of the input, and an open interlock is a state of the device.
    if (error.fault == core::Fault::cancelled || error.fault == core::Fault::interlock_open) return exit_device;
    return core::person_can_act(error.fault) ? exit_input : exit_device;
}

int complain(const core::Error& error) {
    std::fflush(stdout);
    std::fprintf(stderr, "singel: %s\n", error.sentence().c_str());
    return exit_code(error);
}

}  // namespace singel::acquisition::cli
