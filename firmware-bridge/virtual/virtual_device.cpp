#include "firmware-bridge/virtual/virtual_device.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace singel::firmware_bridge::virtual_instrument {

namespace {

constexpr std::chrono::milliseconds default_delay{500}, default_pause{2000}, default_absence{300};
constexpr std::uint8_t class_bits = 0x60, vendor_bits = 0x40, direction_in = 0x80;

template <class Owner>
struct Flag {
    FaultKind kind;
    bool Owner::*flag;
};

constexpr std::array next_flags{
    Flag<Conditions>{FaultKind::stale, &Conditions::next_frame_stale},
    Flag<Conditions>{FaultKind::laser_off_lost, &Conditions::next_laser_off_lost},
    Flag<Conditions>{FaultKind::rotated_frame, &Conditions::next_frame_rotated},
    Flag<Conditions>{FaultKind::flat_frame, &Conditions::next_frame_flat},
    Flag<Conditions>{FaultKind::second_half_stalled, &Conditions::next_second_half_stalled},
    Flag<Conditions>{FaultKind::wrong_regarding, &Conditions::next_regarding_wrong},
    Flag<Conditions>{FaultKind::wrong_checksum, &Conditions::next_checksum_wrong}};

constexpr std::array states{Flag<Conditions>{FaultKind::interlock_open, &Conditions::interlock_open},
                            Flag<Conditions>{FaultKind::laser_off_lost, &Conditions::every_laser_off_lost},
                            Flag<Conditions>{FaultKind::all_ones_memory, &Conditions::all_ones_memory},
                            Flag<Conditions>{FaultKind::unterminated_text, &Conditions::unterminated_text},
                            Flag<Conditions>{FaultKind::nan_coefficient, &Conditions::nan_coefficient},
                            Flag<Conditions>{FaultKind::comma_coefficient, &Conditions::comma_coefficient},
                            Flag<Conditions>{FaultKind::swapped_registers, &Conditions::swapped_registers},
                            Flag<Conditions>{FaultKind::dead_watchdog, &Conditions::watchdog_dead},
                            Flag<Conditions>{FaultKind::stuck_temperature, &Conditions::temperature_stuck},
                            Flag<Conditions>{FaultKind::reset_leaves_bus, &Conditions::reset_leaves_bus},
                            Flag<Conditions>{FaultKind::old_reply, &Conditions::old_reply},
                            Flag<Conditions>{FaultKind::left_averaging, &Conditions::left_averaging}};

constexpr std::array frame_spoils{std::pair{FaultKind::drop_last, Spoil::drop_last},
                                  std::pair{FaultKind::extra_byte, Spoil::extra_byte},
                                  std::pair{FaultKind::short_packet, Spoil::short_packet}};

std::map<std::uint8_t, std::size_t> packet_sizes(const Descriptors& descriptors) {
    constexpr std::uint8_t endpoint_type = 5;
    std::map<std::uint8_t, std::size_t> sizes;
    const auto& bytes = descriptors.configuration;
    for (std::size_t at = 0; at + 5 < bytes.size() && bytes[at] >= 2; at += bytes[at]) {
        if (bytes[at + 1] == endpoint_type) sizes[bytes[at + 2]] = bytes[at + 4] | bytes[at + 5] << 8;
    }
    return sizes;
}

void cut(std::vector<std::uint8_t>& bytes) {
    bytes.resize(bytes.size() / 2);
}

// A long reply loses its last byte (the sync byte of a spectrum), a short one its first (the echoed opcode).
void change_a_byte(std::vector<std::uint8_t>& bytes) {
    if (bytes.empty()) return;
    constexpr std::size_t long_reply = 64;
    (bytes.size() > long_reply ? bytes.back() : bytes.front()) ^= 0x5A;
}

}  // namespace

