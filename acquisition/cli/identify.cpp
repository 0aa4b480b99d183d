#include <fmt/format.h>

#include "acquisition/cli/command.hpp"
#include "acquisition/cli/exit_code.hpp"
#include "acquisition/cli/output.hpp"
#include "acquisition/pipeline/judge.hpp"
#include "acquisition/pipeline/library_cache.hpp"
#include "acquisition/record_json.hpp"
#include "acquisition/runtime/compute_pool.hpp"
#include "acquisition/watch_list.hpp"
#include "spectra/core/result.hpp"
#include "spectra/identify/technique.hpp"
#include "spectra/io/read_spectra.hpp"

namespace singel::acquisition::cli {

namespace {

namespace core = spectra::core;
using spectra::identify::Identification;

struct Options {
    std::vector<std::string> files;
    std::string library, learned;
    std::vector<std::string> limits_for;
    std::string column;
    std::string explain;  // a component, or all of them
    OutputOptions output;
};

constexpr const char* everything = "all";

core::Spectrum chosen_column(const spectra::io::Measurement& measurement, const std::string& column,
                             const std::string& source) {
    if (column.empty()) return measurement.scan();
    if (column == "processed") {
        if (!measurement.processed.empty()) return measurement.processed;
        throw core::Failure(core::Fault::not_found, "there is no processed column", source, "Use --column raw.");
    }
    if (measurement.raw.empty())
        throw core::Failure(core::Fault::not_found, "there is no raw column", source, "Use --column processed.");
    return measurement.scan();
}

// A plain table does not say how it was measured; its axis does.
void assume_technique(core::Spectrum& spectrum) {
    if (spectrum.technique != core::Technique::unknown) return;
    spectrum.technique = spectra::identify::technique_by_axis(spectrum.axis);
}

// Accounts of the asked component only. Not among the components: the result's own words on it are the answer.
void keep_account_of(Identification& answer, const std::string& name) {
    if (name == everything) return;
    for (auto& component : answer.components)
        if (!same_substance(component.name, name)) component.account.reset();
}

class Answers {
public:
    Answers(const Options& options, const spectra::identify::Library& library, const core::ParallelFor& parallel)
        : options_(options), library_(library), parallel_(parallel) {}

    // One bad file does not keep the others from being answered.
    void ask(const std::string& file) {
        const auto measurements = spectra::io::read_spectra(file);
        if (!measurements) {
            worst_ = std::max(worst_, complain(measurements.error()));
            return;
        }
        spectra_ += measurements->size();
        for (std::size_t i = 0; i < measurements->size(); ++i) {
            try {
                ask((*measurements)[i], fmt::format("{}#{}", file, i));
            } catch (const core::Failure& failure) {
                worst_ = std::max(worst_, complain(failure.error()));
            }
        }
    }
    int print_all() const {
        const Style style = options_.output.style();
        const bool several = options_.files.size() > 1 || spectra_ > 1;
        if (style != Style::text) {
            print_json(objects_, several, style);
        } else {
            for (const std::string& text : objects_) print(text);
        }
        return worst_;
    }

private:
    void ask(const spectra::io::Measurement& measurement, const std::string& source) {
        core::Spectrum spectrum = chosen_column(measurement, options_.column, source);
        assume_technique(spectrum);
        spectrum.provenance.source = source;
        Identification answer;
        try {
            answer = identified(spectrum);
        } catch (const core::Failure& failure) {
            core::Error error = failure.error();
            if (error.where.empty()) error.where = source;
            throw core::Failure(std::move(error));
        }
        switch (options_.output.style()) {
            case Style::text: objects_.push_back(text_of(answer)); break;
            case Style::json: objects_.push_back(identification_json(answer)); break;
            case Style::json_lines: objects_.push_back(identification_json(answer, -1)); break;
        }
    }

    Identification identified(const core::Spectrum& spectrum) const {
        std::vector<std::string> about = options_.limits_for;
        if (options_.explain.empty()) return pipeline::identify_scan(spectrum, library_, about, parallel_);
        const std::string name = pipeline::known_name(options_.explain, spectra::identify::references(library_));
        if (name != everything) about.push_back(name);
        Identification answer =
            pipeline::identify_scan(spectrum, library_, about, parallel_, pipeline::Accounts::given);
        keep_account_of(answer, name);
        return answer;
    }

    const Options& options_;
    const spectra::identify::Library& library_;
    const core::ParallelFor& parallel_;
    std::vector<std::string> objects_;
    std::size_t spectra_ = 0;
    int worst_ = exit_done;
};

int run(const Options& options) {
    ComputePool pool;
    const core::ParallelFor parallel = pool.parallel();
    pipeline::LibraryCache libraries;
    const auto library = libraries.get(options.library, parallel, core::Technique::unknown, options.learned);
    Answers answers(options, *library, parallel);
    for (const std::string& file : options.files) answers.ask(file);
    return answers.print_all();
}

}  // namespace

void add_identify(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("identify", "Identify spectra from files");
    const auto options = std::make_shared<Options>();
    command->add_option("FILE", options->files, "Spectra in any supported format")->required();
    command->add_option("--library", options->library, "Reference library; without it the starter library");
    learned_option(*command, options->learned);
    command->add_option("--limits-for", options->limits_for, "Speak about these substances too")->delimiter(',');
    command->add_option("--column", options->column, "Which values of the file: raw (minus dark) or processed")
        ->check(CLI::IsMember({"raw", "processed"}));
    command->add_flag("--explain{all}", options->explain,
                      "The evidence behind each name, or with --explain=NAME behind one: its bands, what else could "
                      "explain them, what is left without it");
    command->add_flag("--json", options->output.json, "One JSON object on standard output");
    command->add_flag("--json-lines", options->output.json_lines, "One JSON object a line");
    on_call(command, options, chosen, run);
}

}  // namespace singel::acquisition::cli
