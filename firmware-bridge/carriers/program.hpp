#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

#include "firmware-bridge/carriers/preload.hpp"
#include "spectra/core/result.hpp"

namespace singel::firmware_bridge::carriers {

// Processes that a program leaves behind may work on for this long (a laser guard does), then they are killed.
inline constexpr std::chrono::seconds leftover_time{10};

// A program and everything it starts, held by a small process between it and this one, the keeper, so that nothing
// is left running whoever is killed: the program, the keeper or this process. Make it before any thread exists; the
// terminating signals are blocked in this process from then on, and wait hands them to the program.
class KeptProgram {
public:
    // Starts the keeper only. Throws core::Failure (input_output).
    KeptProgram();
    ~KeptProgram();
    KeptProgram(const KeptProgram&) = delete;
    KeptProgram& operator=(const KeptProgram&) = delete;

    // path must be an executable file; arguments[0] is the name the program sees. not_found, permission_denied or
    // input_output where the system refuses.
    spectra::core::Result<void> start(const std::filesystem::path& path, const std::vector<std::string>& arguments,
                                      const Environment& environment);

    // Until the program and all it left are gone: its exit code, or 128 + the signal that ended it.
    spectra::core::Result<int> wait();

private:
    pid_t keeper_ = -1;
    int channel_ = -1;  // to the keeper
};

}  // namespace singel::firmware_bridge::carriers
