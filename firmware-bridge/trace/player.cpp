#include "firmware-bridge/trace/player.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "firmware-bridge/wire/bytes.hpp"

namespace singel::firmware_bridge::trace {

using virtual_instrument::Completion;
using virtual_instrument::Status;

namespace {

constexpr std::uint8_t direction_in = 0x80;
// How far ahead a control transfer is looked for among those that the host has not repeated yet.
constexpr std::size_t control_window = 64;
// How far back is looked for what an answer depends on: a program keeps no more than a few transfers in flight.
constexpr std::size_t far_back = 1024;

bool same(const virtual_instrument::Setup& a, const virtual_instrument::Setup& b) {
    return a.request_type == b.request_type && a.request == b.request && a.value == b.value && a.index == b.index &&
           a.length == b.length;
}

std::string short_hex(std::span<const std::uint8_t> bytes) {
    constexpr std::size_t enough = 16;
    std::string text = fmt::format("{} bytes", bytes.size());
    for (std::size_t i = 0; i < std::min(bytes.size(), enough); ++i)
        text += fmt::format("{}{:02x}", i == 0 ? " " : "", bytes[i]);
    return bytes.size() > enough ? text + "..." : text;
}

std::string words(const virtual_instrument::Setup& setup, std::span<const std::uint8_t> out) {
    return fmt::format("control {:02x}/{:02x} value {:04x} index {:04x} length {}{}", setup.request_type,
                       setup.request, setup.value, setup.index, setup.length,
                       out.empty() ? std::string() : ", " + short_hex(out));
}

std::string words(const Transfer& transfer) {
    const auto out = transfer.in() ? std::span<const std::uint8_t>() : std::span<const std::uint8_t>(transfer.data);
    if (transfer.control) return words(transfer.setup, out);
    return transfer.in() ? fmt::format("a read of {} bytes from {:02x}", transfer.asked, transfer.endpoint)
                         : fmt::format("{} to {:02x}", short_hex(out), transfer.endpoint);
}

}  // namespace

// Completions are delivered when the outermost call ends, so that a receiver may submit or cancel from within.
class Player::Delivery {
public:
    Delivery(Player& player, Clock now) : player_(player) {
        ++player.depth_;
        player.now_ = std::max(player.now_, now);
    }
    Delivery(const Delivery&) = delete;
    Delivery& operator=(const Delivery&) = delete;
    ~Delivery() {
        auto& first = player_.first_open_;
        while (first < player_.steps_.size() && player_.steps_[first].started) ++first;
        if (player_.depth_ == 1) player_.answer_reads();
        while (player_.depth_ == 1 && !player_.finished_.empty()) {
            for (Completion& completion : std::exchange(player_.finished_, {}))
                if (player_.on_complete) player_.on_complete(std::move(completion));
            player_.answer_reads();
        }
        --player_.depth_;
    }

private:
    Player& player_;
};

Player::Player(Trace trace, std::string name, Complain complain)
    : header_(std::move(trace.header)), name_(std::move(name)), complain_(std::move(complain)) {
    for (Entry& entry : trace.entries) {
        if (auto* transfer = std::get_if<Transfer>(&entry.what))
            steps_.push_back({std::move(*transfer), entry.line, false, std::nullopt});
    }
}

std::size_t Player::next_of(std::uint8_t endpoint, std::size_t from) const {
    const auto first = static_cast<std::ptrdiff_t>(std::max(from, first_open_));
    const auto found = std::find_if(steps_.begin() + first, steps_.end(), [endpoint](const Step& step) {
        const bool here = step.transfer.control ? endpoint % direction_in == 0 : step.transfer.endpoint == endpoint;
        return !step.started && here;
    });
    return static_cast<std::size_t>(found - steps_.begin());
}

std::optional<std::size_t> Player::find_control(const Setup& setup, std::span<const std::uint8_t> out) const {
    std::size_t at = next_of(0);
    for (std::size_t seen = 0; at < steps_.size() && seen < control_window; ++seen, at = next_of(0, at + 1)) {
        const Transfer& transfer = steps_[at].transfer;
        if (!same(transfer.setup, setup)) continue;
        if (transfer.in() || std::equal(transfer.data.begin(), transfer.data.end(), out.begin(), out.end()))
            return at;
    }
    return std::nullopt;
}

std::optional<std::size_t> Player::last_answer(const Setup& setup) const {
    const std::size_t end = std::min(first_open_ + control_window, steps_.size());
    for (std::size_t i = end; i > 0 && end - i < far_back; --i) {
        const Step& step = steps_[i - 1];
        if (step.done && step.transfer.control && same(step.transfer.setup, setup)) return i - 1;
    }
    return std::nullopt;
}

// Nothing where the next answer to this read is due: no command lies before it that the host has yet to send.
std::optional<std::size_t> Player::answer_to_repeat(const Setup& setup, std::optional<std::size_t> next) const {
    const bool in = (setup.request_type & direction_in) != 0;
    bool later = !next;
    for (std::size_t i = first_open_; next && i < *next && !later; ++i)
        later = !steps_[i].started && !steps_[i].transfer.in();
    return in && later ? last_answer(setup) : std::nullopt;
}

void Player::pass_over_polls(std::size_t before) {
    for (std::size_t i = first_open_; i < before; ++i) {
        const Transfer& transfer = steps_[i].transfer;
        const bool open_read = transfer.control && transfer.in() && !steps_[i].started;
        if (!open_read || !last_answer(transfer.setup)) continue;
        steps_[i].started = true;
        ++passed_over_;
    }
}

void Player::finish(TransferId id, std::size_t step) {
    Step& played = steps_[step];
    played.done = now_;
    ++played_;
    finished_.push_back({id, played.transfer.status, played.transfer.actual,
                         played.transfer.in() ? played.transfer.data : std::vector<std::uint8_t>()});
    if (played.transfer.status == Status::no_device) unplug(now_);
}

// Answers as late as it was answered then; a transfer that was given up then is answered by nobody now.
void Player::play(TransferId id, std::size_t step) {
    steps_[step].started = true;
    held_[id] = step;
    if (steps_[step].transfer.status == Status::cancelled) return;
    timers_.at(now_ + steps_[step].transfer.took, [this, id](Clock) {
        if (const auto held = held_.extract(id)) finish(id, held.mapped());
    });
    timers_.run(now_);
}

void Player::mismatch(TransferId id, std::uint8_t endpoint, const std::string& got) {
    ++mismatches_;
    const std::size_t next = next_of(endpoint);
    complain_(next < steps_.size()
                  ? fmt::format("{} line {}: expected {}, got {}", name_, steps_[next].line,
                                words(steps_[next].transfer), got)
                  : fmt::format("{}: expected nothing more for endpoint {:02x}, got {}", name_, endpoint, got));
    finished_.push_back({id, Status::stall, 0, {}});
}

std::optional<std::vector<std::uint8_t>> Player::descriptor(const Setup& setup) const {
    constexpr std::uint8_t from_device = 0x80, get_descriptor = 6;
    constexpr unsigned device = 1, configuration = 2, string = 3;
    if (setup.request_type != from_device || setup.request != get_descriptor) return std::nullopt;
    const unsigned type = setup.value >> 8, index = setup.value & 0xFF;
    const auto& descriptors = header_.descriptors;
    std::vector<std::uint8_t> bytes;
    if (type == device) bytes = descriptors.device;
    if (type == configuration) bytes = descriptors.configuration;
    if (type == string && index == 0) bytes = {4, 3, 0x09, 0x04};
    if (type == string && index >= 1 && index <= descriptors.strings.size()) {
        const std::string& text = descriptors.strings[index - 1];
        wire::Writer writer;
        writer.u8(static_cast<std::uint8_t>(2 + 2 * text.size())).u8(string);
        for (const char letter : text) writer.u16le(static_cast<std::uint8_t>(letter));
        bytes = writer.bytes();
    }
    if (bytes.empty()) return std::nullopt;
    bytes.resize(std::min<std::size_t>(bytes.size(), setup.length));
    return bytes;
}

void Player::submit_control(TransferId id, const Setup& setup, std::span<const std::uint8_t> out, Clock now) {
    const Delivery delivery(*this, now);
    if (!present_) return finished_.push_back({id, Status::no_device, 0, {}});
    const auto step = find_control(setup, out);
    if (const auto again = answer_to_repeat(setup, step)) {
        const Transfer& last = steps_[*again].transfer;
        ++repeated_;
        return finished_.push_back({id, last.status, last.actual, last.data});
    }
    if (step && !steps_[*step].transfer.in()) pass_over_polls(*step);
    if (step) return play(id, *step);
    if (auto bytes = descriptor(setup))
        return finished_.push_back({id, Status::ok, bytes->size(), std::move(*bytes)});
    const bool standard_setting = (setup.request_type & 0xE0) == 0;  // configuration, interface, feature
    if (standard_setting) return finished_.push_back({id, Status::ok, 0, {}});
    mismatch(id, 0, words(setup, out));
}

void Player::submit_bulk_out(TransferId id, std::uint8_t endpoint, std::span<const std::uint8_t> data, Clock now) {
    const Delivery delivery(*this, now);
    if (!present_) return finished_.push_back({id, Status::no_device, 0, {}});
    const std::size_t step = next_of(endpoint);
    const bool right =
        step < steps_.size() &&
        std::equal(data.begin(), data.end(), steps_[step].transfer.data.begin(), steps_[step].transfer.data.end());
    if (right) return play(id, step);
    mismatch(id, endpoint, fmt::format("{} to {:02x}", short_hex(data), endpoint));
}

void Player::submit_bulk_in(TransferId id, std::uint8_t endpoint, std::size_t capacity, Clock now) {
    const Delivery delivery(*this, now);
    if (!present_) return finished_.push_back({id, Status::no_device, 0, {}});
    const std::size_t step = next_of(endpoint);
    // Beyond the end of the trace the instrument has nothing more to say.
    if (step < steps_.size() && capacity < steps_[step].transfer.actual)
        return mismatch(id, endpoint, fmt::format("a read of {} bytes from {:02x}", capacity, endpoint));
    if (step < steps_.size()) steps_[step].started = true;
    reads_[id] = {step, capacity, now_};
}

// When a read may be answered: not before everything that was sent before it.
std::optional<Player::Clock> Player::ready(const Read& read) const {
    if (read.step >= steps_.size()) return std::nullopt;
    const Transfer& transfer = steps_[read.step].transfer;
    if (transfer.status == Status::cancelled) return std::nullopt;
    Clock after = read.since, wait = transfer.took;
    for (std::size_t i = first_open_ > far_back ? first_open_ - far_back : 0; i < read.step; ++i) {
        const Step& before = steps_[i];
        const bool counts = !before.transfer.in() || before.transfer.endpoint == transfer.endpoint;
        if (!counts) continue;
        if (!before.done) return std::nullopt;
        if (*before.done < after) continue;
        after = *before.done;
        wait = std::min<Clock>(transfer.took, transfer.at - before.transfer.at);
    }
    return after + std::max(wait, Clock::zero());
}

void Player::answer_reads() {
    for (auto read = reads_.begin(); read != reads_.end();) {
        const auto when = ready(read->second);
        if (!when || *when > now_) {
            ++read;
            continue;
        }
        finish(read->first, read->second.step);
        if (!present_) return;  // that answer was an unplug, which has ended every read
        read = reads_.erase(read);
    }
}

bool Player::cancel(TransferId id, Clock now) {
    const Delivery delivery(*this, now);
    std::size_t step = steps_.size();
    if (const auto read = reads_.extract(id)) {
        step = read.mapped().step;
    } else if (const auto held = held_.extract(id)) {
        step = held.mapped();
    } else {
        return false;
    }
    Completion completion{id, Status::cancelled, 0, {}};
    if (step < steps_.size()) {
        Step& given_up = steps_[step];
        const bool as_then = given_up.transfer.status == Status::cancelled;
        if (as_then) {
            given_up.done = now_;
            ++played_;
            if (given_up.transfer.in()) completion.in = given_up.transfer.data;
            completion.actual = given_up.transfer.actual;
        } else {
            given_up.started = false;  // the next reader gets it
            first_open_ = std::min(first_open_, step);
        }
    }
    finished_.push_back(std::move(completion));
    return true;
}

void Player::clear_halt(std::uint8_t endpoint) {
    const Delivery delivery(*this, now_);
    constexpr std::uint8_t to_endpoint = 2, clear_feature = 1;
    const auto step = find_control({to_endpoint, clear_feature, 0, endpoint, 0}, {});
    if (!step) return;
    steps_[*step].started = true;
    steps_[*step].done = now_;
    ++played_;
}

void Player::end_all(Status status) {
    for (const auto& [id, read] : std::exchange(reads_, {})) finished_.push_back({id, status, 0, {}});
    for (const auto& [id, step] : std::exchange(held_, {})) finished_.push_back({id, status, 0, {}});
}

void Player::reset(Clock now) {
    const Delivery delivery(*this, now);
    end_all(Status::cancelled);
}

void Player::unplug(Clock now) {
    const Delivery delivery(*this, now);
    if (!std::exchange(present_, false)) return;
    end_all(Status::no_device);
}

void Player::plug(Clock now) {
    const Delivery delivery(*this, now);
    present_ = true;
}

std::optional<Player::Clock> Player::next_event() const {
    std::optional<Clock> next = timers_.next();
    for (const auto& [id, read] : reads_) {
        const auto when = ready(read);
        if (when && (!next || *when < *next)) next = when;
    }
    return next;
}

void Player::advance(Clock now) {
    const Delivery delivery(*this, now);
    timers_.run(now_);
}

}  // namespace singel::firmware_bridge::trace
