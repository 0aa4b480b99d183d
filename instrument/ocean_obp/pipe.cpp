#include "instrument/ocean_obp/pipe.hpp"

#include <algorithm>
#include <utility>

#include "instrument/frame_book.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument::ocean_obp {

namespace asio = boost::asio;
using spectra::core::Error;
using spectra::core::Failure;
using spectra::core::Fault;
using namespace std::chrono_literals;
using Nanoseconds = std::chrono::nanoseconds;

namespace {

constexpr auto silence = 100ms;  // section 8.2
constexpr auto clear_halt_deadline = 1000ms;
constexpr auto rest_deadline = 300ms;  // of a frame that has begun: the device has it whole

std::size_t up_to_multiple(std::size_t bytes, std::size_t multiple) {
    return (bytes + multiple - 1) / multiple * multiple;
}

Nanoseconds moment(Nanoseconds now, Transport::Duration deadline) {
    return deadline == no_deadline ? Nanoseconds::max() : now + deadline;
}

}  // namespace

struct Pipe::Waiting {
    obp::Frame request;
    std::optional<obp::Frame> reply;
    std::string spoilt;        // why the answer can no longer come
    Signal* asleep = nullptr;  // while somebody else reads
};

// A question stands in the list as long as its coroutine lives, however that ends.
class Pipe::Entry {
public:
    Entry(std::vector<Waiting*>& list, Waiting& waiting) : list_(list), waiting_(waiting) {
        list.push_back(&waiting);
    }
    Entry(const Entry&) = delete;
    Entry& operator=(const Entry&) = delete;
    ~Entry() { std::erase(list_, &waiting_); }

private:
    std::vector<Waiting*>& list_;
    Waiting& waiting_;
};

// Only one reads. Whoever slept meanwhile looks at what came, at its deadline, and takes the next turn.
class Pipe::Turn {
public:
    explicit Turn(Pipe& pipe) : pipe_(pipe) { pipe.reading_ = true; }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() {
        pipe_.reading_ = false;
        pipe_.wake_all();
    }

private:
    Pipe& pipe_;
};

// A drain comes before the next question's turn; without this whoever reads would take the next turn itself.
class Pipe::Drain {
public:
    explicit Drain(Pipe& pipe) : pipe_(pipe) { ++pipe_.draining_; }
    Drain(const Drain&) = delete;
    Drain& operator=(const Drain&) = delete;
    ~Drain() {
        --pipe_.draining_;
        pipe_.wake_all();
    }

private:
    Pipe& pipe_;
};

void Pipe::wake_all() {
    for (Waiting* waiting : waiting_)
        if (waiting->asleep != nullptr) waiting->asleep->set();
}

// Numbers start at the link's time: another session's answers do not look like ours.
Pipe::Pipe(TransportPtr link, Line line)
    : link_(std::move(link)),
      line_(line),
      number_(
          static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::microseconds>(link_->now()).count())) {}

// ---- asking ---------------------------------------------------------------------------------------------------

bool refused(const obp::Frame& reply) {
    return reply.has(obp::flag::nack) || reply.has(obp::flag::exception) || reply.error != 0;
}

Failure refusal(const obp::Frame& reply, const Question& question) {
    return Failure(Fault::protocol,
                   std::string("the instrument refuses to ") + question.what + ": " + obp::sentence(reply.error),
                   "message " + obp::hex(question.type));
}

asio::awaitable<obp::Frame> Pipe::ask(Question question, std::uint16_t flags) {
    std::string spoilt;
    for (int tries = question.repeat ? 2 : 1; tries > 0; --tries) {
        Waiting waiting;
        waiting.request = {.version = line_.version, .flags = flags, .type = question.type, .regarding = ++number_};
        waiting.request.data = question.argument;
        const Entry entry(waiting_, waiting);
        co_await wait_for_answer(waiting, question);
        if (waiting.reply) co_return std::move(*waiting.reply);
        spoilt = waiting.spoilt;
    }
    throw Failure(Fault::protocol, std::move(spoilt), question.what);
}

asio::awaitable<Bytes> Pipe::get(Question question) {
    obp::Frame reply = co_await ask(question);
    if (refused(reply)) throw refusal(reply, question);
    co_return std::move(reply.data);
}

asio::awaitable<void> Pipe::set(Question question) {
    const obp::Frame reply = co_await ask(question, obp::flag::ack_wanted);
    if (refused(reply)) throw refusal(reply, question);
    if (!reply.has(obp::flag::ack))
        throw Failure(Fault::protocol, std::string("the instrument does not acknowledge to ") + question.what,
                      "message " + obp::hex(question.type));
}

asio::awaitable<void> Pipe::wait_for_answer(Waiting& waiting, Question question) {
    const Nanoseconds until = moment(link_->now(), question.deadline);
    Bytes bytes = obp::encode(waiting.request);
    bytes.resize(up_to_multiple(bytes.size(), line_.multiple));
    co_await send(std::move(bytes), std::min(question.deadline, usual_deadline));
    while (!waiting.reply && waiting.spoilt.empty()) {
        const Nanoseconds left = until - link_->now();
        if (left <= 0ns) throw Failure(Fault::timed_out, "no answer in time", question.what);
        if (reading_ || draining_ > 0)
            co_await sleep(waiting);
        else
            co_await read_in_turn(std::chrono::ceil<Transport::Duration>(std::min<Nanoseconds>(left, line_.slice)));
    }
}

