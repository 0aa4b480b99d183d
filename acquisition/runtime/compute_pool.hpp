#pragma once

#include <boost/asio/thread_pool.hpp>
#include <functional>

#include "spectra/core/parallel.hpp"

namespace singel::acquisition {

// Threads for computing, never for waiting on a device. Its ParallelFor may be called from any thread, its own
// workers included: the caller takes part, so it never waits for a worker that is busy elsewhere.
class ComputePool {
public:
    explicit ComputePool(unsigned workers = 0);  // 0: as many as the machine has cores
    ~ComputePool();                              // waits for running work; queued work is dropped

    void post(std::function<void()> work);  // work must not throw
    spectra::core::ParallelFor parallel();  // valid while the pool lives; the first exception of f comes out
    unsigned workers() const { return workers_; }

private:
    unsigned workers_;
    boost::asio::thread_pool pool_;
};

}  // namespace singel::acquisition
