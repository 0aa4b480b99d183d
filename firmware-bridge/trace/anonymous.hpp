#pragma once

#include "firmware-bridge/trace/trace.hpp"

namespace singel::firmware_bridge::trace {

// Blanks the serial number of the instrument wherever it stands: every letter of it becomes X. Known serials are the
// string that the device descriptor names, the answer to OOI slot 0, and the serial of page 0 of Wasatch's memory;
// each is looked for in all strings and all data, as plain and as two-byte text.
void blank_serials(Trace& trace);

}  // namespace singel::firmware_bridge::trace
