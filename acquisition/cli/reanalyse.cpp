#include "acquisition/pipeline/reanalyse.hpp"

#include <csignal>
#include <cstdio>
#include <fmt/format.h>

#include "acquisition/cli/command.hpp"
#include "acquisition/cli/exit_code.hpp"
#include "acquisition/cli/output.hpp"
#include "acquisition/cli/reanalyse_text.hpp"
#include "acquisition/pipeline/library_cache.hpp"
#include "acquisition/record_json.hpp"

namespace singel::acquisition::cli {

namespace {

namespace core = spectra::core;

struct Options {
    std::string library, learned, store, since;
    bool simulated = false, keep = false;
    unsigned threads = 0;
    OutputOptions output;
};

// Ctrl-C, the end of the terminal, or a plain kill: nothing more is begun and what is known is said.
class StopOnSignal {
public:
    StopOnSignal() {
        for (const int number : numbers) std::signal(number, [](int) { stop = true; });
    }
    ~StopOnSignal() {
        for (const int number : numbers) std::signal(number, SIG_DFL);
    }
    StopOnSignal(const StopOnSignal&) = delete;
    StopOnSignal& operator=(const StopOnSignal&) = delete;

    static inline std::atomic<bool> stop = false;

private:
    static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may only touch such an atomic");
    static constexpr std::array numbers{SIGINT, SIGTERM, SIGHUP};
};

// Prints each answer at once, so that memory does not grow and a stopped run has shown what it knew.
class Printer {
public:
    explicit Printer(Style style) : style_(style) {}
    void show(const pipeline::Again& again) {
        if (again.error) {
            core::Error error = *again.error;
            if (error.where.empty()) error.where = "sample " + again.key.id;
            worst_ = std::max(worst_, complain(error));
        }
        if (!again.error && !again.change.any()) return;
        if (style_ == Style::text) {
            if (!again.error) print(text_of(again));
            return;
        }
        if (style_ == Style::json) {
            print((first_ ? opening : ",\n") + json_of(again));
        } else {
            print(json_of(again) + "\n");
        }
        first_ = false;
        std::fflush(stdout);
    }
    void finish(const pipeline::Tally& tally, const spectra::identify::Library& library) {
        const std::string summary = style_ == Style::text ? text_of(tally) : json_of(tally, library);
        switch (style_) {
            case Style::text: print(summary); break;
            case Style::json: print(fmt::format("{}\n], \"summary\": {}}}\n", first_ ? opening : "", summary)); break;
            case Style::json_lines: print(fmt::format("{{\"summary\": {}}}\n", summary)); break;
        }
    }
    int worst() const { return worst_; }

private:
    // Not before there is something to say: an error leaves standard output empty.
    static constexpr const char* opening = "{\"results\": [\n";
    Style style_;
    bool first_ = true;
    int worst_ = exit_done;
};

pipeline::ReanalyseOptions wanted(const Options& options) {
    pipeline::ReanalyseOptions wanted;
    wanted.store_folder = records::store_folder(options.store);
    if (!options.since.empty()) wanted.since = core::value_or_throw(day_from_text(options.since));
    wanted.simulated = options.simulated;
    wanted.keep = options.keep;
    return wanted;
}

int run(const Options& options) {
    const pipeline::ReanalyseOptions asked = wanted(options);
    ComputePool pool(options.threads);
    pipeline::LibraryCache libraries;
    const auto library = libraries.get(options.library, pool.parallel(), core::Technique::unknown, options.learned);
    const StopOnSignal signals;
    Printer printer(options.output.style());
    const pipeline::Tally tally = pipeline::reanalyse(*library, pool, asked, StopOnSignal::stop,
                                                      [&](const pipeline::Again& again) { printer.show(again); });
    printer.finish(tally, *library);
    if (tally.interrupted)
        return complain({core::Fault::cancelled,
                         fmt::format("stopped after {} of {} scans; the answer is a part", tally.asked, tally.stored),
                         {},
                         "Run it again for the whole."});
    if (tally.asked == 0 && tally.failed == 0 && tally.other_technique > 0)
        return complain(
            {core::Fault::wrong_technique,
             fmt::format("all {} stored scans are of another technique than the library", tally.other_technique),
             options.library, "Choose a library of the scans' technique with --library."});
    if (tally.stored == 0) return exit_no;
    return printer.worst();
}

}  // namespace

void add_reanalyse(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand(
        "reanalyse", "Ask every stored scan again with another library or algorithm, and list what changes");
    const auto options = std::make_shared<Options>();
    command->add_option("--library", options->library, "Reference library; without it the starter library");
    learned_option(*command, options->learned);
    command->add_option("--store", options->store, "Folder of the records");
    command->add_option("--since", options->since, "Samples of this day and later: 2026-11-01");
    command->add_flag("--simulated", options->simulated, "Simulated samples too, marked as such");
    command->add_flag("--keep", options->keep,
                      "Add each answer to the records, beside the original result, which stays");
    command->add_option("--threads", options->threads, "Instead of one for each core")->check(CLI::Range(1, 256));
    command->add_flag("--json", options->output.json, "One JSON object on standard output");
    command->add_flag("--json-lines", options->output.json_lines,
                      "One JSON object a line, as soon as it is known; the last one is the summary");
    on_call(command, options, chosen, run);
}

}  // namespace singel::acquisition::cli
