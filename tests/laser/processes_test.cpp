#include <array>
#include <chrono>
#include <fcntl.h>
#include <fstream>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

#include "instrument/usb/enumerate.hpp"
#include "tests/conformance/bench.hpp"

extern char** environ;

// Real processes on the emulated bus: the owner of a laser, its guard, and what the death of either means.
namespace singel::laser_campaign {
namespace {

namespace asio = boost::asio;
using conformance::Bench;

using namespace std::chrono_literals;

// The device's own watchdog was set to a minute: what switches off within this is the guard.
constexpr auto guard_acts_within = 3000ms;

class Owner {
public:
    explicit Owner(std::string lease_s = "59") {
        std::array<int, 2> pipe{};
        if (pipe2(pipe.data(), O_CLOEXEC) != 0) return;
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
        std::string path = std::string(SINGEL_BIN_DIR) + "/../tests/laser-owner";
        std::array<char*, 3> arguments{path.data(), lease_s.data(), nullptr};
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
    // Its only child.
    pid_t guard() const {
        std::ifstream children("/proc/" + std::to_string(pid_) + "/task/" + std::to_string(pid_) + "/children");
        pid_t child = -1;
        children >> child;
        return child;
    }
    // True when it ended within the time. It is not waited for here: waitid leaves it for the destructor.
    bool ends_within(std::chrono::milliseconds time) const {
        const auto last = std::chrono::steady_clock::now() + time;
        while (std::chrono::steady_clock::now() < last) {
            siginfo_t info{};
            if (waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
                info.si_pid == pid_)
                return true;
            poll(nullptr, 0, 10);
        }
        return false;
    }

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

bool gone_within(pid_t process, std::chrono::milliseconds time) {
    const auto last = std::chrono::steady_clock::now() + time;
    while (::kill(process, 0) == 0 && std::chrono::steady_clock::now() < last) poll(nullptr, 0, 10);
    return ::kill(process, 0) != 0;
}

// Speaks over bulk: while its owner lives nobody else can ask it. What its light did is judged by the bridge
// (--expect-laser-off), and by when the guard, which leaves only a verified laser, has gone.
bool over_bulk() {
    const char* model = std::getenv("SINGEL_TEST_BULK_LASER");
    return model != nullptr && *model == '1';
}

class LaserProcesses : public testing::Test {
protected:
    void SetUp() override {
        if (!instrument::usb::on_emulated_bus()) GTEST_SKIP() << "runs under singel-bridge only";
    }
};

class LaserOwnersEnd : public LaserProcesses, public testing::WithParamInterface<int> {};
std::string name_of_end(const testing::TestParamInfo<int>& end) {
    switch (end.param) {
        case SIGKILL: return "Killed";
        case SIGSTOP: return "Frozen";
        case SIGTERM: return "Terminated";
        case SIGHUP: return "HungUp";
        default: return "Interrupted";
    }
}
INSTANTIATE_TEST_SUITE_P(Owner, LaserOwnersEnd, testing::Values(SIGKILL, SIGSTOP, SIGTERM, SIGHUP, SIGINT),
                         name_of_end);

TEST_P(LaserOwnersEnd, IsTheEndOfItsLight) {
    Owner owner;
    ASSERT_TRUE(owner.lit());
    const pid_t guard = owner.guard();
    ASSERT_GT(guard, 1) << "the guard is there before the light";
    if (over_bulk()) {
        owner.end(GetParam());
        EXPECT_TRUE(gone_within(guard, guard_acts_within));
        return;
    }
    Bench bench({"attached", true});
    expect_lit(bench);
    owner.end(GetParam());
    const auto took = time_until_off(bench);
    RecordProperty("milliseconds", static_cast<int>(took.count()));
    EXPECT_LE(took, guard_acts_within);
}

TEST_F(LaserProcesses, TheOwnerOfADeadGuardStopsItsLight) {
    Owner owner;
    ASSERT_TRUE(owner.lit());
    ::kill(owner.guard(), SIGKILL);
    EXPECT_TRUE(owner.ends_within(guard_acts_within));
    if (over_bulk()) return;
    Bench bench({"attached", true});
    EXPECT_LE(time_until_off(bench), 500ms);
}

// The stated residue: nobody is left but the instrument's own watchdog, which was set to the lease and a second.
TEST_F(LaserProcesses, OwnerAndGuardKilledTogetherLeaveTheLightToTheWatchdog) {
    Owner owner("3");
    ASSERT_TRUE(owner.lit());
    const pid_t guard = owner.guard();
    ::kill(guard, SIGSTOP);  // so that it cannot act between the two
    owner.end(SIGKILL);
    ::kill(guard, SIGKILL);
    EXPECT_TRUE(owner.ends_within(1000ms));
    Bench bench({"attached", true});
    expect_lit(bench);
    EXPECT_LE(time_until_off(bench), 6000ms);
}

}  // namespace
}  // namespace singel::laser_campaign
