#include "firmware-bridge/carriers/usbfs.hpp"

#include <cerrno>
#include <cstdlib>
#include <dlfcn.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "firmware-bridge/carriers/preload.hpp"
#include "firmware-bridge/carriers/program.hpp"
#include "firmware-bridge/carriers/usbfs_bus.hpp"

#if defined(__SANITIZE_THREAD__)
// Strings that umockdev hands from thread to thread within itself: its locks are not instrumented.
extern "C" const char* __tsan_default_suppressions() {
    return "race:libumockdev.so\n";
}
#endif

namespace singel::firmware_bridge::carriers {

namespace core = spectra::core;
using virtual_instrument::UsbDevice;

namespace {

// Set in the preloaded process, so that a library that cannot be loaded does not make it start itself for ever.
constexpr const char* entered_variable = "SINGEL_USBFS_ENTERED";

std::string_view or_empty(const char* text) {
    return text ? text : "";
}

Environment own_environment() {
    Environment environment;
    for (char** entry = environ; *entry; ++entry) environment.emplace_back(*entry);
    return environment;
}

bool is_preloaded() {
    void* const library = dlopen(std::string(umockdev_preload).c_str(), RTLD_LAZY | RTLD_NOLOAD);
    if (library) dlclose(library);
    return library != nullptr;
}

core::Result<int> run(std::vector<std::unique_ptr<UsbDevice>> devices, const std::filesystem::path& path,
                      const std::vector<std::string>& command, const UsbfsOptions& options) {
    KeptProgram program;  // forks, so before the bus and its threads
    UsbfsBus bus(std::move(devices), options);
    Environment environment = preloaded(own_environment(), sanitizer_runtime(path));
    std::erase_if(environment, [](const std::string& entry) { return entry.starts_with(entered_variable); });
    set_variable(environment, "UMOCKDEV_DIR", bus.root());
    bus.start_clock();
    auto started = program.start(path, command, environment);
    if (!started) return tl::unexpected(std::move(started.error()));
    auto code = program.wait();
    if (options.afterwards) bus.inspect(options.afterwards);
    if (auto broken = bus.failure()) return tl::unexpected(std::move(*broken));
    return code;
}

}  // namespace

core::Result<void> enter_usbfs(char** argv) {
    if (is_preloaded()) return {};
    if (std::getenv(entered_variable)) {
        return core::failure(core::Fault::unsupported, "the library that makes the emulated USB bus is missing",
                             std::string(umockdev_preload), "install umockdev (Debian: apt-get install umockdev)");
    }
    Environment environment = preloaded(own_environment(), sanitizer_runtime("/proc/self/exe"));
    set_variable(environment, entered_variable, "1");
    std::vector<char*> entries;
    for (std::string& entry : environment) entries.push_back(entry.data());
    entries.push_back(nullptr);
    execve("/proc/self/exe", argv, entries.data());
    return core::failure(core::Fault::input_output,
                         "cannot start itself again: " + std::generic_category().message(errno), "/proc/self/exe");
}

core::Result<int> run_on_usbfs(std::vector<std::unique_ptr<UsbDevice>> devices,
                               const std::vector<std::string>& command, const UsbfsOptions& options) {
    if (devices.empty() || command.empty()) {
        return core::failure(core::Fault::invalid_argument, "an emulated bus needs a device and a program");
    }
    for (const PlugChange& change : options.plugs) {
        if (change.device >= devices.size()) {
            return core::failure(core::Fault::invalid_argument, "no device has the plug that is to change");
        }
    }
    const auto path = find_program(command.front(), or_empty(std::getenv("PATH")));
    if (!path) {
        return core::failure(core::Fault::not_found, "there is no such program", command.front(),
                             "name one that this user may run");
    }
    try {
        return run(std::move(devices), *path, command, options);
    } catch (const core::Failure& failure) {
        return tl::unexpected(failure.error());
    }
}

}  // namespace singel::firmware_bridge::carriers
