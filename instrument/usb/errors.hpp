#pragma once

#include "spectra/core/result.hpp"

namespace singel::instrument::usb {

// libusb's return codes and transfer statuses as faults, with what a person can do about them.
spectra::core::Failure failure_of_code(int code, const char* operation);
spectra::core::Failure failure_of_status(int transfer_status, int actual_bytes, const char* operation);

}  // namespace singel::instrument::usb
