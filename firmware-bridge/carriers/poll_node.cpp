#include "firmware-bridge/carriers/poll_node.hpp"

#include <cerrno>
#include <fcntl.h>
#include <pty.h>
#include <system_error>
#include <termios.h>
#include <unistd.h>
#include <utility>

#include "spectra/core/result.hpp"

namespace singel::firmware_bridge::carriers {

namespace {
[[noreturn]] void refuse(const std::filesystem::path& path, int error) {
    throw spectra::core::Failure(spectra::core::Fault::input_output,
                                 "cannot make a device node: " + std::generic_category().message(error),
                                 path.string(), "look whether /dev/pts is mounted and /tmp can be written");
}
}  // namespace

PollNode::PollNode(std::filesystem::path path) : path_(std::move(path)) {
    std::error_code error;
    std::filesystem::create_directories(path_.parent_path(), error);
    if (error) refuse(path_, error.value());

    termios raw{};
    cfmakeraw(&raw);
    cfsetspeed(&raw, B38400);
    char name[64];
    if (openpty(&controller_, &terminal_, name, &raw, nullptr) != 0) refuse(path_, errno);
    fcntl(controller_, F_SETFD, FD_CLOEXEC);
    fcntl(terminal_, F_SETFD, FD_CLOEXEC);
    tcflow(terminal_, TCOOFF);
    std::filesystem::create_symlink(name, path_, error);
    if (error) {
        ::close(controller_);
        ::close(terminal_);
        refuse(path_, error.value());
    }
}

PollNode::~PollNode() {
    hang_up();
    ::close(terminal_);
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
}

void PollNode::set_ready(bool ready) {
    if (ready == ready_ || controller_ < 0) return;
    ready_ = ready;
    tcflow(terminal_, ready ? TCOON : TCOOFF);
}

void PollNode::hang_up() {
    if (controller_ >= 0) ::close(std::exchange(controller_, -1));
}

}  // namespace singel::firmware_bridge::carriers
