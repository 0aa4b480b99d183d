#include "firmware-bridge/bridge/usbmon_reader.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#include "firmware-bridge/trace/usbmon.hpp"

namespace singel::firmware_bridge::bridge {

namespace core = spectra::core;
namespace fs = std::filesystem;

namespace {

// Documentation/usb/usbmon.rst, "Binary interface and mmap".
struct MonGet {
    void* header;
    void* data;
    std::size_t data_size;
};
constexpr unsigned long get_record = _IOW(0x92, 10, MonGet);
constexpr unsigned long set_ring_size = _IO(0x92, 4);
constexpr std::size_t ring_bytes = 1200 * 1024;  // as large as it may be

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return number_; }

private:
    int number_;
};

std::string first_line(const fs::path& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

trace::Header describe(const fs::path& folder, unsigned bus, unsigned device) {
    constexpr std::size_t device_descriptor_size = 18;
    constexpr std::array strings{std::pair{"manufacturer", 14u}, std::pair{"product", 15u}, std::pair{"serial", 16u}};
    trace::Header header;
    header.source = fmt::format("usbmon {}:{}", bus, device);
    header.simulated = false;
    auto& descriptors = header.descriptors;
    std::ifstream file(folder / "descriptors", std::ios::binary);
    std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(file), {}};
    if (bytes.size() < device_descriptor_size) return header;
    const auto split = bytes.begin() + device_descriptor_size;
    descriptors.device.assign(bytes.begin(), split);
    descriptors.configuration.assign(split, bytes.end());
    if (first_line(folder / "speed") != "480") descriptors.speed = virtual_instrument::Speed::full;
    for (const auto& [name, index_at] : strings) {
        const std::size_t index = descriptors.device[index_at];
        if (index == 0 || index > 16) continue;
        if (descriptors.strings.size() < index) descriptors.strings.resize(index);
        descriptors.strings[index - 1] = first_line(folder / name);
    }
    return header;
}

core::Error cannot_open(const std::string& path, int error) {
    if (error == ENOENT) {
        return {core::Fault::unsupported, "this machine shows no usbmon", path,
                "load it as root with: modprobe usbmon"};
    }
    return {core::Fault::permission_denied, "cannot read usbmon: " + std::generic_category().message(error), path,
            "recording real traffic needs root: run this command with sudo"};
}

// Everything that waits in the ring.
core::Result<void> drain(int monitor, trace::Usbmon& assembler,
                         const std::function<void(const trace::Transfer&)>& tell) {
    std::array<std::uint8_t, trace::usbmon_record_bytes> record{};
    std::vector<std::uint8_t> data(ring_bytes);
    MonGet get{record.data(), data.data(), data.size()};
    while (ioctl(monitor, get_record, &get) == 0) {
        std::uint32_t captured = 0;
        std::copy_n(record.begin() + 36, sizeof captured, static_cast<std::uint8_t*>(static_cast<void*>(&captured)));
        auto transfer = assembler.hear(record, std::span(data).first(std::min<std::size_t>(captured, data.size())));
        if (!transfer) return core::failure(core::Fault::protocol, transfer.error().what, "usbmon");
        if (*transfer) tell(**transfer);
    }
    if (errno == EAGAIN || errno == EINTR) return {};
    return core::failure(core::Fault::input_output, "usbmon ended: " + std::generic_category().message(errno));
}

}  // namespace

core::Result<trace::Header> describe_attached(unsigned bus, unsigned device) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator("/sys/bus/usb/devices", error)) {
        const bool here = first_line(entry.path() / "busnum") == fmt::to_string(bus) &&
                          first_line(entry.path() / "devnum") == fmt::to_string(device);
        if (here) return describe(entry.path(), bus, device);
    }
    return core::failure(core::Fault::not_found, "there is no such USB device",
                         fmt::format("bus {} device {}", bus, device), "lsusb lists buses and devices");
}

core::Result<std::size_t> record_usbmon(const UsbmonRecording& wish,
                                        const std::function<void(const trace::Transfer&)>& tell) {
    using Steady = std::chrono::steady_clock;
    const std::string path = fmt::format("/dev/usbmon{}", wish.bus);
    const Descriptor monitor(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (monitor.get() < 0) return tl::unexpected(cannot_open(path, errno));
    ioctl(monitor.get(), set_ring_size, ring_bytes);
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    sigprocmask(SIG_BLOCK, &ending, nullptr);
    const Descriptor signals(signalfd(-1, &ending, SFD_CLOEXEC));
    trace::Usbmon assembler(static_cast<std::uint8_t>(wish.device));
    const auto end = wish.at_most ? Steady::now() + *wish.at_most : Steady::time_point::max();
    for (std::array<pollfd, 2> waits{pollfd{monitor.get(), POLLIN, 0}, pollfd{signals.get(), POLLIN, 0}};;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Steady::now());
        if (left.count() <= 0) break;
        poll(waits.data(), waits.size(), wish.at_most ? static_cast<int>(left.count()) : -1);
        auto drained = drain(monitor.get(), assembler, tell);
        if (!drained) return tl::unexpected(std::move(drained.error()));
        if (waits[1].revents != 0) break;
    }
    return assembler.cut();
}

}  // namespace singel::firmware_bridge::bridge
