#include <array>
#include <chrono>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

#include "instrument/usb/enumerate.hpp"
#include "tests/conformance/bench.hpp"

extern char** environ;

// Real processes on the emulated bus: the owner of a laser dies or freezes, and the guard switches it off.
namespace singel::conformance {
namespace {

using namespace std::chrono_literals;

// The device's own watchdog was set to a minute: what switches off within this is the guard.
constexpr auto guard_acts_within = 3000ms;

class Owner {
public:
    Owner() {
        std::array<int, 2> pipe{};
        if (pipe2(pipe.data(), O_CLOEXEC) != 0) return;
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
        std::string path = std::string(SINGEL_BIN_DIR) + "/../tests/laser-owner";
        std::array<char*, 2> arguments{path.data(), nullptr};
        posix_spawn(&pid_, path.c_str(), &actions, nullptr, arguments.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        ::close(pipe[1]);
        std::array<char, 3> text{};
        lit_ = ::read(pipe[0], text.data(), text.size()) == 3;
        ::close(pipe[0]);
    }
    Owner(const Owner&) = delete;
    Owner& operator=(const Owner&) = delete;
    ~Owner() {
        end(SIGKILL);
        waitpid(pid_, nullptr, 0);
    }
    void end(int signal) { ::kill(pid_, signal); }
    bool lit() const { return lit_; }

private:
    pid_t pid_ = -1;
    bool lit_ = false;
};

std::chrono::milliseconds time_until_off(Bench& bench) {
    const auto started = std::chrono::steady_clock::now();
    bench.run([](Bench& b) -> asio::awaitable<void> {
        const auto last = b.now() + 2 * guard_acts_within;
        bool off = false;
        while (!off && b.now() < last) {
            off = co_await b.laser_reported_off();
            if (!off) co_await b.wait(20ms);
        }
        EXPECT_TRUE(off);
    });
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started);
}

void expect_lit(Bench& bench) {
    bench.run([](Bench& b) -> asio::awaitable<void> {
        const bool off = co_await b.laser_reported_off();
        EXPECT_FALSE(off);
    });
}

class LaserGuardProcess : public testing::TestWithParam<int> {
protected:
    void SetUp() override {
        if (!instrument::usb::on_emulated_bus()) GTEST_SKIP() << "runs under singel-bridge only";
    }
};
std::string name_of_end(const testing::TestParamInfo<int>& end) {
    return end.param == SIGKILL ? "Killed" : "Frozen";
}
INSTANTIATE_TEST_SUITE_P(Owner, LaserGuardProcess, testing::Values(SIGKILL, SIGSTOP), name_of_end);

TEST_P(LaserGuardProcess, SwitchesOffWhenItsOwnerFallsSilent) {
    Owner owner;
    ASSERT_TRUE(owner.lit());
    Bench bench({"attached", true});
    expect_lit(bench);
    owner.end(GetParam());
    const auto took = time_until_off(bench);
    RecordProperty("milliseconds", static_cast<int>(took.count()));
    EXPECT_LE(took, guard_acts_within);
}

}  // namespace
}  // namespace singel::conformance
