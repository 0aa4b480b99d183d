#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>

namespace singel::instrument {

// The owner's end of singel-laser-guard: a process of its own that holds the instrument open and switches its laser
// off when the line to its owner closes or no beat comes for a second. The program is looked for next to the own
// executable, then in ../bin beside it. POSIX only.
class LaserGuard {
public:
    // Returns when the guard has the instrument open. Throws when it cannot be started: then the laser stays off.
    static boost::asio::awaitable<std::unique_ptr<LaserGuard>> start(std::string instrument_address);
    ~LaserGuard();  // without dismiss(): the guard switches the laser off

    void beat();                             // I am alive; at least twice a second. Throws when the guard has gone.
    void switching_off();                    // from here on no beats: the ladder of switching off has begun
    boost::asio::awaitable<void> dismiss();  // the laser was verified off: the guard may go

private:
    struct Process;
    explicit LaserGuard(std::unique_ptr<Process> process);
    std::unique_ptr<Process> process_;
};

}  // namespace singel::instrument
