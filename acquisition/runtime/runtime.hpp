#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <memory>

#include "acquisition/runtime/compute_pool.hpp"

namespace singel::acquisition {

// The one io_context of a program, and the threads behind it. Instruments, sessions and their observers live on its
// loop; everything that computes goes to the pool.
class Runtime {
public:
    // own_thread: the loop turns by itself (the window). caller: it turns only inside run and turn_until, in
    // whichever thread calls them (the command line, tests).
    enum class Loop { own_thread, caller };

    explicit Runtime(Loop loop, unsigned workers = 0);  // 0: as many as the machine has cores
    ~Runtime();                                         // stops the loop and joins; what still waits is destroyed

    boost::asio::io_context& context() { return context_; }
    ComputePool& pool() { return pool_; }

    // Runs one coroutine to its end and rethrows what it throws. Never from the loop itself.
    void run(boost::asio::awaitable<void> work);

    // Loop::caller only: turns the loop until the condition holds; false when the deadline comes first.
    bool turn_until(const std::function<bool()>& condition, std::chrono::milliseconds deadline);

    // Runs work on the pool and resumes on the loop. A cancelled caller is free at once: the work runs on and what
    // it computes is dropped, so it must own everything it touches. Throws what work throws, or Fault::cancelled.
    // Pass a named std::function: g++ 12 destroys a temporary lambda of a co_await expression twice.
    boost::asio::awaitable<void> compute(std::function<void()> work);

private:
    struct Thread;
    boost::asio::io_context context_;
    ComputePool pool_;
    std::unique_ptr<Thread> thread_;
};

}  // namespace singel::acquisition
