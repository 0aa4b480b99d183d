#include <fmt/format.h>

#include "acquisition/cli/command.hpp"
#include "acquisition/cli/exit_code.hpp"
#include "acquisition/cli/instrument_options.hpp"
#include "acquisition/cli/measure_once.hpp"
#include "acquisition/cli/output.hpp"
#include "acquisition/record_json.hpp"
#include "spectra/core/result.hpp"

namespace singel::acquisition::cli {

namespace {

namespace core = spectra::core;

struct Options {
    InstrumentChoice instrument;
    pipeline::MeasureOptions measure;
    double integration_ms = 0.0;
    std::string file;
};

double milliseconds(const pipeline::Measured& measured) {
    return static_cast<double>(measured.frames.front().settings.integration_time.count()) / 1000.0;
}

std::vector<double> mean(const std::vector<core::Frame>& frames) {
    std::vector<double> sum(frames.empty() ? 0 : frames.front().counts.size(), 0.0);
    for (const core::Frame& frame : frames)
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += frame.counts[i] / static_cast<double>(frames.size());
    return sum;
}

// ENLIGHTEN's column form, which every reader of ours understands and many programs of others too.
std::string table(const Taken& taken) {
    const auto& description = taken.description;
    const auto& measured = taken.measured;
    const bool shifted = measured.axis.kind() == core::AxisKind::raman_shift_cm1;
    const auto raw = mean(measured.frames), dark = mean(measured.dark);
    std::string text =
        fmt::format("ENLIGHTEN Version,none: written by {}\nModel,{}\nSerial Number,{}\nSimulated,{}\n",
                    software_version(), description.identity.model, description.identity.serial,
                    description.identity.simulated ? "yes: not a test" : "no");
    text += fmt::format("Integration Time,{}\nScan Averaging,{}\n", milliseconds(measured), measured.frames.size());
    if (description.excitation) text += fmt::format("Laser Wavelength,{:.3f}\n", description.excitation->value);
    text += fmt::format("\nPixel,Wavelength{},Raw{}\n", shifted ? ",Wavenumber" : "", dark.empty() ? "" : ",Dark");
    for (std::size_t i = 0; i < raw.size(); ++i) {
        text += fmt::format("{},{:.4f}", i, description.wavelengths.empty() ? 0.0 : description.wavelengths[i]);
        if (shifted) text += fmt::format(",{:.4f}", measured.axis[i]);
        text += fmt::format(",{:.3f}", raw[i]);
        if (!dark.empty()) text += fmt::format(",{:.3f}", dark[i]);
        text += '\n';
    }
    return text;
}

int run(const Options& options) {
    pipeline::MeasureOptions wanted = options.measure;
    if (options.integration_ms > 0.0)
        wanted.integration_time =
            std::chrono::microseconds(static_cast<std::int64_t>(1000.0 * options.integration_ms));
    const Taken taken = measure_once(options.instrument, wanted, LightSource::sample);
    write_file(options.file, table(taken));
    print(fmt::format("{}{} frames of {} ms written to {}\n",
                      taken.description.identity.simulated ? "SIMULATED - not a test. " : "",
                      taken.measured.frames.size(), milliseconds(taken.measured), options.file));
    if (taken.measured.dark.empty())
        print("No dark frame: this instrument cannot switch its light off. Cover the entrance and capture again.\n");
    return exit_done;
}

}  // namespace

void add_capture(CLI::App& app, Chosen& chosen) {
    auto* command = app.add_subcommand("capture", "Frames and scan without identification");
    const auto options = std::make_shared<Options>();
    add_instrument_options(*command, options->instrument);
    command->add_option("-o,--output", options->file, "CSV file to write")->required();
    command->add_option("--frames", options->measure.frames, "Frames with light")->check(CLI::Range(1, 1000));
    command->add_option("--dark-frames", options->measure.dark_frames, "Frames without")->check(CLI::Range(1, 1000));
    command->add_option("--integration-ms", options->integration_ms, "Instead of finding it")
        ->check(CLI::PositiveNumber);
    add_sample_option(*command, options->measure.look);
    on_call(command, options, chosen, run);
}

}  // namespace singel::acquisition::cli
