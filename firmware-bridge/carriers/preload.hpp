#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Which libraries must be loaded before a program so that it sees the emulated bus.
namespace singel::firmware_bridge::carriers {

inline constexpr std::string_view umockdev_preload = "libumockdev-preload.so.0";

using Environment = std::vector<std::string>;  // "NAME=value"

// The program as the shell would find it: a name with a slash as it is, any other along search_path (colon
// separated). Nothing where no such executable file exists.
std::optional<std::filesystem::path> find_program(const std::string& name, std::string_view search_path);

// The shared sanitizer runtime that an ELF file of this machine is linked with ("libasan.so.8"), which the dynamic
// loader insists on loading first. Empty for every other file.
std::string sanitizer_runtime(const std::filesystem::path& program);

// LD_PRELOAD for a program with that sanitizer runtime (or an empty one): the runtime, umockdev, then what was there
// before without either.
std::string preload_list(std::string_view before, const std::string& sanitizer);

// environment with LD_PRELOAD as preload_list makes it, and ASAN_OPTIONS that accepts a library before the runtime,
// as a script's interpreter would hand it on to a sanitized program.
Environment preloaded(Environment environment, const std::string& sanitizer);

void set_variable(Environment& environment, std::string_view name, std::string_view value);

}  // namespace singel::firmware_bridge::carriers
