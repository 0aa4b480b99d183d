#include "instrument/usb/errors.hpp"

#include <libusb-1.0/libusb.h>
#include <string>

namespace singel::instrument::usb {

using spectra::core::Failure;
using spectra::core::Fault;

namespace {

Failure unplugged(const char* operation) {
    return Failure(Fault::disconnected, "the instrument was unplugged", operation, "Plug it in again.");
}

}  // namespace

Failure failure_of_code(int code, const char* operation) {
    switch (code) {
        case LIBUSB_ERROR_ACCESS:
            return Failure(Fault::permission_denied, "you are not allowed to use the instrument", operation,
                           "Install the udev rule instrument/udev/60-singel.rules, then unplug the instrument and "
                           "plug it in again.");
        case LIBUSB_ERROR_BUSY:
            return Failure(Fault::busy, "another program holds the instrument", operation,
                           "Close the other program that uses it.");
        case LIBUSB_ERROR_NO_DEVICE: return unplugged(operation);
        case LIBUSB_ERROR_TIMEOUT: return Failure(Fault::timed_out, "no answer in time", operation);
        case LIBUSB_ERROR_PIPE: return Failure(Fault::stalled, "the endpoint stalled", operation);
        case LIBUSB_ERROR_OVERFLOW: return Failure(Fault::protocol, "more bytes than asked for", operation);
        default: return Failure(Fault::input_output, libusb_strerror(code), operation);
    }
}

Failure failure_of_status(int transfer_status, int actual_bytes, const char* operation) {
    switch (transfer_status) {
        case LIBUSB_TRANSFER_NO_DEVICE: return unplugged(operation);
        case LIBUSB_TRANSFER_STALL: return failure_of_code(LIBUSB_ERROR_PIPE, operation);
        case LIBUSB_TRANSFER_OVERFLOW: return failure_of_code(LIBUSB_ERROR_OVERFLOW, operation);
        case LIBUSB_TRANSFER_CANCELLED:
        case LIBUSB_TRANSFER_TIMED_OUT:
            return Failure(Fault::timed_out, "no answer in time, " + std::to_string(actual_bytes) + " bytes",
                           operation);
        default: return failure_of_code(LIBUSB_ERROR_IO, operation);
    }
}

}  // namespace singel::instrument::usb
