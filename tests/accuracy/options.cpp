#include "tests/accuracy/options.hpp"

#include <charconv>
#include <string_view>

namespace singel::tests::accuracy {
namespace {

constexpr std::string_view known_rows = "ABCFULS";

template <typename Number>
bool read_number(std::string_view text, Number& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

// A few minutes on two cores; standard errors about twice those of a whole run.
void make_fast(Options& options) {
    options.splits = 2;
    options.trials = 6;
    options.spikes = 200;
    options.learning = 40;
}

bool read_value(Options& options, std::string_view name, std::string_view value) {
    if (name == "--rows") {
        options.rows = value;
        return !value.empty() && value.find_first_not_of(known_rows) == std::string_view::npos;
    }
    if (name == "--seed") return read_number(value, options.seed);
    if (name == "--splits") return read_number(value, options.splits) && options.splits > 0;
    if (name == "--trials") return read_number(value, options.trials) && options.trials > 0;
    if (name == "--spikes") return read_number(value, options.spikes);
    if (name == "--distractors") return read_number(value, options.distractors);
    if (name == "--learning") return read_number(value, options.learning) && options.learning > 0;
    if (name == "--workers") return read_number(value, options.workers);
    if (name == "--noise") return read_number(value, options.noise) && options.noise > 0.0 && options.noise < 1.0;
    if (name == "--data") options.data = value;
    if (name == "--json") options.json = value;
    return name == "--data" || name == "--json";
}

}  // namespace

std::string usage() {
    return "usage: accuracy_table [--rows ABCFULS] [--fast] [--one-way] [--seed N] [--splits N] [--trials N]\n"
           "                      [--spikes N] [--distractors N] [--noise PART] [--learning PERCENT]\n"
           "                      [--workers N] [--data FOLDER] [--json FILE]\n";
}

core::Result<Options> read_options(std::span<const char* const> arguments) {
    Options options;
    options.data = SINGEL_SHARED_DATA;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string_view name = arguments[i];
        if (name == "--fast") {
            make_fast(options);
        } else if (name == "--one-way") {
            options.exchanged = false;
        } else {
            const std::string_view value = i + 1 < arguments.size() ? arguments[++i] : "";
            if (!read_value(options, name, value))
                return core::failure(core::Fault::invalid_argument, std::string(name) + " " + std::string(value));
        }
    }
    return options;
}

}  // namespace singel::tests::accuracy
