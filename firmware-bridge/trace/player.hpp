#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "firmware-bridge/trace/trace.hpp"
#include "firmware-bridge/virtual/timers.hpp"

namespace singel::firmware_bridge::trace {

// A device that plays a trace back to a host that asks again what was asked then. What the host sends must be the
// next thing that it sent to that endpoint; control transfers may change places with a few others. Programs poll as
// time allows: a control read that is asked more often than then, before the host goes on, is answered as the last
// time; one that is asked less often is passed over when the host goes on. Both are counted. A bulk read is answered
// once everything that was sent before it has been sent again, no earlier after that than it was then. Descriptors
// are answered from the header whenever they are asked for. Anything else is a mismatch: it is told and stalls.
class Player final : public virtual_instrument::UsbDevice {
public:
    using Clock = virtual_instrument::Clock;
    using TransferId = virtual_instrument::TransferId;
    using Setup = virtual_instrument::Setup;
    using Complain = std::function<void(const std::string& sentence)>;

    // name: of the trace's file, for complaints ("FILE line 123: expected …, got …").
    Player(Trace trace, std::string name, Complain complain);

    const virtual_instrument::Descriptors& descriptors() const override { return header_.descriptors; }
    void submit_control(TransferId id, const Setup& setup, std::span<const std::uint8_t> out, Clock now) override;
    void submit_bulk_out(TransferId id, std::uint8_t endpoint, std::span<const std::uint8_t> data,
                         Clock now) override;
    void submit_bulk_in(TransferId id, std::uint8_t endpoint, std::size_t capacity, Clock now) override;
    bool cancel(TransferId id, Clock now) override;
    void clear_halt(std::uint8_t endpoint) override;
    void reset(Clock now) override;
    void unplug(Clock now) override;
    void plug(Clock now) override;
    bool present() const override { return present_; }
    std::optional<Clock> next_event() const override;
    void advance(Clock now) override;

    std::size_t transfers() const { return steps_.size(); }
    std::size_t played() const { return played_; }
    std::size_t repeated() const { return repeated_; }        // answers given once more
    std::size_t passed_over() const { return passed_over_; }  // reads that were not asked again
    std::size_t mismatches() const { return mismatches_; }

private:
    struct Step {
        Transfer transfer;
        std::size_t line = 0;
        bool started = false;  // a request of the host was matched with it
        std::optional<Clock> done;
    };
    struct Read {  // a bulk read that waits for its step
        std::size_t step = 0;
        std::size_t room = 0;
        Clock since{0};
    };
    class Delivery;

    std::size_t next_of(std::uint8_t endpoint, std::size_t from = 0) const;  // first step not started
    std::optional<std::size_t> find_control(const Setup& setup, std::span<const std::uint8_t> out) const;
    std::optional<std::size_t> last_answer(const Setup& setup) const;
    std::optional<std::size_t> answer_to_repeat(const Setup& setup, std::optional<std::size_t> next) const;
    void pass_over_polls(std::size_t before);
    void play(TransferId id, std::size_t step);
    void finish(TransferId id, std::size_t step);
    void mismatch(TransferId id, std::uint8_t endpoint, const std::string& got);
    std::optional<std::vector<std::uint8_t>> descriptor(const Setup& setup) const;
    std::optional<Clock> ready(const Read& read) const;
    void answer_reads();
    void end_all(virtual_instrument::Status status);

    Header header_;
    std::string name_;
    Complain complain_;
    std::vector<Step> steps_;
    std::map<TransferId, Read> reads_;
    std::map<TransferId, std::size_t> held_;  // answered by a timer
    virtual_instrument::Timers timers_;
    std::vector<virtual_instrument::Completion> finished_;
    Clock now_{0};
    std::size_t first_open_ = 0;  // every step before it was started
    std::size_t played_ = 0, repeated_ = 0, passed_over_ = 0, mismatches_ = 0;
    int depth_ = 0;
    bool present_ = true;
};

}  // namespace singel::firmware_bridge::trace
