#include <set>

#include "firmware-bridge/virtual/instruments.hpp"
#include "firmware-bridge/wire/bytes.hpp"
#include "tests/fuzz-wire/must.hpp"

namespace {

namespace virtual_instrument = singel::firmware_bridge::virtual_instrument;

constexpr std::uint8_t addresses[] = {0x81, 0x82, 0x86, 0x87};

// What is no transfer.
void disturb(virtual_instrument::UsbDevice& device, std::uint8_t what, singel::firmware_bridge::wire::Reader& in,
             virtual_instrument::Clock now) {
    if ((what & 7) == 5) device.cancel(in.u8(), now);
    if (what == 0xFD) device.trigger(now);
    if ((what & 7) == 6) device.reset(now);
    if ((what & 7) == 7) device.present() ? device.unplug(now) : device.plug(now);
}

}  // namespace

// A host that does anything at all: every transfer ends exactly once, and nothing is left when the device is gone.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace singel::firmware_bridge;
    using singel::test::must;
    wire::Reader in({data, size});
    const std::vector<std::string> models = virtual_instrument::models();
    const auto device = virtual_instrument::make_instrument(models[in.u8() % models.size()], {});
    std::set<virtual_instrument::TransferId> open;
    device->on_complete = [&](virtual_instrument::Completion c) {
        must(open.erase(c.id) == 1);
        must(c.in.empty() || c.in.size() == c.actual);
    };
    virtual_instrument::TransferId id = 0;
    virtual_instrument::Clock now{0};
    for (int step = 0; step < 200 && in.left() > 0; ++step) {
        now += std::chrono::milliseconds(in.u8() % 16);
        const std::uint8_t what = in.u8();
        const wire::ByteView bytes = in.take(std::min<std::size_t>(in.left(), what >> 4));
        open.insert(++id);
        switch (what & 7) {
            case 0:
            case 1: device->submit_bulk_out(id, in.u8() % 4 == 0 ? 0x02 : 0x01, bytes, now); break;
            case 2: device->submit_bulk_in(id, addresses[in.u8() % 4], 1024u * (1 + in.u8() % 5), now); break;
            case 3:
            case 4: {
                virtual_instrument::Setup setup{in.u8(), in.u8(), in.u16le(), in.u16le(), 64};
                setup.length = (setup.request_type & 0x80) != 0 ? 64 : static_cast<std::uint16_t>(bytes.size());
                device->submit_control(id, setup, bytes, now);
                break;
            }
            default: open.erase(id); disturb(*device, what, in, now);
        }
    }
    device->unplug(now);
    must(open.empty());
    return 0;
}
