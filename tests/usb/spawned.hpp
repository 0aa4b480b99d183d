#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace singel::tests {

// A program that a test starts, with what it prints. Whatever it leaves behind becomes a child of the test.
class Spawned {
public:
    // variables: "NAME=value", added to the environment.
    explicit Spawned(std::vector<std::string> command, std::vector<std::string> variables = {});
    ~Spawned();  // kills it where it still runs
    Spawned(const Spawned&) = delete;
    Spawned& operator=(const Spawned&) = delete;

    pid_t pid() const { return pid_; }
    std::string read_line();         // of standard output and standard error together; empty at the end
    std::string read_rest();         // until nobody holds the other end
    std::optional<int> exit_code();  // 128 + n for signal n; nothing when it did not end in time
    void send(int signal) const;

private:
    pid_t pid_ = -1;
    int output_ = -1;
    std::optional<int> exit_code_;
};

// Whether the process is gone, at the latest after patience.
bool ends(pid_t process, std::chrono::milliseconds patience = std::chrono::seconds(10));

}  // namespace singel::tests
