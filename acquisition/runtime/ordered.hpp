#pragma once

#include <atomic>
#include <deque>
#include <future>
#include <memory>
#include <optional>
#include <type_traits>

#include "acquisition/runtime/compute_pool.hpp"

namespace singel::acquisition {

// A stream that is too long for memory, on all of a pool's threads. next() gives the next item, or none at the end;
// work(item) runs on the pool; take(answer) gets the answers in the order of the items. next and take are called on
// the caller's thread. At most `window` items are between next and take. Once stop is set nothing more is begun; what
// was finished before, without a gap, is still handed over. The first exception of any of the three comes out.
// Returns true when the end was reached.
template <class Next, class Work, class Take>
bool in_order(ComputePool& pool, std::size_t window, const std::atomic<bool>& stop, Next next, Work work, Take take) {
    using Item = typename std::invoke_result_t<Next>::value_type;
    using Answer = std::optional<std::invoke_result_t<Work, const Item&>>;
    struct Waiting {
        std::atomic<bool> abandoned = false;
        std::deque<std::future<Answer>> answers;
        ~Waiting() {  // nothing may still run that refers to the caller's functions
            abandoned = true;
            for (std::future<Answer>& answer : answers) answer.wait();
        }
    } waiting;
    bool more = true;
    for (;;) {
        while (more && !stop && waiting.answers.size() < window) {
            std::optional<Item> item = next();
            more = item.has_value();
            if (!more) break;
            const auto task = std::make_shared<std::packaged_task<Answer()>>(
                [item = std::move(*item), &work, &stop, &abandoned = waiting.abandoned]() -> Answer {
                    if (stop || abandoned) return std::nullopt;
                    return work(item);
                });
            waiting.answers.push_back(task->get_future());
            pool.post([task] { (*task)(); });
        }
        if (waiting.answers.empty()) return !more;
        std::future<Answer> first = std::move(waiting.answers.front());
        waiting.answers.pop_front();
        Answer answer = first.get();
        if (!answer) return false;
        take(std::move(*answer));
    }
}

}  // namespace singel::acquisition
