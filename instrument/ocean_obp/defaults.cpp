#include "instrument/ocean_obp/defaults.hpp"

#include <vector>

namespace singel::instrument::ocean_obp {

namespace asio = boost::asio;
namespace message = obp::message;

namespace {

std::vector<Setting> defaults_of(const obp::Model& model) {
    if (model.version == obp::version_2)
        return {{"set the trigger", obp::message2::set_trigger, 0, obp::u8(obp::trigger_code::on_request)}};
    const bool buffers = model.readout == obp::Readout::buffered || model.readout == obp::Readout::fast_buffer;
    return {
        {"switch checksums off", message::set_checksum_type, 0, obp::u8(0)},
        {"set the trigger", message::set_trigger, message::get_trigger, obp::u8(obp::trigger_code::on_request)},
        {"take scans one by one", message::set_scans_to_average, message::get_scans_to_average, obp::u16(1)},
        {"switch smoothing off", message::set_boxcar, message::get_boxcar, obp::u8(0)},
        {"switch binning off", message::set_binning, message::get_binning, obp::u8(0)},
        {"switch buffering", message::set_buffering, message::get_buffering, obp::u8(buffers ? 1 : 0)},
        {"set the acquisition delay", message::set_acquisition_delay, message::get_acquisition_delay, obp::u32(0)},
        {"switch the lamp off", message::set_lamp, message::get_lamp, obp::u8(0)},
    };
}

}  // namespace

asio::awaitable<void> put_defaults(Pipe& pipe, const KnownMessages& known, const obp::Model& model) {
    const std::vector<Setting> settings = defaults_of(model);
    for (const Setting& setting : settings) co_await put_if_known(pipe, known, setting);
}

}  // namespace singel::instrument::ocean_obp
