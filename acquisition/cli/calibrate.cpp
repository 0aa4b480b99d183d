#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "acquisition/cli/command.hpp"
#include "acquisition/cli/exit_code.hpp"
#include "acquisition/cli/instrument_options.hpp"
#include "acquisition/cli/measure_once.hpp"
#include "acquisition/cli/output.hpp"
#include "acquisition/record_json.hpp"
#include "spectra/calibrate/wavelength.hpp"
#include "spectra/core/result.hpp"
#include "spectra/io/read_spectra.hpp"
#include "spectra/process/reduce.hpp"

namespace singel::acquisition::cli {

namespace {

namespace core = spectra::core;
namespace calibrate = spectra::calibrate;
using Json = nlohmann::ordered_json;

constexpr int calibration_format_version = 1;

struct Options {
    InstrumentChoice instrument;
    std::string lamp;
    std::vector<std::string> files;
    std::string output;
    int order = 3;
    bool json = false;
};

// What is calibrated: a lamp scan pixel by pixel, and roughly where its pixels lie.
struct LampScan {
    core::Spectrum scan;
    core::Axis prior;
    std::size_t first_pixel = 0;
};

core::Lamp lamp_of(const std::string& text) {
    const auto lamp = core::lamp_named(text);
    if (lamp) return *lamp;
    throw core::Failure(core::Fault::invalid_argument, "\"" + text + "\" is no lamp we know", "--lamp",
                        "Use ne, ar, kr, xe, hg or hg-ar.");
}

bool is_wavelength(core::AxisKind kind) {
    return kind == core::AxisKind::wavelength_device_nm || kind == core::AxisKind::wavelength_air_nm ||
           kind == core::AxisKind::wavelength_vacuum_nm;
}

LampScan from_file(const std::string& file) {
    auto measurements = core::value_or_throw(spectra::io::read_spectra(file));
    if (measurements.size() != 1)
        throw core::Failure(core::Fault::wrong_format,
                            fmt::format("{} spectra in one file of a lamp", measurements.size()), file);
    const auto& measurement = measurements.front();
    LampScan lamp{measurement.scan(), measurement.wavelengths, measurement.first_pixel};
    if (lamp.prior.empty() && is_wavelength(lamp.scan.axis.kind())) lamp.prior = lamp.scan.axis;
    if (lamp.prior.empty())
        throw core::Failure(core::Fault::wrong_format, "the file has no wavelengths to start from", file,
                            "Use a file with a wavelength column.");
    return lamp;
}

// Repeated scans of one lamp are averaged point by point.
LampScan from_files(const std::vector<std::string>& files) {
    LampScan sum = from_file(files.front());
    for (std::size_t i = 1; i < files.size(); ++i) {
        const LampScan next = from_file(files[i]);
        if (next.scan.size() != sum.scan.size() || next.first_pixel != sum.first_pixel)
            throw core::Failure(core::Fault::invalid_argument, "the lamp files have unequal pixels", files[i]);
        for (std::size_t k = 0; k < sum.scan.size(); ++k) sum.scan.values[k] += next.scan.values[k];
        sum.scan.saturated_fraction = std::max(sum.scan.saturated_fraction, next.scan.saturated_fraction);
    }
    for (double& value : sum.scan.values) value /= static_cast<double>(files.size());
    sum.scan.sigma.clear();
    return sum;
}

LampScan from_instrument(const Options& options) {
    InstrumentChoice choice = options.instrument;
    if (!choice.virtual_model.empty() && choice.scene.empty()) choice.scene = "lamp:" + options.lamp;
    Taken taken = measure_once(choice, {}, LightSource::plain);
    if (taken.description.wavelengths.empty())
        throw core::Failure(core::Fault::wrong_format, "the instrument's memory holds no wavelengths to start from",
                            taken.description.identity.model);
    spectra::process::ReduceOptions reduce;
    reduce.bad_pixels = taken.description.bad_pixels;
    reduce.nonlinearity = taken.description.nonlinearity;
    for (const auto& range : taken.description.electric_dark)
        reduce.electric_dark.push_back({range.first, range.last});
    reduce.technique = core::Technique::unknown;
    LampScan lamp;
    lamp.prior = taken.description.wavelengths;
    lamp.scan = core::value_or_throw(spectra::process::reduce(taken.measured.frames, {}, lamp.prior, reduce));
    lamp.scan.provenance.instrument = taken.description.identity;
    return lamp;
}

Json lines_json(const calibrate::WavelengthCalibration& calibration) {
    Json used = Json::array(), refused = Json::array();
    for (const auto& line : calibration.used)
        used.push_back({{"wavelength_air_nm", line.wavelength.value},
                        {"pixel", line.pixel},
                        {"pixel_sigma", line.pixel_sigma},
                        {"residual_px", line.residual_px},
                        {"residual_nm", line.residual_nm},
                        {"residual_cm1", line.residual_cm1}});
    for (const auto& line : calibration.refused)
        refused.push_back({{"wavelength_air_nm", line.wavelength.value}, {"reason", line.reason}});
    return {{"used", used}, {"refused", refused}};
}

Json json_of(const calibrate::WavelengthCalibration& calibration, const LampScan& lamp) {
    const auto& instrument = lamp.scan.provenance.instrument;
    return {{"format", "singel-wavelength-calibration"},
            {"version", calibration_format_version},
            {"software", software_version()},
            {"simulated", instrument.simulated},
            {"instrument", {{"model", instrument.model}, {"serial", instrument.serial}}},
            {"lamp", core::name(calibration.lamp)},
            {"axis", core::name(calibration.medium)},
            {"first_pixel", lamp.first_pixel},
            {"pixels", calibration.pixels},
            {"coefficients", calibration.coefficients},
            {"covariance", calibration.covariance},
            {"lines", lines_json(calibration)},
            {"rms_px", calibration.rms_px},
            {"max_px", calibration.max_px},
            {"leave_one_out_px", calibration.leave_one_out_px},
            {"coverage", calibration.coverage},
            {"accepted", calibration.accepted},
            {"reasons", calibration.reasons}};
}

std::string text_of(const calibrate::WavelengthCalibration& calibration, bool simulated) {
    std::string text = simulated ? "SIMULATED - not a calibration of a real instrument\n" : "";
    text += fmt::format("{}: {} lines used, {} refused\n", core::name(calibration.lamp), calibration.used.size(),
                        calibration.refused.size());
    for (const auto& line : calibration.used)
        text += fmt::format("  {:9.4f} nm  pixel {:8.3f}  residual {:+.3f} px {:+.4f} nm {:+.2f} cm⁻¹\n",
                            line.wavelength.value, line.pixel, line.residual_px, line.residual_nm, line.residual_cm1);
    for (const auto& line : calibration.refused)
        text += fmt::format("  {:9.4f} nm  refused: {}\n", line.wavelength.value, line.reason);
    text += fmt::format("RMS {:.3f} px, maximum {:.3f} px, coverage {:.0f} %\n", calibration.rms_px,
                        calibration.max_px, 100.0 * calibration.coverage);
    text += calibration.accepted ? "Accepted\n" : "Not accepted\n";
    for (const std::string& reason : calibration.reasons) text += "  " + reason + "\n";
    return text;
}

int run(const Options& options) {
    const core::Lamp kind = lamp_of(options.lamp);
    const LampScan lamp = options.files.empty() ? from_instrument(options) : from_files(options.files);
    calibrate::WavelengthOptions wanted;
    wanted.order = options.order;
    wanted.first_pixel = lamp.first_pixel;
    const auto calibration =
        core::value_or_throw(calibrate::calibrate_wavelength(lamp.scan, lamp.prior, kind, wanted));
    const std::string json = json_of(calibration, lamp).dump(2) + "\n";
    print(options.json ? json : text_of(calibration, lamp.scan.provenance.instrument.simulated));
    // A calibration that missed a limit leaves no file that somebody could use by mistake.
    if (calibration.accepted && !options.output.empty()) write_file(options.output, json);
    return calibration.accepted ? exit_done : exit_no;
}

}  // namespace

void add_calibrate(CLI::App& app, Chosen& chosen) {
    auto* group = app.add_subcommand("calibrate", "The technician's work");
    group->require_subcommand(1);
    auto* command = group->add_subcommand("wavelength", "The wavelength of each pixel from the lines of a lamp");
    const auto options = std::make_shared<Options>();
    add_instrument_options(*command, options->instrument);
    command->add_option("--lamp", options->lamp, "ne, ar, kr, xe, hg or hg-ar")->required();
    command->add_option("FILE", options->files, "Scans of the lamp; without them the instrument measures");
    command->add_option("-o,--output", options->output, "Calibration file to write when it is accepted");
    command->add_option("--order", options->order, "Of the polynomial")->check(CLI::Range(1, 5));
    command->add_flag("--json", options->json, "One JSON object on standard output");
    on_call(command, options, chosen, run);
}

}  // namespace singel::acquisition::cli
