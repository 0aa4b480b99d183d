#include "instrument/nirscan/line.hpp"

#include <fmt/format.h>
#include <utility>

#include "firmware-bridge/wire/nirscan/commands.hpp"
#include "instrument/decoded.hpp"
#include "instrument/frame_book.hpp"

namespace singel::instrument::nirscan {

namespace asio = boost::asio;
using spectra::core::Failure;
using spectra::core::Fault;
using namespace std::chrono_literals;

namespace {

constexpr auto usual_deadline = 1000ms;
constexpr auto clear_halt_deadline = 1000ms;
constexpr auto silence = 100ms;        // after it nothing of an earlier reply comes any more
constexpr auto rest_deadline = 300ms;  // of a reply that has begun: the instrument has it whole
constexpr std::uint8_t in_endpoint = 0x81, out_endpoint = 0x01, other_out_endpoint = 0x02;
constexpr std::size_t longest_file = 8192;

std::size_t whole_reports(std::size_t bytes) {
    return (bytes + wire::packet_size - 1) / wire::packet_size * wire::packet_size;
}

}  // namespace

// Numbers start at the link's time: another session's answers do not look like ours.
Line::Line(TransportPtr link)
    : link_(std::move(link)),
      out_(link_->packet_size(out_endpoint) > 0 ? out_endpoint : other_out_endpoint),
      in_(in_endpoint),
      sequence_(
          static_cast<std::uint8_t>(std::chrono::duration_cast<std::chrono::microseconds>(link_->now()).count())) {}

// A reply that is cut off is not understood either.
asio::awaitable<std::optional<wire::Reply>> Line::read_reply(Transport::Duration deadline) {
    Bytes bytes = co_await link_->bulk_in(in_, wire::packet_size, deadline);
    const auto size = wire::reply_size(bytes);
    if (!size) co_return std::nullopt;
    if (*size > bytes.size()) {
        Bytes rest;
        try {
            rest = co_await link_->bulk_in(in_, whole_reports(*size - bytes.size()), rest_deadline);
        } catch (const Failure& failure) {
            if (failure.error().fault != Fault::timed_out) throw;
        }
        bytes.insert(bytes.end(), rest.begin(), rest.end());
    }
    auto reply = wire::decode_reply(bytes);
    if (!reply) co_return std::nullopt;
    co_return std::move(*reply);
}

// A message that stalled was not taken: the endpoint is set going again and the message sent once more.
asio::awaitable<void> Line::send(Bytes reports) {
    bool stalled = false;
    try {
        co_await link_->bulk_out(out_, reports, usual_deadline);
    } catch (const Failure& failure) {
        stalled = failure.error().fault == Fault::stalled;
        if (!stalled) throw;
    }
    if (!stalled) co_return;
    co_await link_->clear_halt(out_, clear_halt_deadline);
    co_await link_->bulk_out(out_, std::move(reports), usual_deadline);
}

asio::awaitable<std::optional<wire::Reply>> Line::answer_to(wire::Request request, const char* what) {
    const auto until = link_->now() + usual_deadline;
    Bytes reports = wire::encode(request);
    co_await send(std::move(reports));
    for (;;) {
        const auto left = until - link_->now();
        if (left <= 0ns) throw Failure(Fault::timed_out, "no answer in time", what);
        auto reply = co_await read_reply(std::chrono::ceil<Transport::Duration>(left));
        if (!reply || (reply->sequence == request.sequence && reply->read == request.read)) co_return reply;
        ++dropped_;
    }
}

asio::awaitable<Bytes> Line::exchange(bool read, Question question) {
    for (int tries = question.repeat ? 2 : 1; tries > 0; --tries) {
        const wire::Request request{read, true, ++sequence_, question.command, question.argument};
        auto reply = co_await answer_to(request, question.what);
        if (reply && reply->answer == wire::Answer::busy)
            throw Failure(Fault::busy, "the instrument is commanded over another interface", question.what,
                          "End its Bluetooth or serial connection.");
        if (reply && reply->answer == wire::Answer::error)
            throw Failure(Fault::protocol, std::string("the instrument refuses to ") + question.what,
                          fmt::format("command {:04x}", question.command));
        if (reply) co_return std::move(reply->data);
        ++dropped_;
        co_await drain_endpoint(*link_, in_, silence);
    }
    throw Failure(Fault::protocol, "the answer cannot be understood", question.what);
}

asio::awaitable<Bytes> Line::get(Question question) {
    return exchange(true, std::move(question));
}

asio::awaitable<Bytes> Line::put(Question question) {
    return exchange(false, std::move(question));
}

asio::awaitable<std::uint32_t> Line::number(Question question) {
    const char* const what = question.what;
    const Bytes value = co_await get(std::move(question));
    co_return require(wire::read_u32(value), what);
}

asio::awaitable<void> Line::drain() {
    co_await drain_endpoint(*link_, in_);
}

asio::awaitable<void> Line::clear_halt() {
    co_await link_->clear_halt(in_, clear_halt_deadline);
    co_await link_->clear_halt(out_, clear_halt_deadline);
}

asio::awaitable<Bytes> read_scan_file(Line& line) {
    const char* const what = "read the scan";
    const Bytes kind = firmware_bridge::wire::Writer().u32le(wire::file::scan_data).bytes();
    const std::uint32_t size = co_await line.number({wire::command::file_size, what, kind});
    if (size > longest_file) throw Failure(Fault::protocol, fmt::format("the scan has {} bytes", size), what);
    Bytes file;
    while (file.size() < size) {
        Question next(wire::command::file_data, what);
        next.repeat = false;
        const Bytes piece = co_await line.get(std::move(next));
        if (piece.empty() || piece.size() > size - file.size())
            throw Failure(Fault::protocol,
                          fmt::format("{} bytes came where {} are left", piece.size(), size - file.size()), what);
        file.insert(file.end(), piece.begin(), piece.end());
    }
    co_return file;
}

}  // namespace singel::instrument::nirscan
