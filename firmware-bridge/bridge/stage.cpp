#include "firmware-bridge/bridge/stage.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <utility>

#include "firmware-bridge/virtual/faults.hpp"
#include "firmware-bridge/virtual/instruments.hpp"
#include "spectra/io/library_file.hpp"

namespace singel::firmware_bridge::bridge {

namespace core = spectra::core;
namespace io = spectra::io;
using virtual_instrument::Faults;
using virtual_instrument::Scene;
using virtual_instrument::UsbDevice;

namespace {

std::string join(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

core::Result<Faults> read_faults(const std::string& text) {
    Faults faults;
    std::string message;
    if (!virtual_instrument::parse_faults(text, faults, message)) {
        return core::failure(core::Fault::invalid_argument, message, "--faults",
                             "write them as kind@exchange[:duration], for example unplug@12,delay@3:500ms");
    }
    return faults;
}

core::Result<Scene> read_stage(const Bench& bench) {
    core::ReferenceSet library;
    if (bench.library.empty()) {
        library = io::starter_library();
    } else {
        auto opened = io::open_library(bench.library);
        if (!opened) return tl::unexpected(std::move(opened.error()));
        library = std::move(*opened);
    }
    auto spec = io::read_scene(bench.scene, library);
    if (!spec) return tl::unexpected(std::move(spec.error()));
    Scene scene = to_scene(*spec);
    if (bench.seed) scene.seed = *bench.seed;
    return scene;
}

}  // namespace

std::vector<std::string> split_models(const std::string& comma_separated) {
    std::vector<std::string> models;
    std::size_t begin = 0;
    while (begin <= comma_separated.size()) {
        const std::size_t end = std::min(comma_separated.find(',', begin), comma_separated.size());
        models.push_back(comma_separated.substr(begin, end - begin));
        begin = end + 1;
    }
    return models;
}

core::Result<void> validate(const Bench& bench) {
    const std::vector<std::string> known = virtual_instrument::models();
    for (const std::string& model : bench.models) {
        if (std::find(known.begin(), known.end(), model) != known.end()) continue;
        return core::failure(core::Fault::invalid_argument, fmt::format("there is no virtual model '{}'", model),
                             "--model", fmt::format("use one of: {}", join(known)));
    }
    auto faults = read_faults(bench.faults);
    if (!faults) return tl::unexpected(std::move(faults.error()));
    return {};
}

Scene to_scene(const io::SceneSpec& spec) {
    std::vector<std::pair<double, double>> points;
    const auto& spectrum = spec.spectrum;
    for (std::size_t i = 0; i < spectrum.size() && i < spectrum.axis.size(); ++i) {
        if (std::isfinite(spectrum.values[i])) points.emplace_back(spectrum.axis[i], spectrum.values[i]);
    }
    if (!spectrum.axis.rising()) std::reverse(points.begin(), points.end());

    Scene scene;
    scene.fluorescence = spec.fluorescence;
    scene.brightness = spec.brightness;
    scene.seed = spec.seed;
    const bool raman = spectrum.axis.kind() == core::AxisKind::raman_shift_cm1;
    auto& axis = raman ? scene.raman_shift_cm1 : scene.wavelength_nm;
    auto& values = raman ? scene.raman : scene.light;
    for (const auto& [x, y] : points) {
        axis.push_back(x);
        values.push_back(y);
    }
    return scene;
}

core::Result<std::vector<std::unique_ptr<UsbDevice>>> set_up(const Bench& bench) {
    auto scene = read_stage(bench);
    if (!scene) return tl::unexpected(std::move(scene.error()));
    auto faults = read_faults(bench.faults);
    if (!faults) return tl::unexpected(std::move(faults.error()));

    std::vector<std::unique_ptr<UsbDevice>> devices;
    for (std::size_t i = 0; i < bench.models.size(); ++i) {
        const std::string& model = bench.models[i];
        const auto before =
            std::count(bench.models.begin(), bench.models.begin() + static_cast<std::ptrdiff_t>(i), model);
        const std::string serial = before == 0 ? std::string() : fmt::format("VIRTUAL{}", before + 1);
        Scene own = *scene;
        own.seed += i;
        auto device = virtual_instrument::make_instrument(model, std::move(own), i == 0 ? *faults : Faults{}, serial,
                                                          bench.speed);
        if (!device) return core::failure(core::Fault::invalid_argument, "no virtual model of this name", model);
        devices.push_back(std::move(device));
    }
    return devices;
}

}  // namespace singel::firmware_bridge::bridge
