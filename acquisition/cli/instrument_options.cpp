#include "acquisition/cli/instrument_options.hpp"

#include <map>
#include <string>

namespace singel::acquisition::cli {

void add_instrument_options(CLI::App& command, InstrumentChoice& chosen) {
    auto* device = command.add_option("--device", chosen.device_id, "Id from `singel devices`");
    auto* model = command.add_option("--virtual", chosen.virtual_model, "A virtual instrument: WP-785, USB2000+ …");
    model->excludes(device);
    command
        .add_option("--scene", chosen.scene,
                    "What lies on its stage: a spectrum file or a mixture, caffeine:70,acetaminophen:30")
        ->needs(model);
    command.add_option("--faults", chosen.faults, "Injected faults, for example unplug@12")->needs(model);
    command.add_flag("--virtual-time", chosen.virtual_time, "Time passes as fast as it can be computed")
        ->needs(model);
}

void add_sample_option(CLI::App& command, SampleLook& look) {
    static const std::map<std::string, SampleLook> words{
        {"unknown", SampleLook::unknown}, {"light", SampleLook::light}, {"dark", SampleLook::dark}};
    command
        .add_option(
            "--sample", look,
            "Is it dark, coloured or energetic? dark and unknown begin at a tenth of the power; light does not")
        ->transform(CLI::CheckedTransformer(words))
        ->option_text("light|dark|unknown");
}

}  // namespace singel::acquisition::cli
