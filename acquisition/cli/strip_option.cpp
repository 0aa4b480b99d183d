#include "acquisition/cli/strip_option.hpp"

#include <string>

namespace singel::acquisition::cli {

namespace core = spectra::core;

core::Result<StripOption> strip_option(std::string_view text) {
    const auto refuse = [&] {
        return core::failure(core::Fault::invalid_argument, "\"" + std::string(text.substr(0, 60)) + "\" is no strip",
                             "--strip", "Write KIND=LINES, for example fentanyl=2 for two lines.");
    };
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) return refuse();
    const std::string_view kind = text.substr(0, equals), lines = text.substr(equals + 1);
    StripOption option;
    bool known = false;
    for (const StripKind candidate : {StripKind::fentanyl, StripKind::nitazene, StripKind::benzodiazepine}) {
        if (kind != name(candidate)) continue;
        option.reading.kind = candidate;
        known = true;
    }
    if (!known) return refuse();
    if (lines == "1") return option;
    if (lines == "2")
        option.reading.test_line = TestLine::clear;
    else if (lines == "faint")
        option.reading.test_line = TestLine::faint;
    else if (lines == "0")
        option.reading.control_line = false;
    else if (lines == "skipped")
        option.skipped = true;
    else
        return refuse();
    return option;
}

}  // namespace singel::acquisition::cli
