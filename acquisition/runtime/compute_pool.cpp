#include "acquisition/runtime/compute_pool.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/post.hpp>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>

namespace singel::acquisition {

namespace {

// One call of ParallelFor. Workers that come late find no index left and never touch the caller's function.
struct Batch {
    Batch(std::size_t n, const std::function<void(std::size_t)>& f) : size(n), function(&f) {}

    void work() {
        for (std::size_t i = next++; i < size; i = next++) {
            try {
                (*function)(i);
            } catch (...) {
                const std::lock_guard lock(mutex);
                if (!failure) failure = std::current_exception();
            }
            const std::lock_guard lock(mutex);
            if (++done == size) all_done.notify_all();
        }
    }
    void wait() {
        std::unique_lock lock(mutex);
        all_done.wait(lock, [&] { return done == size; });
        if (failure) std::rethrow_exception(failure);
    }

    const std::size_t size;
    const std::function<void(std::size_t)>* function;
    std::atomic<std::size_t> next = 0;
    std::size_t done = 0;
    std::exception_ptr failure;
    std::mutex mutex;
    std::condition_variable all_done;
};

}  // namespace

ComputePool::ComputePool(unsigned workers)
    : workers_(workers > 0 ? workers : std::max(1U, std::thread::hardware_concurrency())), pool_(workers_) {}

ComputePool::~ComputePool() {
    pool_.stop();
    pool_.join();
}

void ComputePool::post(std::function<void()> work) {
    boost::asio::post(pool_, std::move(work));
}

spectra::core::ParallelFor ComputePool::parallel() {
    return [this](std::size_t n, const std::function<void(std::size_t)>& f) {
        if (n == 0) return;
        const auto batch = std::make_shared<Batch>(n, f);
        const std::size_t helpers = std::min<std::size_t>(n, workers_) - 1;
        for (std::size_t i = 0; i < helpers; ++i) post([batch] { batch->work(); });
        batch->work();
        batch->wait();
    };
}

}  // namespace singel::acquisition
