#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "firmware-bridge/wire/obp/frame.hpp"
#include "instrument/signal.hpp"
#include "instrument/transport.hpp"

// Questions and answers over the one pair of bulk endpoints that an OBP device has (OBP notes, sections 2 and 8.2).
namespace singel::instrument::ocean_obp {

namespace obp = firmware_bridge::wire::obp;
using Bytes = firmware_bridge::wire::Bytes;

// How a model is spoken to.
struct Line {
    std::uint8_t out = 0x01, in = 0x81;
    std::size_t packet_size = 64;
    std::uint16_t version = obp::version_1;
    std::size_t multiple = 1;  // a write is filled up to a multiple of this many bytes
    // A read ends after this long, so that another question's deadline can be kept. Only where questions overlap.
    Transport::Duration slice{60000};
};

inline constexpr Transport::Duration usual_deadline{1000};
inline constexpr Transport::Duration no_deadline = Transport::Duration::max();  // waits for a trigger; cancellable

struct Question {
    // A constructor and no aggregate: g++ 12 destroys a braced temporary of a co_await expression twice.
    Question(std::uint32_t message_type, const char* doing_what, Bytes with = {})
        : type(message_type), what(doing_what), argument(std::move(with)) {}

    std::uint32_t type;
    const char* what;  // "read the serial number"
    Bytes argument;
    Transport::Duration deadline = usual_deadline;
    // Asked once more when the answer cannot be understood. Never for a frame: it would hide that one was lost.
    bool repeat = true;
};

// Several questions may be under way at once; whoever waits reads for all. An answer belongs to a question by its
// type and its number; what belongs to none (an earlier session's) is dropped and counted. All calls from the
// executor.
class Pipe {
public:
    Pipe(TransportPtr link, Line line);

    // The answer whatever it says. Throws timed_out, and protocol when it cannot be understood.
    boost::asio::awaitable<obp::Frame> ask(Question question, std::uint16_t flags = 0);
    // The data of an answer; throws protocol with the device's own reason when it refuses.
    boost::asio::awaitable<Bytes> get(Question question);
    boost::asio::awaitable<void> set(Question question);  // acknowledged

    // Reads and drops until nothing comes for 100 ms. A halted endpoint is set going again. Questions that are under
    // way are asked again.
    boost::asio::awaitable<void> drain();
    boost::asio::awaitable<void> clear_halt();

    Transport& link() const { return *link_; }
    std::uint64_t dropped() const { return dropped_; }

private:
    struct Waiting;
    class Entry;
    class Turn;
    class Drain;
    void wake_all();
    boost::asio::awaitable<void> send(Bytes bytes, Transport::Duration deadline);
    boost::asio::awaitable<void> wait_for_answer(Waiting& waiting, Question question);
    boost::asio::awaitable<void> sleep(Waiting& waiting);
    boost::asio::awaitable<void> read_in_turn(Transport::Duration left);
    boost::asio::awaitable<bool> read_more(Transport::Duration left);
    std::size_t missing() const;
    boost::asio::awaitable<void> start_over(std::string why);
    void hand_out(obp::Frame frame);

    TransportPtr link_;
    Line line_;
    std::uint32_t number_;  // of the last question
    std::vector<Waiting*> waiting_;
    Bytes frame_;  // what has come of the next frame
    bool reading_ = false;
    int draining_ = 0;          // drains under way
    bool out_of_step_ = false;  // a read in the middle of a frame did not end well
    std::uint64_t dropped_ = 0;
};

// What a device says that refuses: "the instrument refuses to set the trigger: the value is invalid".
bool refused(const obp::Frame& reply);
spectra::core::Failure refusal(const obp::Frame& reply, const Question& question);

}  // namespace singel::instrument::ocean_obp