class VirtualDevice::Delivery {
public:
    Delivery(VirtualDevice& device, Clock now) : device_(device) {
        ++device_.depth_;
        device_.now_ = std::max(device_.now_, now);
        if (device_.depth_ > 1) return;
        device_.run_timers();
    }
    Delivery(const Delivery&) = delete;
    Delivery& operator=(const Delivery&) = delete;
    ~Delivery() {
        while (device_.depth_ == 1 && !device_.done_.empty()) {
            Completion completion = std::move(device_.done_.front());
            device_.done_.pop_front();
            if (device_.on_complete) device_.on_complete(std::move(completion));
        }
        --device_.depth_;
    }

private:
    VirtualDevice& device_;
};

VirtualDevice::VirtualDevice(Descriptors descriptors, Faults faults, const MakeFirmware& make_firmware)
    : descriptors_(std::move(descriptors)),
      faults_(std::move(faults)),
      endpoints_(packet_sizes(descriptors_), [this](Completion completion) { finish(std::move(completion)); }),
      firmware_(make_firmware(Port{endpoints_, timers_, conditions_, [this](Clock now, Clock away) {
                                       bus_timers_.at(now, [this, away](Clock when) { leave_for(when, away); });
                                   }})) {
    firmware_->power_up(now_);
    for (const InjectedFault& fault : faults_) {
        if (fault.at == 0) set_state(fault);
    }
}

// Firmware and bus keep time together: whoever is due first acts first.
void VirtualDevice::run_timers() {
    for (;;) {
        const std::optional<Clock> due = next_event();
        if (!due || *due > now_) return;
        timers_.run(*due);
        bus_timers_.run(*due);
    }
}

void VirtualDevice::submit_control(TransferId id, const Setup& setup, std::span<const std::uint8_t> out, Clock now) {
    const Delivery delivery(*this, now);
    const Exchange exchange = count_exchange();
    if (!present_) return finish({id, Status::no_device, 0, {}});
    if (exchange.stall) return finish({id, Status::stall, 0, {}});
    when_awake(id, [this, id, setup, exchange, data = std::vector(out.begin(), out.end())] {
        take_control(id, setup, data, exchange);
    });
}

void VirtualDevice::take_control(TransferId id, const Setup& setup, std::span<const std::uint8_t> out,
                                 const Exchange& exchange) {
    const bool in = (setup.request_type & direction_in) != 0;
    if (exchange.lose && in) {
        unanswered_.insert(id);
        return;
    }
    if (exchange.duplicate) control(setup, out);
    Reply reply = exchange.lose ? Reply{} : control(setup, out);
    if (reply.answer == Answer::silent) {
        unanswered_.insert(id);
        return;
    }
    if (reply.answer == Answer::stall) return finish({id, Status::stall, 0, {}});
    if (reply.in.size() > setup.length) reply.in.resize(setup.length);
    if (exchange.truncate) cut(reply.in);
    if (exchange.corrupt) change_a_byte(reply.in);
    const std::size_t actual = in ? reply.in.size() : out.size();
    finish_at({id, Status::ok, actual, std::move(reply.in)}, std::max(reply.ready, now_) + exchange.late);
}

void VirtualDevice::submit_bulk_out(TransferId id, std::uint8_t endpoint, std::span<const std::uint8_t> data,
                                    Clock now) {
    const Delivery delivery(*this, now);
    const Exchange exchange = count_exchange();
    if (!present_) return finish({id, Status::no_device, 0, {}});
    if (!endpoints_.has(endpoint) || (endpoint & direction_in) != 0) return finish({id, Status::stall, 0, {}});
    if (exchange.stall) endpoints_.halt(endpoint);
    if (endpoints_.halted(endpoint)) return finish({id, Status::stall, 0, {}});
    when_awake(id, [this, id, endpoint, exchange, received = std::vector(data.begin(), data.end())]() mutable {
        finish_at({id, Status::ok, received.size(), {}}, now_ + exchange.late);
        if (exchange.lose) return;
        if (exchange.truncate) cut(received);
        if (exchange.corrupt) change_a_byte(received);
        if (exchange.duplicate) firmware_->bulk_out(endpoint, received, now_);
        firmware_->bulk_out(endpoint, received, now_);
    });
}

// Firmware that pauses takes no packet: the host's transfer waits.
void VirtualDevice::when_awake(TransferId id, std::function<void()> act) {
    if (now_ >= awake_at_) return act();
    asleep_[id] = std::move(act);
    bus_timers_.at(awake_at_, [this, id](Clock) {
        auto found = asleep_.extract(id);
        if (!found.empty()) found.mapped()();
    });
}

