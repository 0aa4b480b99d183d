#include "tests/bench-identify/side_by_side.hpp"

#include <algorithm>
#include <atomic>
#include <ctime>
#include <thread>

namespace singel::tests {

void flush_caches() {
    static std::vector<std::size_t> large(std::size_t{96} << 17);  // 96 MB
    for (std::size_t i = 0; i < large.size(); i += 8) ++large[i];
    benchmark::DoNotOptimize(large.data());
}

namespace {

double seconds_of(Clock clock) {
    timespec now{};
    ::clock_gettime(clock == Clock::wall ? CLOCK_MONOTONIC : CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace

void run_round(std::vector<Contender>& contenders, std::size_t round, Clock clock) {
    for (Contender& one : contenders) {
        flush_caches();
        const double begin = seconds_of(clock);
        one.run(round);
        one.seconds.push_back(seconds_of(clock) - begin);
    }
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

void report(benchmark::State& state, const std::vector<Contender>& contenders) {
    const double first = median(contenders.front().seconds);
    for (const Contender& one : contenders) {
        state.counters[one.name + "_ms"] = 1000.0 * median(one.seconds);
        if (&one != &contenders.front()) state.counters["ratio_to_" + one.name] = first / median(one.seconds);
    }
}

void on_all_cores(std::size_t n, const std::function<void(std::size_t)>& f) {
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < n; i = next++) f(i);
    };
    std::vector<std::jthread> threads;
    for (unsigned k = 1; k < std::thread::hardware_concurrency(); ++k) threads.emplace_back(work);
    work();
}

}  // namespace singel::tests
