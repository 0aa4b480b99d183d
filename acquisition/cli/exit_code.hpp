#pragma once

#include "spectra/core/result.hpp"

// The exit codes of the command line's contract.
namespace singel::acquisition::cli {

inline constexpr int exit_done = 0;
inline constexpr int exit_no = 1;      // the question was answered "no"
inline constexpr int exit_input = 2;   // wrong usage or input: the person can act
inline constexpr int exit_device = 3;  // the device or the machine failed, or the check was interrupted
inline constexpr int exit_bug = 4;

int exit_code(const spectra::core::Error& error);

// "singel: what (where). What to do" on standard error; returns the exit code.
int complain(const spectra::core::Error& error);

}  // namespace singel::acquisition::cli
