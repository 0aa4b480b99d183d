#include "firmware-bridge/carriers/keeper.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <fcntl.h>
#include <fstream>
#include <optional>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "firmware-bridge/carriers/program.hpp"

namespace singel::firmware_bridge::carriers {

namespace {

constexpr int owner_died = SIGUSR1;
constexpr std::uint32_t most_words = 1 << 20;

bool send_all(int channel, const void* data, std::size_t size) {
    const char* at = static_cast<const char*>(data);
    while (size > 0) {
        const ssize_t sent = ::send(channel, at, size, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        at += sent;
        size -= static_cast<std::size_t>(sent);
    }
    return true;
}

std::optional<std::vector<std::string>> receive_words(int channel) {
    std::uint32_t count = 0;
    if (!receive_all(channel, &count, sizeof count) || count > most_words) return std::nullopt;
    std::vector<std::string> words(count);
    for (std::string& word : words) {
        std::uint32_t size = 0;
        if (!receive_all(channel, &size, sizeof size) || size > most_words) return std::nullopt;
        word.resize(size);
        if (!receive_all(channel, word.data(), size)) return std::nullopt;
    }
    return words;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> list;
    for (std::string& word : words) list.push_back(word.data());
    list.push_back(nullptr);
    return list;
}

[[noreturn]] void become(std::string& path, std::vector<std::string>& arguments,
                         std::vector<std::string>& environment, pid_t keeper, const sigset_t& mask, int trouble) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != keeper) _exit(EXIT_FAILURE);
    // Each emulated ioctl sleeps once for the timer slack: 50 µs by default, which halves the throughput.
    prctl(PR_SET_TIMERSLACK, 1);
    sigprocmask(SIG_SETMASK, &mask, nullptr);
    execve(path.c_str(), pointers(arguments).data(), pointers(environment).data());
    const std::int32_t error = errno;
    const ssize_t told = write(trouble, &error, sizeof error);
    _exit(told == sizeof error ? 127 : 126);
}

// The program's process, or -1 and errno.
pid_t start_program(int channel, const sigset_t& mask) {
    auto path = receive_words(channel), arguments = receive_words(channel), environment = receive_words(channel);
    if (!path || path->size() != 1 || !arguments || !environment) return errno = EINVAL, -1;
    std::array<int, 2> trouble{};
    if (pipe2(trouble.data(), O_CLOEXEC) != 0) return -1;
    const pid_t keeper = getpid(), program = fork();
    if (program == 0) become(path->front(), *arguments, *environment, keeper, mask, trouble[1]);
    const int fork_error = errno;
    ::close(trouble[1]);
    std::int32_t error = 0;
    const bool failed = program > 0 && read(trouble[0], &error, sizeof error) == sizeof error;
    ::close(trouble[0]);
    if (!failed) return errno = fork_error, program;
    waitpid(program, nullptr, 0);
    return errno = error, -1;
}

int exit_code(int status) {
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

// Waits for the next kept signal, at most for the given time; 0 when none came.
int next_signal(siginfo_t& info, std::optional<std::chrono::nanoseconds> at_most) {
    const sigset_t signals = kept_signals();
    if (!at_most) return sigwaitinfo(&signals, &info);
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(*at_most);
    const timespec time{seconds.count(), (*at_most - seconds).count()};
    return sigtimedwait(&signals, &info, &time);
}

// Reaps until the program has ended. Nothing when the owner died meanwhile.
std::optional<int> watch(pid_t program) {
    for (;;) {
        int status = 0;
        pid_t ended = 0;
        while ((ended = waitpid(-1, &status, WNOHANG)) > 0) {
            if (ended == program) return exit_code(status);
        }
        siginfo_t info{};
        const int signal = next_signal(info, std::nullopt);
        if (signal == owner_died) return std::nullopt;
        if (signal > 0 && signal != SIGCHLD && info.si_code <= 0) kill(program, signal);
    }
}

// Gives what the program left the time to end by itself; any signal but SIGCHLD cuts it short.
void wait_for_leftovers() {
    using Steady = std::chrono::steady_clock;
    const auto deadline = Steady::now() + leftover_time;
    for (;;) {
        pid_t ended = 0;
        while ((ended = waitpid(-1, nullptr, WNOHANG)) > 0) {
        }
        const auto left = deadline - Steady::now();
        if (ended < 0 || left <= Steady::duration::zero()) return;
        siginfo_t info{};
        const int signal = next_signal(info, left);
        if (signal > 0 && signal != SIGCHLD) return;
    }
}

}  // namespace

sigset_t kept_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGCHLD, SIGTERM, SIGHUP, SIGINT, SIGQUIT, owner_died}) sigaddset(&signals, signal);
    return signals;
}

void keep(int channel, pid_t owner, const sigset_t& mask_of_program) {
    prctl(PR_SET_PDEATHSIG, owner_died);
    if (getppid() != owner) _exit(EXIT_FAILURE);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    const pid_t program = start_program(channel, mask_of_program);
    const std::int32_t error = program > 0 ? 0 : errno;
    send_all(channel, &error, sizeof error);
    if (error != 0) _exit(EXIT_FAILURE);
    const std::optional<int> ended = watch(program);
    if (ended) wait_for_leftovers();
    end_children();
    const std::int32_t code = ended.value_or(0);
    if (ended) send_all(channel, &code, sizeof code);
    _exit(EXIT_SUCCESS);
}

void end_children() {
    const std::string task = std::to_string(getpid());
    const std::string listing = "/proc/" + task + "/task/" + task + "/children";
    for (;;) {
        std::ifstream children(listing);
        for (pid_t child = 0; children >> child;) kill(child, SIGKILL);
        if (waitpid(-1, nullptr, 0) < 0 && errno == ECHILD) return;
    }
}

bool send_words(int channel, const std::vector<std::string>& words) {
    const auto count = static_cast<std::uint32_t>(words.size());
    bool sent = send_all(channel, &count, sizeof count);
    for (const std::string& word : words) {
        const auto size = static_cast<std::uint32_t>(word.size());
        sent = sent && send_all(channel, &size, sizeof size) && send_all(channel, word.data(), size);
    }
    return sent;
}

bool receive_all(int channel, void* data, std::size_t size) {
    char* at = static_cast<char*>(data);
    while (size > 0) {
        const ssize_t got = ::recv(channel, at, size, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        at += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

}  // namespace singel::firmware_bridge::carriers
