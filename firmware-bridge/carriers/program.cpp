#include "firmware-bridge/carriers/program.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

#include "firmware-bridge/carriers/keeper.hpp"

namespace singel::firmware_bridge::carriers {

namespace core = spectra::core;

namespace {

std::string system_text(int error) {
    return std::generic_category().message(error);
}

core::Fault fault_of(int error) {
    if (error == ENOENT) return core::Fault::not_found;
    return error == EACCES ? core::Fault::permission_denied : core::Fault::input_output;
}

}  // namespace

KeptProgram::KeptProgram() {
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        throw core::Failure(core::Fault::input_output, "cannot make a socket: " + system_text(errno));
    }
    sigset_t before;
    const sigset_t signals = kept_signals();
    sigprocmask(SIG_BLOCK, &signals, &before);
    const pid_t owner = getpid();
    keeper_ = fork();
    if (keeper_ == 0) {
        ::close(ends[0]);
        keep(ends[1], owner, before);
    }
    ::close(ends[1]);
    channel_ = ends[0];
    if (keeper_ < 0) throw core::Failure(core::Fault::input_output, "cannot start a process: " + system_text(errno));
    prctl(PR_SET_CHILD_SUBREAPER, 1);
}

KeptProgram::~KeptProgram() {
    ::close(channel_);  // a keeper that still waits for its program to be named ends
    end_children();
}

core::Result<void> KeptProgram::start(const std::filesystem::path& path, const std::vector<std::string>& arguments,
                                      const Environment& environment) {
    send_words(channel_, {path.string()});
    send_words(channel_, arguments);
    send_words(channel_, environment);
    std::int32_t error = EPIPE;
    if (!receive_all(channel_, &error, sizeof error)) error = EPIPE;
    if (error == 0) return {};
    return core::failure(fault_of(error), "cannot start the program: " + system_text(error), path.string(),
                         "name a program that this user may run");
}

core::Result<int> KeptProgram::wait() {
    const sigset_t signals = kept_signals();
    int status = 0;
    while (waitpid(keeper_, &status, WNOHANG) == 0) {
        siginfo_t info{};
        if (sigwaitinfo(&signals, &info) < 0) continue;
        // What a terminal sends (SI_KERNEL) has reached the program too.
        if (info.si_signo != SIGCHLD && info.si_code <= 0) kill(keeper_, info.si_signo);
    }
    std::int32_t code = 0;
    const bool told = receive_all(channel_, &code, sizeof code);
    end_children();
    if (told) return code;
    return core::failure(core::Fault::input_output, "the process that kept the program was killed",
                         "pid " + std::to_string(keeper_), "run it again; nothing was left running");
}

}  // namespace singel::firmware_bridge::carriers
