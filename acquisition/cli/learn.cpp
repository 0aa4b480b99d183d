#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

#include "acquisition/cli/command.hpp"
#include "acquisition/cli/exit_code.hpp"
#include "acquisition/cli/output.hpp"
#include "acquisition/runtime/compute_pool.hpp"
#include "spectra/core/result.hpp"
#include "spectra/io/library_file.hpp"
#include "spectra/io/read_spectra.hpp"
#include "spectra/learn/distractors.hpp"
#include "spectra/learn/exchanged.hpp"
#include "spectra/learn/pairs_file.hpp"
#include "spectra/learn/relearn.hpp"
#include "spectra/learn/starting_figures.hpp"

namespace singel::acquisition::cli {

namespace {

namespace core = spectra::core;
namespace fs = std::filesystem;
namespace identify = spectra::identify;
namespace io = spectra::io;
namespace learn = spectra::learn;

// A certainty is learned against a library of a street-drug service's size; smaller ones are filled up.
constexpr std::size_t fewest_references = 280;

struct Options {
    std::string library, pairs, output;
    std::vector<std::string> queries;
    std::uint64_t seed = 1;
    std::size_t effort = 100;
    bool both_directions = false, mismatch = false;
    unsigned threads = 0;
};

std::vector<fs::path> files_of(const std::vector<std::string>& sources) {
    std::vector<fs::path> files;
    for (const std::string& source : sources) {
        if (!fs::exists(source)) throw core::Failure(core::Fault::not_found, "there is no such file", source);
        if (!fs::is_directory(source)) {
            files.emplace_back(source);
            continue;
        }
        for (const auto& entry : fs::recursive_directory_iterator(source))
            if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

// A plain table does not say how it was measured; the library does.
std::vector<learn::Item> read_queries(const Options& options, core::Technique technique) {
    std::vector<learn::Item> items;
    for (const fs::path& file : files_of(options.queries)) {
        const auto read = io::read_spectra(file);
        if (!read) {
            complain(read.error());
            continue;
        }
        for (const io::Measurement& measurement : *read) {
            const std::string name = read->size() > 1 ? measurement.title : file.stem().string();
            items.push_back({name, measurement.scan()});
            if (items.back().spectrum.technique == core::Technique::unknown)
                items.back().spectrum.technique = technique;
        }
    }
    return items;
}

std::string text_of_file(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    if (!stream) throw core::Failure(core::Fault::not_found, "the file cannot be read", file);
    return text;
}

learn::Matched matched(const Options& options, const core::ReferenceSet& set) {
    std::vector<learn::Item> queries = read_queries(options, set.technique);
    if (options.pairs.empty()) return learn::match(std::move(queries), set);
    auto lines = learn::parse_pairs(text_of_file(options.pairs));
    if (!lines) {
        core::Error error = lines.error();
        error.where = fmt::format("{}, {}", options.pairs, error.where);
        throw core::Failure(std::move(error));
    }
    return learn::match(std::move(queries), set, *lines);
}

identify::LibraryPtr prepared(const core::ReferenceSet& set, const Options& options,
                              const core::ParallelFor& parallel) {
    return core::value_or_throw(identify::prepare_with(learn::with_distractors(set, fewest_references, options.seed),
                                                       learn::starting_figures(), parallel));
}

learn::Source source_of(const learn::Paired& paired, identify::LibraryPtr library) {
    learn::Source source{paired, std::move(library), {}};
    for (std::size_t i = 0; i < paired.pairs.size(); ++i) source.pairs.push_back(i);
    return source;
}

std::string listed(std::span<const double> values) {
    return fmt::format("{:.3g}", fmt::join(values, " "));
}

std::string rate(double wrong, double names) {
    return fmt::format("{:.0f} of {:.0f} names wrong", wrong, names);
}

std::string table(const identify::LearnedFile& file) {
    const identify::Learned& learned = file.learned;
    const identify::LearnedFrom& from = file.from;
    std::string text = fmt::format("learned from {} substances ({} pairs), {} to {} cm⁻¹\n", from.substances.size(),
                                   from.pairs, std::lround(file.low_cm1), std::lround(file.high_cm1));
    const auto row = [&](std::string_view what, const std::string& value, std::string_view of) {
        text += fmt::format("  {:<34} {:<44} {}\n", what, value, of);
    };
    row("mismatch variance", listed(learned.mismatch), "of squared signal, four terms");
    row("usual deviations", listed(learned.nuisance_sd), "cm⁻¹, cm⁻¹, cm⁻¹², four ratios");
    row("container shapes", fmt::format("{}", learned.backgrounds.size()), "");
    row("certainty", fmt::format("{} names in {} sums", from.names, from.sums),
        "of one to three, one in five struck");
    row("found, on other substances", rate(learned.found_wrong, learned.found_names), "");
    row("probable, on other substances", rate(learned.probable_wrong, learned.probable_names), "");
    row("multiple of the detection limit", fmt::format("{:.1f} from {} spikes", learned.limit_kappa, from.spikes),
        fmt::format("between substances ± {:.2f} in ln", from.kappa_between_substances));
    row("area between instruments", fmt::format("± {:.2f} in ln", learned.share_sd), "standard deviation");
    row("unexplained bands, complete sums", fmt::format("{} sums", from.complete),
        fmt::format("median {:.1f} deviations", learned.unknown_null[learned.unknown_null.size() / 2]));
    for (const identify::LeftOut& one : from.left_out)
        text += fmt::format("  left out: {}: {}\n", one.substance, one.reason);
    return text + fmt::format("  id {}\n", identify::digest(learned));
}

int run(const Options& options) {
    ComputePool pool(options.threads);
    const core::ParallelFor parallel = pool.parallel();
    const core::ReferenceSet set = core::value_or_throw(io::open_library(options.library));
    const learn::Matched pairs = matched(options, set);
    for (const std::string& note : pairs.notes) std::fprintf(stderr, "singel: note: %s\n", note.c_str());
    std::vector<learn::Source> sources{source_of(pairs.paired, prepared(set, options, parallel))};
    learn::Exchanged exchanged;
    if (options.both_directions) {
        exchanged = core::value_or_throw(learn::exchanged(pairs.paired, set));
        sources.push_back(source_of(exchanged.paired, prepared(exchanged.set, options, parallel)));
    }
    learn::Effort effort;
    effort.mismatch = options.mismatch;
    for (std::size_t* part : {&effort.sums, &effort.complete, &effort.spikes})
        *part = std::max<std::size_t>(*part * options.effort / 100, 1);
    auto learned = core::value_or_throw(learn::relearn(sources, effort, options.seed, parallel));
    const core::Axis& axis = sources.front().library->axis;
    identify::LearnedFile file{set.technique, axis.low(), axis.high(), {}, options.seed, {}, {}};
    file.sources = {fmt::format("{} queries against library {}{}", pairs.paired.queries.size(), set.id,
                                options.both_directions ? ", and exchanged" : "")};
    file.from = std::move(learned.account);
    file.learned = std::move(learned.learned);
    write_file(options.output, identify::write_learned(file));
    print(table(file) + fmt::format("written to {}\n", options.output));
    return exit_done;
}

}  // namespace

void add_learn(CLI::App& library_group, Chosen& chosen) {
    auto* command = library_group.add_subcommand(
        "learn", "Learn how two instruments differ from the same substances measured on both");
    const auto options = std::make_shared<Options>();
    command->add_option("--library", options->library, "Library of the one instrument")->required();
    command->add_option("--queries", options->queries, "Files and folders of pure spectra of the other")->required();
    command->add_option("--pairs", options->pairs,
                        "Table of query_file,library_files,kind; without it equal names are pairs");
    command->add_option("-o,--output", options->output, "File of learned figures to write")->required();
    command->add_option("--seed", options->seed, "Of the simulated samples");
    command->add_option("--effort", options->effort, "Simulated samples, in per cent of the usual number")
        ->check(CLI::Range(1, 10000));
    command->add_flag("--both-directions", options->both_directions,
                      "Also learn from the library's spectra against the queries");
    command->add_flag("--mismatch", options->mismatch,
                      "Learn the mismatch variance and deviations too, not only what rests on them");
    command->add_option("--threads", options->threads, "Instead of one for each core")->check(CLI::Range(1, 256));
    on_call(command, options, chosen, run);
}

}  // namespace singel::acquisition::cli
