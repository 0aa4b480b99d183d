#include <csignal>
#include <cstdio>
#include <string>

#include "acquisition/cli/command.hpp"
#include "acquisition/cli/exit_code.hpp"
#include "acquisition/record_json.hpp"

namespace {

using namespace singel::acquisition;
namespace core = singel::spectra::core;

int run(const cli::Chosen& chosen) {
    try {
        return chosen.run();
    } catch (const core::Failure& failure) {
        return cli::complain(failure.error());
    } catch (const std::exception& exception) {
        std::fprintf(stderr, "singel: a bug of ours: %s. Please report it.\n", exception.what());
        return cli::exit_bug;
    }
}

// A full disk or a closed pipe behind standard output must not look like success.
int flushed(int code) {
    const bool lost = std::fflush(stdout) != 0 || std::ferror(stdout) != 0;
    if (!lost || code != cli::exit_done) return code;
    return cli::complain({core::Fault::input_output, "the output could not be written", "standard output", {}});
}

bool has_command(CLI::App& app, const std::string& name) {
    return !app.get_subcommands([&name](const CLI::App* command) { return command->check_name(name); }).empty();
}

}  // namespace

int main(int argc, char** argv) {
    // A write beyond a limit or into a closed pipe shall come back as an error, not end the program half-way.
    std::signal(SIGXFSZ, SIG_IGN);
    std::signal(SIGPIPE, SIG_IGN);
    CLI::App app{"Open instrument control for drug checking. A result is never a statement of safety.", "singel"};
    app.set_version_flag("--version", software_version());
    app.require_subcommand(1);
    app.footer(
        "Exit codes: 0 done, 1 the answer is no, 2 wrong usage or input, 3 the device failed or the check was "
        "interrupted, 4 a bug of ours.");
    cli::Chosen chosen;
    cli::add_devices(app, chosen);
    cli::add_check(app, chosen);
    cli::add_capture(app, chosen);
    cli::add_identify(app, chosen);
    cli::add_library(app, chosen);
    cli::add_calibrate(app, chosen);
    cli::add_export(app, chosen);
    cli::add_reanalyse(app, chosen);
    cli::add_interlock(app, chosen);
    cli::add_doctor(app, chosen);
    if (argc > 1 && argv[1][0] != '-' && !has_command(app, argv[1])) {
        std::fprintf(stderr, "singel: there is no command \"%s\". See `singel --help`.\n", argv[1]);
        return cli::exit_input;
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);
        std::fprintf(stderr, "singel: %s. See `singel --help`, or `singel COMMAND --help`.\n", error.what());
        return cli::exit_input;
    }
    return flushed(run(chosen));
}
