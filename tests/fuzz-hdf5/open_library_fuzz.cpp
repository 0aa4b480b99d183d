#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

#include "spectra/io/library_file.hpp"

// HDF5 1.10 forgets some of its own memory when it refuses a damaged file.
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libhdf5\n";
}

// Opens what the fuzzer made as a library and, where that succeeds, reads everything that it promised. HDF5 opens
// names, not bytes, so the bytes go through a file in memory.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::filesystem::path file =
        std::filesystem::path("/dev/shm") / ("singel-fuzz-" + std::to_string(::getpid()) + ".h5");
    static const bool removed_at_exit = std::atexit([] { std::filesystem::remove(file); }) == 0;
    if (!removed_at_exit) return 0;
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    const auto opened = singel::spectra::io::open_library(file);
    if (!opened) return 0;
    float sum = 0.0F;
    for (std::size_t i = 0; i < opened->references.size(); ++i)
        for (std::size_t p = opened->references[i].first; p < opened->references[i].last; ++p)
            sum += opened->row(i)[p];
    volatile float kept = sum;
    static_cast<void>(kept);
    static_cast<void>(singel::spectra::io::verify_library(file).has_value());
    return 0;
}
