#include "instrument/virtual_link.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "instrument/endpoints.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument {

namespace asio = boost::asio;
namespace device = firmware_bridge::virtual_instrument;
using spectra::core::Failure;
using spectra::core::Fault;

namespace {

// A coroutine that wakes needs a few turns of the executor before it waits again; time must not jump over it.
constexpr int turns_before_time_jumps = 16;

}  // namespace

struct VirtualLink::Pending {
    Pending(asio::any_io_executor executor, std::uint64_t number, std::chrono::nanoseconds until)
        : done(std::move(executor)), id(number), deadline(until) {}
    Signal done;
    std::uint64_t id;
    std::chrono::nanoseconds deadline;
    bool expired = false, completed = false;
    Completion completion;
};

std::shared_ptr<VirtualLink> VirtualLink::make(asio::any_io_executor executor, std::shared_ptr<Device> device,
                                               LinkTime time, std::string address, std::chrono::nanoseconds start) {
    return std::shared_ptr<VirtualLink>(
        new VirtualLink(std::move(executor), std::move(device), time, std::move(address), start));
}

VirtualLink::VirtualLink(asio::any_io_executor executor, std::shared_ptr<Device> device, LinkTime time,
                         std::string address, std::chrono::nanoseconds start)
    : executor_(executor),
      device_(std::move(device)),
      time_(time),
      address_(std::move(address)),
      simulated_now_(start),
      start_(std::chrono::steady_clock::now() - std::chrono::ceil<std::chrono::steady_clock::duration>(start)),
      timer_(executor) {
    device_->on_complete = [this](Completion completion) {
        const auto found = pending_.find(completion.id);
        if (found == pending_.end()) return;
        found->second->completion = std::move(completion);
        found->second->completed = true;
        found->second->done.set();
    };
}

VirtualLink::~VirtualLink() {
    if (!released_) device_->on_complete = nullptr;
}

std::chrono::nanoseconds VirtualLink::now() const {
    if (time_ == LinkTime::simulated) return simulated_now_;
    return std::chrono::steady_clock::now() - start_;
}

BusSpeed VirtualLink::speed() const {
    return device_->descriptors().speed == device::Speed::high ? BusSpeed::high : BusSpeed::full;
}

std::size_t VirtualLink::packet_size(std::uint8_t endpoint) const {
    const auto endpoints = read_endpoints(device_->descriptors().configuration);
    const Endpoint* const found = endpoints ? find_endpoint(*endpoints, endpoint) : nullptr;
    return found == nullptr ? 0 : found->packet_size;
}

void VirtualLink::require_open(const char* operation) const {
    if (released_) throw Failure(Fault::disconnected, "the instrument was closed", operation);
}

std::shared_ptr<VirtualLink::Pending> VirtualLink::begin(Duration deadline) {
    const std::uint64_t id = next_id_++;
    device_->advance(now());
    return pending_.emplace(id, std::make_shared<Pending>(executor_, id, now() + deadline)).first->second;
}

asio::awaitable<VirtualLink::Completion> VirtualLink::finish(std::shared_ptr<Pending> pending,
                                                             const char* operation) {
    const auto self = shared_from_this();
    schedule();
    const Woken woken = co_await pending->done.wait();
    // What came after the deadline but before anybody looked has come.
    const bool in_time = !pending->expired || pending->completed;
    if (woken != Woken::set || !in_time) device_->cancel(pending->id, now());
    pending_.erase(pending->id);
    if (woken != Woken::set) throw Failure(Fault::cancelled, "cancelled", operation);
    const std::string bytes = std::to_string(pending->completion.actual) + " bytes";
    if (!in_time) throw Failure(Fault::timed_out, "no answer in time, " + bytes, operation);
    switch (pending->completion.status) {
        case device::Status::ok: break;
        case device::Status::stall: throw Failure(Fault::stalled, "the endpoint stalled", operation);
        case device::Status::cancelled: throw Failure(Fault::cancelled, "cancelled", operation);
        case device::Status::overflow: throw Failure(Fault::protocol, "more bytes than asked for", operation);
        case device::Status::no_device:
            throw Failure(Fault::disconnected, "the instrument was unplugged", operation, "Plug it in again.");
    }
    co_return std::move(pending->completion);
}

