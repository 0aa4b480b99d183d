#pragma once

#include <string_view>

#include "acquisition/statement.hpp"
#include "spectra/core/result.hpp"

namespace singel::acquisition::cli {

struct StripOption {
    StripReading reading;
    bool skipped = false;
};

// "fentanyl=1": what was seen, never what it means. 1 line: the control line alone. 2: both. faint: the second line
// is faint. 0: no control line.
spectra::core::Result<StripOption> strip_option(std::string_view text);

}  // namespace singel::acquisition::cli
