#include <array>
#include <set>

#include "firmware-bridge/virtual/obp.hpp"
#include "firmware-bridge/wire/bytes.hpp"
#include "firmware-bridge/wire/obp/models.hpp"
#include "tests/fuzz-wire/must.hpp"

namespace {

using namespace singel::firmware_bridge;
namespace message = wire::obp::message;
using singel::test::must;

constexpr std::array likely{message::get_serial,
                            message::set_alias,
                            message::set_user_string,
                            message::get_user_string,
                            message::set_hot_pixels,
                            message::set_integration_time,
                            message::set_trigger,
                            message::simulate_trigger,
                            message::set_buffering,
                            message::set_buffer_size,
                            message::set_back_to_back,
                            message::acquire_into_buffer,
                            message::abort_acquisition,
                            message::clear_buffer,
                            message::remove_oldest,
                            message::get_buffered_spectrum,
                            message::get_buffered_spectra,
                            message::get_raw_spectrum,
                            message::set_checksum_type,
                            message::set_binning,
                            message::set_boxcar,
                            message::set_continuous_strobe,
                            message::set_light_source,
                            message::set_light_source_intensity,
                            message::set_cooler_setpoint,
                            message::reset,
                            message::reset_to_defaults,
                            wire::obp::message2::get_spectrum,
                            wire::obp::message2::set_integration_time};

// One message of the input's making: a likely type, an argument, any flags.
wire::Bytes next_message(wire::Reader& in, std::uint16_t version) {
    wire::obp::Frame frame;
    frame.version = version;
    frame.type = likely[in.u8() % likely.size()];
    frame.flags = in.u8();
    const wire::ByteView data = in.take(std::min<std::size_t>(in.left(), in.u8() % 20));
    frame.data.assign(data.begin(), data.end());
    wire::Bytes bytes = wire::obp::encode(frame);
    const std::uint8_t spoil = in.u8();
    if (spoil % 4 == 3) bytes[spoil % bytes.size()] ^= in.u8();
    return bytes;
}

}  // namespace

// A host that sends anything at any time: every transfer ends exactly once, and all that comes back are frames.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    wire::Reader in({data, size});
    const wire::obp::Model& model = wire::obp::models[in.u8() % wire::obp::models.size()];
    const auto device = virtual_instrument::make_obp(model.name, {}, {}, {}, virtual_instrument::Speed::full);
    std::set<virtual_instrument::TransferId> open;
    wire::Bytes answers;
    device->on_complete = [&](virtual_instrument::Completion c) {
        must(open.erase(c.id) == 1);
        answers.insert(answers.end(), c.in.begin(), c.in.end());
    };
    virtual_instrument::TransferId id = 0;
    virtual_instrument::Clock now{0};
    for (int step = 0; step < 40 && in.left() > 0; ++step) {
        now += std::chrono::milliseconds(in.u8() % 32);
        open.insert(++id);
        device->submit_bulk_out(id, model.command_endpoint, next_message(in, model.version), now);
        if (in.u8() % 8 == 0) device->trigger(now);
        for (int packet = 0; packet < 300; ++packet) {
            open.insert(++id);
            device->submit_bulk_in(id, model.reply_endpoint, 64, now);
            if (device->cancel(id, now)) break;
        }
        if (!device->present()) break;
    }
    while (answers.size() >= wire::obp::smallest_frame) {
        const auto rest = wire::obp::bytes_still_to_come(answers);
        must(rest.has_value());
        const std::size_t whole = wire::obp::filled_up(model, wire::obp::smallest_frame + *rest);
        if (whole > answers.size()) break;
        must(wire::obp::decode_reply(wire::ByteView(answers).first(whole)).has_value());
        answers.erase(answers.begin(), answers.begin() + static_cast<std::ptrdiff_t>(whole));
    }
    device->unplug(now);
    must(open.empty());
    return 0;
}
