#include "firmware-bridge/carriers/usbfs.hpp"

namespace singel::firmware_bridge::carriers {

namespace {
auto missing() {
    return spectra::core::failure(spectra::core::Fault::unsupported,
                                  "this program was built without umockdev, which makes the emulated USB bus", {},
                                  "install libumockdev-dev and umockdev, then build again");
}
}  // namespace

spectra::core::Result<void> enter_usbfs(char**) {
    return missing();
}

spectra::core::Result<int> run_on_usbfs(std::vector<std::unique_ptr<virtual_instrument::UsbDevice>>,
                                        const std::vector<std::string>&, const UsbfsOptions&) {
    return missing();
}

}  // namespace singel::firmware_bridge::carriers
