#include <cstdio>
#include <fstream>

#include "acquisition/runtime/compute_pool.hpp"
#include "tests/accuracy/options.hpp"
#include "tests/accuracy/run.hpp"

// One table of how well mixtures are identified on another instrument's library. Nothing is reported on a substance
// that it was learned on.
int main(int argc, char** argv) {
    using namespace singel;
    using namespace singel::tests::accuracy;
    const auto options = read_options(std::span<const char* const>(argv + 1, static_cast<std::size_t>(argc - 1)));
    if (!options) {
        std::fputs(usage().c_str(), stderr);
        return 2;
    }
    acquisition::ComputePool pool(options->workers);
    const Table table =
        run(*options, pool.parallel(), [](const Table& row) { std::fputs(text_of(row).c_str(), stderr); });
    std::fputs(text_of(table).c_str(), stdout);
    if (options->json.empty()) return 0;
    std::ofstream file(options->json);
    file << json_of(table);
    return file.flush() ? 0 : 1;
}
