#pragma once

#include <benchmark/benchmark.h>
#include <functional>
#include <string>
#include <vector>

#include "spectra/core/parallel.hpp"

// Comparisons that hold on a busy machine: what is compared runs in turns, each time with cold caches, and medians
// are put beside each other.
namespace singel::tests {

struct Contender {
    std::string name;
    std::function<void(std::size_t round)> run;
    std::vector<double> seconds;
};

// Reads and writes more memory than any cache holds.
void flush_caches();

// own_thread: processor time of the calling thread, which other programs do not lengthen; wall for several threads.
enum class Clock { own_thread, wall };

// Runs each contender once, in turns, with flushed caches.
void run_round(std::vector<Contender>& contenders, std::size_t round, Clock clock);

double median(std::vector<double> values);

// Medians of all in milliseconds, and of the first over each of the others.
void report(benchmark::State& state, const std::vector<Contender>& contenders);

// As many threads as the machine has cores; one for in_order.
void on_all_cores(std::size_t n, const std::function<void(std::size_t)>& f);

}  // namespace singel::tests
