#include "acquisition/cli/card.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

#include "acquisition/record_json.hpp"
#include "spectra/core/result.hpp"

namespace singel::acquisition::cli {

namespace core = spectra::core;

namespace {

constexpr int card_deadline_ms = 60'000;

[[noreturn]] void refuse(core::Fault fault, const std::string& what) {
    throw core::Failure(fault, what, "singel-card", "The result itself is recorded; print the card again.");
}

void write_all(int descriptor, const std::string& text) {
    std::size_t written = 0;
    while (written < text.size()) {
        const ssize_t count = ::write(descriptor, text.data() + written, text.size() - written);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return;  // it went away early; its exit code says why
        written += static_cast<std::size_t>(count);
    }
}

// Starts the program with a pipe as its standard input; returns the writing end.
int start(const std::filesystem::path& program, const std::string& language, const std::string& file, pid_t& child) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        refuse(core::Fault::input_output, "the card cannot be printed: no pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
    std::string name = program.string(), flag_1 = "--language", value_1 = language, flag_2 = "--output",
                value_2 = file;
    std::array<char*, 6> arguments{name.data(),   flag_1.data(),  value_1.data(),
                                   flag_2.data(), value_2.data(), nullptr};
    const int code = ::posix_spawn(&child, name.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[0]);
    if (code == 0) return ends[1];
    ::close(ends[1]);
    refuse(core::Fault::not_found, "the card cannot be printed: " + std::generic_category().message(code));
}

int wait_for(pid_t child) {
    const int watch = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
    pollfd ready{watch, POLLIN, 0};
    const bool ended = watch < 0 || ::poll(&ready, 1, card_deadline_ms) > 0;
    if (watch >= 0) ::close(watch);
    if (!ended) ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!ended) refuse(core::Fault::timed_out, "the card was not printed within a minute");
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

std::filesystem::path program_folder() {
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? std::filesystem::path(".") : program.parent_path();
}

void print_card(const records::Record& record, const std::string& language, const std::string& file) {
    pid_t child = 0;
    const int input = start(program_folder() / "singel-card", language, file, child);
    write_all(input, record_json(record, -1));
    ::close(input);
    const int code = wait_for(child);
    if (code == 2) refuse(core::Fault::invalid_argument, "the card was refused");
    if (code != 0) refuse(core::Fault::input_output, "the card could not be printed");
}

}  // namespace singel::acquisition::cli
