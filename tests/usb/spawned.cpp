#include "tests/usb/spawned.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace singel::tests {

namespace {

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> list;
    for (std::string& word : words) list.push_back(word.data());
    list.push_back(nullptr);
    return list;
}

int code_of(int status) {
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

template <class Reached>
bool poll_until(Reached reached, std::chrono::milliseconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!reached()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

}  // namespace

Spawned::Spawned(std::vector<std::string> command, std::vector<std::string> variables) {
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    for (char** entry = environ; *entry; ++entry) variables.emplace_back(*entry);
    const int error = posix_spawnp(&pid_, command.front().c_str(), &actions, nullptr, pointers(command).data(),
                                   pointers(variables).data());
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    output_ = ends[0];
    if (error != 0) throw std::runtime_error("cannot start " + command.front());
}

Spawned::~Spawned() {
    ::close(output_);
    if (exit_code_) return;
    send(SIGKILL);
    exit_code();
}

std::string Spawned::read_line() {
    std::string line;
    for (char letter = 0; read(output_, &letter, 1) == 1 && letter != '\n';) line += letter;
    return line;
}

std::string Spawned::read_rest() {
    std::string text;
    std::array<char, 4096> piece{};
    for (ssize_t got = 0; (got = read(output_, piece.data(), piece.size())) > 0;) {
        text.append(piece.data(), static_cast<std::size_t>(got));
    }
    return text;
}

std::optional<int> Spawned::exit_code() {
    const auto ended = [this] {
        int status = 0;
        if (!exit_code_ && waitpid(pid_, &status, WNOHANG) == pid_) exit_code_ = code_of(status);
        return exit_code_.has_value();
    };
    poll_until(ended, std::chrono::seconds(30));
    return exit_code_;
}

void Spawned::send(int signal) const {
    kill(pid_, signal);
}

bool ends(pid_t process, std::chrono::milliseconds patience) {
    return poll_until(
        [process] {
            waitpid(process, nullptr, WNOHANG);  // if it was left to this test
            return kill(process, 0) != 0 && errno == ESRCH;
        },
        patience);
}

}  // namespace singel::tests
