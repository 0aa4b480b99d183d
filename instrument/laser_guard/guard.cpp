#include "instrument/laser_guard/guard.hpp"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/this_coro.hpp>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <optional>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "instrument/laser_guard/protocol.hpp"
#include "instrument/signal.hpp"
#include "spectra/core/result.hpp"

extern char** environ;

namespace singel::instrument {

namespace asio = boost::asio;
using laser_guard::Word;
using spectra::core::Failure;
using spectra::core::Fault;
using namespace std::chrono_literals;

namespace {

constexpr auto start_deadline = 4000ms;
constexpr auto dismiss_deadline = 1000ms;
constexpr const char* program = "singel-laser-guard";

Failure cannot_start(const std::string& why) {
    return Failure(Fault::unsupported, "the laser guard cannot be started: " + why, "laser",
                   "The laser stays off. Install the program singel-laser-guard next to this one.");
}

std::filesystem::path find_program() {
    std::error_code error;
    const auto folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    for (const auto& candidate : {folder / program, folder.parent_path() / "bin" / program})
        if (access(candidate.c_str(), X_OK) == 0) return candidate;
    throw cannot_start(std::string(program) + " is not in " + folder.string());
}

// A socket pair and not pipes: writing to a guard that has gone must be an error, not a signal that ends the owner.
struct Line {
    int ours = -1, theirs = -1;
    // Close-on-exec: another child that inherits our end would keep the guard quiet after our death.
    Line() {
        std::array<int, 2> ends{};
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
            throw cannot_start(std::strerror(errno));
        ours = ends[0];
        theirs = ends[1];
    }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;
    ~Line() {
        if (ours >= 0) ::close(ours);
        if (theirs >= 0) ::close(theirs);
    }
};

pid_t spawn(const std::filesystem::path& path, const std::string& address, int line) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, line, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, line, STDOUT_FILENO);
    // Nothing else of the owner's may outlive it: an instrument that its guard kept open would look in use after its
    // owner's death.
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    std::string name = program, argument = address, owner = std::to_string(getpid());
    std::array<char*, 4> arguments{name.data(), argument.data(), owner.data(), nullptr};
    pid_t child = -1;
    const int code = posix_spawn(&child, path.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (code != 0) throw cannot_start(std::strerror(code));
    return child;
}

}  // namespace

struct LaserGuard::Process {
    Process(asio::any_io_executor executor, pid_t child, int ours) : pid(child), line(executor, ours) {}
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process() {
        boost::system::error_code ignored;
        line.close(ignored);  // from here on the guard acts by itself
        // A dismissed guard has gone; one that was not is busy switching off and is not waited for.
        waitpid(pid, nullptr, dismissed ? 0 : WNOHANG);
    }

    // False when the guard has gone. A full line means one that does not read: it will miss our beats and act.
    bool say(Word word) {
        const char letter = static_cast<char>(word);
        return ::send(line.native_handle(), &letter, 1, MSG_NOSIGNAL | MSG_DONTWAIT) == 1 || errno == EAGAIN;
    }

    pid_t pid;
    asio::posix::stream_descriptor line;
    char answer = 0;
    bool dismissed = false;
};

namespace {

// One letter from the guard, or none when it ended. The buffer belongs to the process, which outlives the read.
template <class Process>
asio::awaitable<bool> hear(Process& process, std::chrono::milliseconds deadline) {
    auto came = std::make_shared<Signal>(co_await asio::this_coro::executor);
    auto letters = std::make_shared<std::size_t>(0);
    process.line.async_read_some(asio::buffer(&process.answer, 1),
                                 [came, letters](boost::system::error_code, std::size_t count) {
                                     *letters = count;
                                     came->set();
                                 });
    const Woken woken = co_await came->wait(Signal::Clock::now() + deadline);
    if (woken != Woken::set) process.line.cancel();
    if (woken == Woken::cancelled) throw Failure(Fault::cancelled, "cancelled", "laser guard");
    co_return woken == Woken::set&&* letters == 1;
}

}  // namespace

LaserGuard::LaserGuard(std::unique_ptr<Process> process) : process_(std::move(process)) {}
LaserGuard::~LaserGuard() = default;

asio::awaitable<std::unique_ptr<LaserGuard>> LaserGuard::start(std::string instrument_address) {
    const auto executor = co_await asio::this_coro::executor;
    const auto path = find_program();
    Line line;
    const pid_t child = spawn(path, instrument_address, line.theirs);
    auto process = std::make_unique<Process>(executor, child, std::exchange(line.ours, -1));
    ::close(std::exchange(line.theirs, -1));  // so that its end can be seen
    const bool heard = co_await hear(*process, start_deadline);
    if (!heard || process->answer != static_cast<char>(Word::ready))
        throw cannot_start("it could not open the instrument");
    co_return std::unique_ptr<LaserGuard>(new LaserGuard(std::move(process)));
}

void LaserGuard::beat() {
    if (process_->say(Word::beat)) return;
    throw Failure(Fault::input_output, "the laser guard has ended: no light without it", "laser", "Measure again.");
}

void LaserGuard::switching_off() {
    process_->say(Word::switching);  // a guard that has gone is no reason not to switch off
}

asio::awaitable<void> LaserGuard::dismiss() {
    process_->say(Word::dismissed);
    const bool heard = co_await hear(*process_, dismiss_deadline);
    process_->dismissed = heard && process_->answer == static_cast<char>(Word::dismissed);
}

}  // namespace singel::instrument
