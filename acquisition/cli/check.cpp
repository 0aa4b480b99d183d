#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <cstdio>
#include <unistd.h>

#include "acquisition/cli/card.hpp"
#include "acquisition/cli/command.hpp"
#include "acquisition/cli/exit_code.hpp"
#include "acquisition/cli/instrument_options.hpp"
#include "acquisition/cli/output.hpp"
#include "acquisition/cli/strip_option.hpp"
#include "acquisition/record_json.hpp"
#include "acquisition/runtime/runtime.hpp"
#include "acquisition/session.hpp"
#include "spectra/core/result.hpp"

namespace singel::acquisition::cli {

namespace {

namespace core = spectra::core;

struct Options {
    Plan plan;
    std::vector<std::string> strips;
    double integration_ms = 0.0;
    std::string card;
    std::string language = "en";
    OutputOptions output;
};

// Longer than any check that the limits of frames and exposure allow; a wait without end would hide a bug.
constexpr std::chrono::hours check_deadline{24};

bool over(const Snapshot& snapshot) {
    if (snapshot.settling) return false;
    return snapshot.stage == Stage::done || snapshot.stage == Stage::failed || snapshot.stage == Stage::cancelled;
}

void show_progress(const Snapshot& snapshot) {
    const std::string stage(name(snapshot.stage));
    std::fprintf(stderr, "\r%3.0f %%  %-12s %2u/%u  %s\x1b[K", 100.0 * snapshot.progress, stage.c_str(),
                 snapshot.frames_done, snapshot.frames_total,
                 snapshot.light == Light::on          ? "LASER ON"
                 : snapshot.light == Light::may_be_on ? "LASER MAY BE ON"
                                                      : "laser off");
    if (over(snapshot)) std::fprintf(stderr, "\n");
    std::fflush(stderr);
}

// One line each time that the instrument is unplugged and each time that it is back.
void say_presence(const Snapshot& before, const Snapshot& now) {
    const std::string named = now.instrument.model + " " + now.instrument.serial;
    if (now.away && !before.away)
        std::fprintf(stderr, "\nsingel: The %s was unplugged: plug it in again.\n", named.c_str());
    if (now.returns > before.returns)
        std::fprintf(stderr, "\nsingel: The %s is back; its settings were sent again.\n", named.c_str());
}

Plan plan_of(const Options& options) {
    Plan plan = options.plan;
    for (const std::string& text : options.strips) {
        const StripOption strip = core::value_or_throw(strip_option(text));
        if (strip.skipped) {
            plan.skipped_strips.push_back(strip.reading.kind);
        } else {
            plan.strips.push_back(strip.reading);
        }
    }
    if (options.integration_ms > 0.0)
        plan.integration_time = std::chrono::milliseconds(static_cast<std::int64_t>(options.integration_ms));
    return plan;
}

// Ctrl-C cancels: the laser goes off first, and the program ends when that is shown.
SnapshotPtr run_check(const Plan& plan) {
    Runtime runtime(Runtime::Loop::caller);
    const bool terminal = ::isatty(STDERR_FILENO) == 1;
    auto before = std::make_shared<const Snapshot>();
    Session session(runtime, [terminal, before](const SnapshotPtr& snapshot) mutable {
        say_presence(*before, *snapshot);
        before = snapshot;
        if (terminal) show_progress(*snapshot);
    });
    boost::asio::signal_set signals(runtime.context(), SIGINT, SIGTERM, SIGHUP);
    signals.async_wait([&session](const boost::system::error_code& error, int) {
        if (!error) session.cancel();
    });
    session.check(plan);
    runtime.turn_until([&session] { return over(*session.latest()); }, check_deadline);
    SnapshotPtr last = session.latest();
    signals.cancel();
    return last;
}

void print_record(const records::Record& record, Style style) {
    if (style == Style::text) {
        print(text_of(record));
    } else {
        print_json({record_json(record, style == Style::json ? 2 : -1)}, false, style);
    }
}

int run(const Options& options) {
    const SnapshotPtr last = run_check(plan_of(options));
    const bool said_by_error = last->error && last->error->fault == core::Fault::laser_unverified;
    if (last->light == Light::may_be_on && !said_by_error)
        std::fprintf(stderr, "singel: THE LASER MAY BE ON: switch the instrument off by hand.\n");
    // A result that could not be recorded is still the person's.
    if (last->record) print_record(*last->record, options.output.style());
    if (last->stage == Stage::cancelled)
        return complain({core::Fault::cancelled, "the check was interrupted; nothing was recorded", {}, {}});
    if (last->error) return complain(*last->error);
    if (!last->record) throw std::logic_error("the check ended without a result");
    if (!options.card.empty()) print_card(*last->record, options.language, options.card);
    return exit_done;
}

}  // namespace

void add_check(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("check", "The whole test of one sample: dark, scan, identify, record, card");
    const auto options = std::make_shared<Options>();
    Plan& plan = options->plan;
    add_instrument_options(*command, plan.instrument);
    command->add_option("--library", plan.library_path, "Reference library; without it the starter library");
    learned_option(*command, plan.learned_path);
    command->add_option("--strip", options->strips,
                        "KIND=LINES: fentanyl, nitazene or benzodiazepine = 1 (control line only), 2, faint (a faint "
                        "second line), 0 (no control line) or skipped");
    command->add_option("--sold-as", plan.sold_as, "What it was sold as");
    command->add_option("--limits-for", plan.limits_for, "Speak about these substances too")->delimiter(',');
    command->add_option("--store", plan.store_path, "Folder of the records");
    command->add_option("--frames", plan.frames, "Frames with light")->check(CLI::Range(1, 1000));
    command->add_option("--dark-frames", plan.dark_frames, "Frames without light")->check(CLI::Range(1, 1000));
    command->add_option("--integration-ms", options->integration_ms, "Instead of finding it")
        ->check(CLI::PositiveNumber);
    command->add_option("--laser-power", plan.laser_power, "Fraction of full power")->check(CLI::Range(0.01, 1.0));
    add_sample_option(*command, plan.look);
    auto* card = command->add_option("--card", options->card, "Print the result card into this PDF");
    command->add_option("--language", options->language, "Of the card: en, nl …")->needs(card);
    command->add_flag("--json", options->output.json, "One JSON object on standard output");
    command->add_flag("--json-lines", options->output.json_lines, "The same in one line");
    on_call(command, options, chosen, run);
}

}  // namespace singel::acquisition::cli
