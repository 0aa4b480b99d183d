#include "acquisition/pipeline/open_instrument.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "instrument/discovery.hpp"
#include "spectra/core/result.hpp"
#include "spectra/io/library_file.hpp"
#include "spectra/io/scene.hpp"

namespace singel::acquisition::pipeline {

namespace asio = boost::asio;
namespace core = spectra::core;
namespace virtual_instrument = firmware_bridge::virtual_instrument;

namespace {

// Points that were never measured (NaN) are bridged by their neighbours; a falling axis is turned round.
virtual_instrument::Scene stage(const spectra::io::SceneSpec& spec) {
    virtual_instrument::Scene scene;
    scene.fluorescence = spec.fluorescence;
    scene.brightness = spec.brightness;
    scene.seed = spec.seed;
    const bool scattered = spec.spectrum.axis.kind() == core::AxisKind::raman_shift_cm1;
    auto& positions = scattered ? scene.raman_shift_cm1 : scene.wavelength_nm;
    auto& light = scattered ? scene.raman : scene.light;
    for (std::size_t i = 0; i < spec.spectrum.size(); ++i) {
        if (!std::isfinite(spec.spectrum.values[i])) continue;
        positions.push_back(spec.spectrum.axis[i]);
        light.push_back(spec.spectrum.values[i]);
    }
    if (!spec.spectrum.axis.empty() && !spec.spectrum.axis.rising()) {
        std::ranges::reverse(positions);
        std::ranges::reverse(light);
    }
    return scene;
}

virtual_instrument::Faults faults_named(const std::string& text) {
    virtual_instrument::Faults faults;
    std::string message;
    if (!virtual_instrument::parse_faults(text, faults, message))
        throw core::Failure(core::Fault::invalid_argument, message, "--faults");
    return faults;
}

instrument::VirtualOptions virtual_options(const InstrumentChoice& choice) {
    instrument::VirtualOptions options;
    options.model = choice.virtual_model;
    options.virtual_time = choice.virtual_time;
    options.faults = faults_named(choice.faults);
    const auto library = choice.scene_library.empty()
                             ? spectra::io::starter_library()
                             : core::value_or_throw(spectra::io::open_library(choice.scene_library));
    options.scene = stage(core::value_or_throw(spectra::io::read_scene(choice.scene, library)));
    return options;
}

}  // namespace

asio::awaitable<instrument::SpectrometerPtr> open_instrument(Runtime& runtime, InstrumentChoice choice,
                                                             PresenceWitness witness) {
    if (choice.virtual_model.empty()) {
        const instrument::LastingOptions lasting{.witness = std::move(witness)};
        instrument::BusPtr bus = instrument::usb_bus(runtime.context().get_executor());
        instrument::SpectrometerPtr opened =
            co_await instrument::open_lasting(std::move(bus), choice.device_id, lasting);
        co_return opened;
    }
    const auto options = std::make_shared<instrument::VirtualOptions>();
    std::function<void()> set_the_stage = [choice, options] { *options = virtual_options(choice); };
    co_await runtime.compute(std::move(set_the_stage));
    instrument::SpectrometerPtr opened = co_await instrument::open_virtual(*options);
    co_return opened;
}

}  // namespace singel::acquisition::pipeline
