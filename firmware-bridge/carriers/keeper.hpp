#pragma once

#include <csignal>
#include <cstddef>
#include <string>
#include <sys/types.h>
#include <vector>

// The keeper's half of KeptProgram, and what both halves say to each other over their socket: three lists of words
// (path, arguments, environment) one way; the errno of starting and at last the exit code the other way.
namespace singel::firmware_bridge::carriers {

sigset_t kept_signals();  // the terminating ones, SIGCHLD, and the one that tells the keeper of its owner's death

// The keeper's whole life, in a process of its own. Never returns.
[[noreturn]] void keep(int channel, pid_t owner, const sigset_t& mask_of_program);

// Kills every child of this process, and theirs as they are handed up to it, until none is left.
void end_children();

bool send_words(int channel, const std::vector<std::string>& words);
bool receive_all(int channel, void* data, std::size_t size);

}  // namespace singel::firmware_bridge::carriers
