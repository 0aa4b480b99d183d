#include "instrument/laser_guard/owner.hpp"

#include <csignal>
#include <sys/syscall.h>
#include <unistd.h>

// By syscall: glibc 2.36 declares its functions without C linkage.
namespace singel::instrument::laser_guard {

Owner::Owner(pid_t pid) {
    if (getppid() != pid) return;
    descriptor_ = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
    // Still our parent, so the descriptor is of no other process that got the number meanwhile.
    if (descriptor_ < 0 || getppid() == pid) return;
    ::close(descriptor_);
    descriptor_ = -1;
}

Owner::~Owner() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void Owner::kill() const {
    if (descriptor_ >= 0) syscall(SYS_pidfd_send_signal, descriptor_, SIGKILL, nullptr, 0);
}

}  // namespace singel::instrument::laser_guard