void VirtualDevice::pause(Clock duration) {
    awake_at_ = std::max(awake_at_, now_ + duration);
    endpoints_.hold_all(true);
    bus_timers_.at(awake_at_, [this](Clock when) {
        if (when >= awake_at_) endpoints_.hold_all(false);
    });
}

void VirtualDevice::submit_bulk_in(TransferId id, std::uint8_t endpoint, std::size_t capacity, Clock now) {
    const Delivery delivery(*this, now);
    const Exchange exchange = count_exchange();
    if (!present_) return finish({id, Status::no_device, 0, {}});
    if (!endpoints_.has(endpoint) || (endpoint & direction_in) == 0) return finish({id, Status::stall, 0, {}});
    if (exchange.stall) endpoints_.halt(endpoint);
    if (exchange.truncate || exchange.corrupt || exchange.duplicate) reads_at_fault_[id] = {exchange, endpoint};
    if (exchange.late > Clock::zero()) {
        endpoints_.hold(endpoint, true);
        bus_timers_.at(now_ + exchange.late, [this, endpoint](Clock) { endpoints_.hold(endpoint, false); });
    }
    endpoints_.read(id, endpoint, capacity);
}

bool VirtualDevice::cancel(TransferId id, Clock now) {
    const Delivery delivery(*this, now);
    if (std::optional<Completion> read = endpoints_.withdraw(id)) {
        reads_at_fault_.erase(id);
        done_.push_back(std::move(*read));
        return true;
    }
    if (held_.erase(id) + unanswered_.erase(id) + asleep_.erase(id) == 0) return false;
    done_.push_back({id, Status::cancelled, 0, {}});
    return true;
}

void VirtualDevice::clear_halt(std::uint8_t endpoint) {
    const Delivery delivery(*this, now_);
    endpoints_.clear_halt(endpoint);
}

void VirtualDevice::reset(Clock now) {
    const Delivery delivery(*this, now);
    if (!present_) return;
    drop_transfers(Status::cancelled);
    endpoints_.flush_all();
    endpoints_.clear_halts();
    configuration_ = 1;
    firmware_->bus_reset(now_);
}

void VirtualDevice::unplug(Clock now) {
    const Delivery delivery(*this, now);
    if (!present_) return;
    present_ = false;
    firmware_->power_down(now_);
    timers_.clear();
    endpoints_.flush_all();
    drop_transfers(Status::no_device);
}

void VirtualDevice::plug(Clock now) {
    const Delivery delivery(*this, now);
    if (present_) return;
    present_ = true;
    configuration_ = 1;
    awake_at_ = now_;
    endpoints_.hold_all(false);
    endpoints_.clear_halts();
    firmware_->power_up(now_);
}

std::optional<Clock> VirtualDevice::next_event() const {
    const std::optional<Clock> firmware = timers_.next(), bus = bus_timers_.next();
    if (!firmware || !bus) return firmware ? firmware : bus;
    return std::min(*firmware, *bus);
}

void VirtualDevice::advance(Clock now) {
    const Delivery delivery(*this, now);
}

void VirtualDevice::trigger(Clock now) {
    const Delivery delivery(*this, now);
    if (present_) firmware_->trigger(now_);
}

Truth VirtualDevice::truth() const {
    Truth truth = firmware_->truth();
    truth.exchanges = exchanges_;
    return truth;
}

void VirtualDevice::inject(const InjectedFault& fault, Clock now) {
    const Delivery delivery(*this, now);
    faults_.push_back(fault);
    if (fault.at != 0) return;
    if (!set_state(fault)) faults_.back().at = exchanges_ + 1;
}

VirtualDevice::Exchange VirtualDevice::count_exchange() {
    ++exchanges_;
    Exchange exchange;
    for (std::size_t i = 0; i < faults_.size(); ++i) {
        if (faults_[i].at == exchanges_) apply(faults_[i], exchange);
    }
    return exchange;
}