// A message that stalled was not taken: the endpoint is set going again and the message sent once more.
asio::awaitable<void> Pipe::send(Bytes bytes, Transport::Duration deadline) {
    std::optional<Error> error;
    try {
        co_await link_->bulk_out(line_.out, bytes, deadline);
    } catch (const Failure& failure) {
        error = failure.error();
    }
    if (!error) co_return;
    if (error->fault != Fault::stalled) throw Failure(std::move(*error));
    co_await link_->clear_halt(line_.out, clear_halt_deadline);
    co_await link_->bulk_out(line_.out, std::move(bytes), deadline);
}

asio::awaitable<void> Pipe::sleep(Waiting& waiting) {
    Signal woken(link_->executor());
    waiting.asleep = &woken;
    const Woken how = co_await woken.wait();
    waiting.asleep = nullptr;
    if (how == Woken::cancelled) throw Failure(Fault::cancelled, "cancelled", "wait for an answer");
}

// ---- reading --------------------------------------------------------------------------------------------------

asio::awaitable<void> Pipe::read_in_turn(Transport::Duration left) {
    const Turn turn(*this);
    std::string problem = "an answer was cut off";
    bool more = false;
    if (!out_of_step_) {
        try {
            more = co_await read_more(left);
        } catch (const Failure& failure) {
            problem = failure.error().what;
            const bool heals = failure.error().fault == Fault::stalled || failure.error().fault == Fault::timed_out;
            if (!heals) throw;
        }
    }
    if (out_of_step_) {
        ++dropped_;
        co_await start_over(std::move(problem));
        co_return;
    }
    if (!more || frame_.size() < obp::smallest_frame) co_return;
    auto still_to_come = obp::bytes_still_to_come(frame_);
    if (still_to_come && frame_.size() < obp::smallest_frame + *still_to_come) co_return;
    auto reply = obp::decode_reply(std::exchange(frame_, {}));
    if (reply) {
        hand_out(std::move(*reply));
        co_return;
    }
    ++dropped_;
    co_await start_over(std::move(reply.error().what));
}

// Of the frame that has begun; one packet before anything of it has come.
std::size_t Pipe::missing() const {
    if (frame_.size() < obp::smallest_frame) return line_.packet_size;
    const auto still_to_come = obp::bytes_still_to_come(frame_);
    return obp::smallest_frame + still_to_come.value_or(0) - frame_.size();
}

// One transfer. False when nothing of a frame came in time. Whenever it ends otherwise than well, bytes may be lost.
asio::awaitable<bool> Pipe::read_more(Transport::Duration left) {
    const bool begun = !frame_.empty();
    const std::size_t capacity = up_to_multiple(missing(), line_.packet_size);
    out_of_step_ = begun;
    std::optional<Error> error;
    Bytes bytes;
    try {
        bytes = co_await link_->bulk_in(line_.in, capacity, begun ? rest_deadline : left);
    } catch (const Failure& failure) {
        error = failure.error();
    }
    if (error && error->fault == Fault::timed_out && !begun) co_return false;
    out_of_step_ = error ? error->fault == Fault::stalled || begun : bytes.empty();
    if (error) throw Failure(std::move(*error));
    frame_.insert(frame_.end(), bytes.begin(), bytes.end());
    co_return !bytes.empty();
}

void Pipe::hand_out(obp::Frame frame) {
    const auto found = std::ranges::find_if(
        waiting_, [&frame](const Waiting* waiting) { return obp::answers(frame, waiting->request); });
    if (found == waiting_.end()) {
        ++dropped_;
        return;
    }
    if (frame.error == static_cast<std::uint16_t>(obp::Error::deferred)) return;  // neither yes nor no: it will come
    (*found)->reply = std::move(frame);
}

// Whatever was under way may have been thrown away with the rest.
asio::awaitable<void> Pipe::start_over(std::string why) {
    co_await drain_endpoint(*link_, line_.in, silence);
    frame_.clear();
    out_of_step_ = false;
    for (Waiting* waiting : waiting_)
        if (!waiting->reply) waiting->spoilt = why;
}

asio::awaitable<void> Pipe::drain() {
    const Drain mark(*this);
    Waiting for_a_turn;
    const Entry entry(waiting_, for_a_turn);
    while (reading_) co_await sleep(for_a_turn);
    const Turn turn(*this);
    co_await start_over("the answers were thrown away");
}

asio::awaitable<void> Pipe::clear_halt() {
    co_await link_->clear_halt(line_.in, clear_halt_deadline);
    co_await link_->clear_halt(line_.out, clear_halt_deadline);
}

}  // namespace singel::instrument::ocean_obp
