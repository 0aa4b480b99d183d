// A peer that says anything: first byte 0 as it comes, otherwise after a proper import. Then in pieces whose sizes
// the input chooses.

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <vector>

#include "firmware-bridge/carriers/usbip_peer.hpp"
#include "tests/usb/loopback_device.hpp"

namespace {

namespace carriers = singel::firmware_bridge::carriers;
namespace usbip = singel::firmware_bridge::wire::usbip;
using singel::tests::LoopbackDevice;

std::vector<std::uint8_t> import_request() {
    std::vector<std::uint8_t> bytes{0x01, 0x11, 0x80, 0x03, 0, 0, 0, 0, '1', '-', '1'};
    bytes.resize(usbip::request_header_bytes + usbip::bus_id_bytes);
    return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    std::vector<std::unique_ptr<carriers::UsbipShelf::UsbDevice>> devices;
    devices.push_back(std::make_unique<LoopbackDevice>("FUZZ", LoopbackDevice::Speed::high));
    carriers::UsbipShelf shelf(std::move(devices), {});
    std::size_t said = 0;
    carriers::UsbipPeer peer(shelf, [&said](const auto& bytes) { said += bytes.size(); }, {4096, 16, 65536});
    std::chrono::milliseconds now{0};
    if (data[0] != 0 && !peer.hear(import_request(), now)) std::abort();
    const std::size_t piece = std::size_t{data[1]} + 1;
    for (std::size_t at = 2; at < size; at += piece) {
        const auto wish = peer.hear({data + at, std::min(piece, size - at)}, ++now);
        shelf.advance(now);
        if (!wish || *wish == carriers::UsbipPeer::Wish::hang_up || peer.device_gone()) break;
    }
    return 0;
}