void VirtualDevice::apply(const InjectedFault& fault, Exchange& exchange) {
    static constexpr std::array exchange_flags{
        Flag<Exchange>{FaultKind::stall, &Exchange::stall}, Flag<Exchange>{FaultKind::truncate, &Exchange::truncate},
        Flag<Exchange>{FaultKind::corrupt, &Exchange::corrupt}, Flag<Exchange>{FaultKind::lose, &Exchange::lose},
        Flag<Exchange>{FaultKind::duplicate, &Exchange::duplicate}};
    const bool timed = fault.duration.count() > 0;
    for (const auto& [kind, flag] : exchange_flags) {
        if (kind == fault.kind) exchange.*flag = true;
    }
    for (const auto& [kind, flag] : next_flags) {
        if (kind == fault.kind) conditions_.*flag = true;
    }
    for (const auto& [kind, spoil] : frame_spoils) {
        if (kind == fault.kind) endpoints_.spoil_next_frame(spoil);
    }
    switch (fault.kind) {
        case FaultKind::delay: exchange.late = timed ? fault.duration : default_delay; return;
        case FaultKind::deferred: conditions_.next_deferred = timed ? fault.duration : default_delay; return;
        case FaultKind::pause: return pause(timed ? fault.duration : default_pause);
        case FaultKind::re_enumerate: return leave_for(now_, timed ? fault.duration : default_absence);
        case FaultKind::unplug: return timed ? leave_for(now_, fault.duration) : unplug(now_);
        case FaultKind::laser_off_lost: return;  // the next one only
        default: set_state(fault);
    }
}

void VirtualDevice::leave_for(Clock now, Clock away) {
    unplug(now);
    bus_timers_.at(now + away, [this](Clock when) { plug(when); });
}

// False for a fault that is no state.
bool VirtualDevice::set_state(const InjectedFault& fault) {
    const auto state = std::ranges::find(states, fault.kind, &Flag<Conditions>::kind);
    if (state == states.end()) return false;
    conditions_.*state->flag = true;
    firmware_->conditions_changed(now_);
    if (fault.kind == FaultKind::interlock_open && fault.duration.count() > 0) {
        bus_timers_.at(now_ + fault.duration, [this](Clock when) {
            conditions_.interlock_open = false;
            firmware_->conditions_changed(when);
        });
    }
    return true;
}

// What the endpoints finish; a read that a fault was laid on is spoilt here.
void VirtualDevice::finish(Completion completion) {
    const auto found = reads_at_fault_.find(completion.id);
    if (found != reads_at_fault_.end()) {
        const auto& [exchange, endpoint] = found->second;
        if (exchange.duplicate && completion.status == Status::ok) endpoints_.send(endpoint, completion.in);
        if (exchange.truncate) cut(completion.in);
        if (exchange.corrupt) change_a_byte(completion.in);
        completion.actual = completion.in.size();
        reads_at_fault_.erase(found);
    }
    done_.push_back(std::move(completion));
}

void VirtualDevice::finish_at(Completion completion, Clock ready) {
    if (ready <= now_) return finish(std::move(completion));
    const TransferId id = completion.id;
    held_[id] = std::move(completion);
    bus_timers_.at(ready, [this, id](Clock) {
        const auto found = held_.find(id);
        if (found == held_.end()) return;
        done_.push_back(std::move(found->second));
        held_.erase(found);
    });
}

void VirtualDevice::drop_transfers(Status status) {
    endpoints_.end_all_reads(status);
    for (const auto& [id, completion] : std::exchange(held_, {})) done_.push_back({id, status, 0, {}});
    for (const TransferId id : std::exchange(unanswered_, {})) done_.push_back({id, status, 0, {}});
    for (const auto& [id, act] : std::exchange(asleep_, {})) done_.push_back({id, status, 0, {}});
}

Reply VirtualDevice::control(const Setup& setup, std::span<const std::uint8_t> out) {
    const std::uint8_t kind = setup.request_type & class_bits;
    if (kind == 0) return standard_request(setup);
    if (kind == vendor_bits) return firmware_->vendor_request(setup, out, now_);
    return {Answer::stall, {}, {}};
}

}  // namespace singel::firmware_bridge::virtual_instrument