asio::awaitable<std::vector<std::uint8_t>> VirtualLink::control_in(ControlRequest request, std::size_t length,
                                                                   Duration deadline) {
    require_open("control in");
    const auto pending = begin(deadline);
    device_->submit_control(
        pending->id,
        {request.request_type, request.request, request.value, request.index, static_cast<std::uint16_t>(length)}, {},
        now());
    Completion completion = co_await finish(pending, "control in");
    co_return std::move(completion.in);
}

asio::awaitable<void> VirtualLink::control_out(ControlRequest request, std::vector<std::uint8_t> data,
                                               Duration deadline) {
    require_open("control out");
    const auto pending = begin(deadline);
    device_->submit_control(pending->id,
                            {request.request_type, request.request, request.value, request.index,
                             static_cast<std::uint16_t>(data.size())},
                            data, now());
    co_await finish(pending, "control out");
}

asio::awaitable<void> VirtualLink::bulk_out(std::uint8_t endpoint, std::vector<std::uint8_t> data,
                                            Duration deadline) {
    require_open("bulk out");
    const auto pending = begin(deadline);
    device_->submit_bulk_out(pending->id, endpoint, data, now());
    co_await finish(pending, "bulk out");
}

asio::awaitable<std::vector<std::uint8_t>> VirtualLink::bulk_in(std::uint8_t endpoint, std::size_t capacity,
                                                                Duration deadline) {
    require_open("bulk in");
    const auto pending = begin(deadline);
    device_->submit_bulk_in(pending->id, endpoint, capacity, now());
    Completion completion = co_await finish(pending, "bulk in");
    co_return std::move(completion.in);
}

asio::awaitable<void> VirtualLink::clear_halt(std::uint8_t endpoint, Duration) {
    require_open("clear halt");
    device_->clear_halt(endpoint);
    co_await asio::post(executor_, asio::use_awaitable);
}

asio::awaitable<void> VirtualLink::reset(Duration) {
    require_open("reset");
    if (!device_->present()) throw Failure(Fault::disconnected, "the instrument was unplugged", "reset");
    device_->reset(now());
    co_await asio::post(executor_, asio::use_awaitable);
}

asio::awaitable<void> VirtualLink::release(Duration) {
    if (std::exchange(released_, true)) co_return;
    for (const auto& [id, pending] : std::exchange(pending_, {})) {
        device_->cancel(id, now());
        pending->completion.status = device::Status::cancelled;
        pending->done.set();
    }
    device_->on_complete = nullptr;
}

asio::awaitable<void> VirtualLink::wait(Duration duration) {
    const auto self = shared_from_this();
    const auto pending = begin(duration);
    schedule();
    const Woken woken = co_await pending->done.wait();
    pending_.erase(pending->id);
    if (woken != Woken::set) throw Failure(Fault::cancelled, "cancelled", "wait");
}

std::chrono::nanoseconds VirtualLink::next_moment() const {
    auto moment = std::chrono::nanoseconds::max();
    for (const auto& [id, pending] : pending_)
        if (!pending->done.is_set()) moment = std::min(moment, pending->deadline);
    if (moment == std::chrono::nanoseconds::max()) return moment;  // nobody waits
    if (const auto event = device_->next_event()) moment = std::min(moment, *event);
    return moment;
}

void VirtualLink::schedule() {
    if (time_ == LinkTime::simulated) {
        if (!std::exchange(hopping_, true)) hop(turns_before_time_jumps);
        return;
    }
    const auto moment = next_moment();
    if (moment == std::chrono::nanoseconds::max()) return;
    timer_.expires_at(start_ + std::chrono::ceil<std::chrono::steady_clock::duration>(moment));
    timer_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
        const auto self = weak.lock();
        if (self && !error) self->step();
    });
}

void VirtualLink::hop(int left) {
    asio::post(executor_, [weak = weak_from_this(), left] {
        const auto self = weak.lock();
        if (!self) return;
        if (left > 0) return self->hop(left - 1);
        self->hopping_ = false;
        self->step();
    });
}

void VirtualLink::step() {
    const auto moment = next_moment();
    if (moment == std::chrono::nanoseconds::max()) return;
    if (time_ == LinkTime::simulated) simulated_now_ = std::max(simulated_now_, moment);
    device_->advance(now());
    for (const auto& [id, pending] : pending_) {
        if (pending->done.is_set() || pending->deadline > now()) continue;
        pending->expired = true;
        pending->done.set();
    }
    schedule();
}

}  // namespace singel::instrument
