#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "firmware-bridge/wire/nirscan/message.hpp"
#include "firmware-bridge/wire/nirscan/scan.hpp"
#include "instrument/transport.hpp"

// Single exchanges, one at a time.
namespace singel::instrument::nirscan {

namespace wire = firmware_bridge::wire::nirscan;
using firmware_bridge::wire::Bytes;

// Not an aggregate: g++ 12 destroys twice what a braced list makes within a co_await.
struct Question {
    Question(std::uint16_t number, const char* sentence, Bytes bytes = {})
        : command(number), what(sentence), argument(std::move(bytes)) {}
    std::uint16_t command;
    const char* what;  // "read the serial number"
    Bytes argument;
    // Asked once more when the answer cannot be understood. Never what moves the instrument on.
    bool repeat = true;
};

class Line {
public:
    explicit Line(TransportPtr link);

    // The value. Throws protocol for a refusal, busy while another interface commands the instrument.
    boost::asio::awaitable<Bytes> get(Question question);
    // The same for what does something.
    boost::asio::awaitable<Bytes> put(Question question);
    boost::asio::awaitable<std::uint32_t> number(Question question);  // of four bytes

    boost::asio::awaitable<void> drain();
    boost::asio::awaitable<void> clear_halt();
    std::uint64_t dropped() const { return dropped_; }  // replies to nobody's question

private:
    boost::asio::awaitable<Bytes> exchange(bool read, Question question);
    // None: what came cannot be understood.
    boost::asio::awaitable<std::optional<wire::Reply>> read_reply(Transport::Duration deadline);
    boost::asio::awaitable<std::optional<wire::Reply>> answer_to(wire::Request request, const char* what);
    boost::asio::awaitable<void> send(Bytes reports);

    TransportPtr link_;
    std::uint8_t out_, in_;
    std::uint8_t sequence_ = 0;
    std::uint64_t dropped_ = 0;
};

// The last scan, in pieces.
boost::asio::awaitable<Bytes> read_scan_file(Line& line);

}  // namespace singel::instrument::nirscan
