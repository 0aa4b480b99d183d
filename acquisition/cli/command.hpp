#pragma once

#include <CLI/CLI.hpp>
#include <functional>

// One file a command. Each adds itself to the program and, when it is the one that was called, leaves what to do.
namespace singel::acquisition::cli {

struct Chosen {
    std::function<int()> run;  // returns the exit code; throws core::Failure
};

void add_devices(CLI::App& app, Chosen& chosen);
void add_check(CLI::App& app, Chosen& chosen);
void add_capture(CLI::App& app, Chosen& chosen);
void add_identify(CLI::App& app, Chosen& chosen);
void add_library(CLI::App& app, Chosen& chosen);
void add_calibrate(CLI::App& app, Chosen& chosen);
void add_export(CLI::App& app, Chosen& chosen);
void add_reanalyse(CLI::App& app, Chosen& chosen);
void add_interlock(CLI::App& app, Chosen& chosen);
void add_doctor(CLI::App& app, Chosen& chosen);

void add_learn(CLI::App& library_group, Chosen& chosen);

inline void learned_option(CLI::App& command, std::string& file) {
    command.add_option("--learned", file,
                       "Figures of singel library learn; without it the service's own, else what ships");
}

// Hands a command's options to `run` when the command was called.
template <class Options>
void on_call(CLI::App* command, std::shared_ptr<Options> options, Chosen& chosen, int (*run)(const Options&)) {
    command->callback([options, &chosen, run] { chosen.run = [options, run] { return run(*options); }; });
}

}  // namespace singel::acquisition::cli
