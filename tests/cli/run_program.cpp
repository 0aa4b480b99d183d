#include "tests/cli/run_program.hpp"

#include <array>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace singel::testing {

namespace {

using Clock = std::chrono::steady_clock;

struct Pipe {
    std::array<int, 2> ends{};
    Pipe() {
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    }
    ~Pipe() {
        for (const int end : ends)
            if (end >= 0) ::close(end);
    }
    void close_writer() {
        ::close(ends[1]);
        ends[1] = -1;
    }
};

[[noreturn]] void become(const std::vector<std::string>& arguments, const RunOptions& options, const Pipe& out,
                         const Pipe& err) {
    ::dup2(out.ends[1], STDOUT_FILENO);
    ::dup2(err.ends[1], STDERR_FILENO);
    if (options.largest_file > 0) {
        const rlimit limit{options.largest_file, options.largest_file};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    for (const std::string& entry : options.environment) ::putenv(const_cast<char*>(entry.c_str()));
    std::vector<char*> words;
    for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    ::execv(words[0], words.data());
    ::_exit(127);
}

// Appends what is there; false at the end of the stream.
bool drain(int descriptor, std::string& text) {
    std::array<char, 65536> buffer{};
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count > 0) text.append(buffer.data(), static_cast<std::size_t>(count));
    return count > 0;
}

void collect(pid_t child, const RunOptions& options, Pipe& out, Pipe& err, Outcome& outcome) {
    const auto start = Clock::now();
    bool interrupted = options.interrupt_after.count() == 0;
    std::array<pollfd, 2> watched{pollfd{out.ends[0], POLLIN, 0}, pollfd{err.ends[0], POLLIN, 0}};
    while (watched[0].fd >= 0 || watched[1].fd >= 0) {
        ::poll(watched.data(), watched.size(), 20);
        if (watched[0].revents != 0 && !drain(out.ends[0], outcome.out)) watched[0].fd = -1;
        if (watched[1].revents != 0 && !drain(err.ends[0], outcome.err)) watched[1].fd = -1;
        const auto passed = Clock::now() - start;
        if (!interrupted && passed >= options.interrupt_after) {
            ::kill(child, SIGINT);
            interrupted = true;
        }
        if (passed > options.deadline) {
            ::kill(child, SIGKILL);
            return;
        }
    }
}

}  // namespace

Outcome run_program(const std::vector<std::string>& arguments, const RunOptions& options) {
    Pipe out, err;
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("no process");
    if (child == 0) become(arguments, options, out, err);
    out.close_writer();
    err.close_writer();
    Outcome outcome;
    collect(child, options, out, err, outcome);
    int status = 0;
    ::waitpid(child, &status, 0);
    outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return outcome;
}

std::string program(const std::string& name) {
    return std::string(SINGEL_BIN_DIR) + "/" + name;
}

}  // namespace singel::testing
