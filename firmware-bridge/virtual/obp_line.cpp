#include "firmware-bridge/virtual/obp_line.hpp"

#include <utility>

#include "firmware-bridge/wire/obp/spectra.hpp"

namespace singel::firmware_bridge::virtual_instrument {

namespace obp = wire::obp;
namespace flag = wire::obp::flag;
using obp::Error;

ObpLine::ObpLine(const ObpModel& model, const ObpRegisters& registers, Port port, Understood understood)
    : model_(model),
      registers_(registers),
      port_(std::move(port)),
      understood_(std::move(understood)),
      packet_size_(port_.endpoints.packet_size(model.wire.reply_endpoint)) {}

// 0: what comes there is not listened to.
std::uint8_t ObpLine::reply_endpoint(std::uint8_t endpoint) const {
    const bool second = endpoint != model_.wire.command_endpoint;
    return second ? model_.wire.second_reply_endpoint : model_.wire.reply_endpoint;
}

// A message may come in several transfers; a short packet ends it. What is no beginning of a message is dropped
// without a word, so the host must time out.
void ObpLine::receive(std::uint8_t endpoint, std::span<const std::uint8_t> data, Clock now) {
    const ObpRequest where{{}, reply_endpoint(endpoint), now};
    if (where.reply_endpoint == 0 || data.size() % model_.wire.transfer_multiple != 0) return;
    wire::Bytes& pending = pending_[endpoint];
    pending.insert(pending.end(), data.begin(), data.end());
    while (pending.size() >= obp::smallest_frame) {
        const auto rest = obp::bytes_still_to_come(pending);
        if (!rest) return pending.clear();
        const std::size_t size = obp::filled_up(model_.wire, obp::smallest_frame + *rest);
        if (pending.size() < size) break;
        const wire::Bytes message(pending.begin(), pending.begin() + static_cast<std::ptrdiff_t>(size));
        pending.erase(pending.begin(), pending.begin() + static_cast<std::ptrdiff_t>(size));
        take(where, message);
    }
    const bool ended = data.size() % packet_size_ != 0;
    if (ended) pending.clear();
}

void ObpLine::take(const ObpRequest& where, wire::ByteView bytes) {
    wire::Decoded<obp::Received> received = obp::decode_request(bytes);
    if (!received) return;
    ObpRequest request = where;
    request.frame = std::move(received->frame);
    if (received->problem != Error::none) return refuse(request, received->problem);
    if (request.frame.version != model_.wire.version) return refuse(request, Error::unsupported_protocol);
    if (request.frame.data.size() > longest_argument) return refuse(request, Error::message_too_large);
    understood_(request);
}

wire::Bytes ObpLine::encoded(obp::Frame reply) const {
    const bool wrong = std::exchange(port_.conditions.next_checksum_wrong, false);
    reply.checksum = static_cast<obp::Checksum>(registers_[obp_register::checksum]);
    if (wrong) reply.checksum = obp::Checksum::md5;
    wire::Bytes bytes = obp::encode(reply);
    constexpr std::size_t footer = 4;
    if (wrong) bytes[bytes.size() - footer - 1] ^= 0x5A;
    bytes.resize(obp::filled_up(model_.wire, bytes.size()));
    return bytes;
}

// Errors are always told; whether a real device keeps quiet about them when no ACK is wanted is not known.
void ObpLine::answer(const ObpRequest& request, ObpAnswer answer, Clock now) {
    const bool failed = answer.error != Error::none, wanted = request.frame.has(flag::ack_wanted);
    if (!failed && answer.only_if_wanted && !wanted) return;
    obp::Frame reply;
    reply.version = model_.wire.version;
    reply.type = request.frame.type;
    reply.regarding = request.frame.regarding;
    reply.flags = flag::response;
    const Clock deferred = std::exchange(port_.conditions.next_deferred, std::chrono::milliseconds(0));
    if (deferred > Clock::zero()) {
        reply.error = static_cast<std::uint16_t>(Error::deferred);
        port_.endpoints.send(request.reply_endpoint, encoded(reply));
        port_.timers.at(now + deferred, [this, request, answer](Clock when) { this->answer(request, answer, when); });
        return;
    }
    if (std::exchange(port_.conditions.next_regarding_wrong, false)) reply.regarding += 0x5A5A;
    if (failed) reply.flags |= flag::nack;
    if (!failed && wanted) reply.flags |= flag::ack;
    reply.error = static_cast<std::uint16_t>(answer.error);
    reply.data = std::move(answer.data);
    port_.endpoints.send(request.reply_endpoint, encoded(reply));
}

// A whole spectrum, the answer that does most harm when it is taken for the new one.
void ObpLine::leave_old_reply() {
    obp::Frame reply;
    reply.version = model_.wire.version;
    reply.type = model_.wire.spectrum_message;
    reply.flags = flag::response;
    reply.regarding = 1;
    reply.data = obp::encode_plain(obp::Counts(model_.wire.pixels, 1234));
    port_.endpoints.send(model_.wire.reply_endpoint, encoded(reply));
}

}  // namespace singel::firmware_bridge::virtual_instrument
