#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace singel::testing {

struct Outcome {
    int code = -1;  // exit code; 128 + signal when it was killed
    std::string out, err;
};

struct RunOptions {
    std::vector<std::string> environment;          // "NAME=value", beside the caller's own
    std::chrono::milliseconds interrupt_after{0};  // then SIGINT, once; 0: never
    std::chrono::seconds deadline{240};            // then it is killed and the test fails by its code
    unsigned long largest_file = 0;                // RLIMIT_FSIZE in bytes; 0: unlimited
};

// Runs a program to its end with its output caught. The first argument is the program's path.
Outcome run_program(const std::vector<std::string>& arguments, const RunOptions& options = {});

// A program of this build.
std::string program(const std::string& name);

}  // namespace singel::testing
