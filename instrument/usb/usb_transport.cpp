#include "instrument/usb/usb_transport.hpp"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>
#include <libusb-1.0/libusb.h>
#include <span>

#include "instrument/usb/enumerate.hpp"
#include "instrument/usb/errors.hpp"

namespace singel::instrument::usb {

namespace asio = boost::asio;
using spectra::core::Failure;
using spectra::core::Fault;
using namespace std::chrono_literals;

namespace {

// How long a caller waits for a cancelled transfer to come back with what it had; it must be free within 100 ms.
constexpr auto give_back = 60ms;

// USB 2.0, table 9-13.
constexpr std::uint8_t kind_bits = 3;
constexpr std::uint16_t packet_size_bits = 0x07FF;

BusSpeed speed_of(libusb_device_handle* handle) {
    switch (libusb_get_device_speed(libusb_get_device(handle))) {
        case LIBUSB_SPEED_FULL: return BusSpeed::full;
        case LIBUSB_SPEED_HIGH: return BusSpeed::high;
        case LIBUSB_SPEED_SUPER:
        case LIBUSB_SPEED_SUPER_PLUS: return BusSpeed::super;
        default: return BusSpeed::unknown;
    }
}

}  // namespace

struct UsbTransport::Handle {
    std::shared_ptr<Context> context;
    libusb_device_handle* raw = nullptr;
    bool claimed = false;
    std::vector<Endpoint> endpoints;

    Handle(std::shared_ptr<Context> owner, libusb_device_handle* handle) : context(std::move(owner)), raw(handle) {}
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() {
        if (claimed) libusb_release_interface(raw, 0);
        libusb_close(raw);
    }
};

struct UsbTransport::Transfer {
    Transfer(asio::any_io_executor e, std::shared_ptr<Handle> h, const char* name)
        : done(e), executor(e), handle(std::move(h)), operation(name) {}
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;
    ~Transfer() { libusb_free_transfer(raw); }

    Signal done;
    asio::any_io_executor executor;
    std::shared_ptr<Handle> handle;
    const char* operation;
    libusb_transfer* raw = libusb_alloc_transfer(0);
    std::vector<std::uint8_t> buffer;
    std::shared_ptr<Transfer> in_libusb;  // itself, while libusb has it
    bool taken_back = false;              // cancelled by somebody else than its caller

    static void LIBUSB_CALL completed(libusb_transfer* raw) {
        auto self = std::move(static_cast<Transfer*>(raw->user_data)->in_libusb);
        const auto executor = self->executor;
        asio::post(executor, [self = std::move(self)] { self->done.set(); });
    }
};

// ---- open and close -------------------------------------------------------------------------------------------

namespace {

libusb_device_handle* open_raw(libusb_context* context, Address address, int& code) {
    libusb_device** list = nullptr;
    const auto count = libusb_get_device_list(context, &list);
    libusb_device_handle* handle = nullptr;
    code = count < 0 ? static_cast<int>(count) : LIBUSB_ERROR_NO_DEVICE;
    for (ssize_t i = 0; i < count; ++i)
        if (libusb_get_bus_number(list[i]) == address.bus && libusb_get_device_address(list[i]) == address.device)
            code = libusb_open(list[i], &handle);
    libusb_free_device_list(list, 1);
    return handle;
}

// set_configuration resets the device's endpoints: only when it was never configured.
int claim_raw(libusb_device_handle* handle, Claim claim) {
    if (claim == Claim::for_a_moment) return libusb_claim_interface(handle, 0);
    libusb_set_auto_detach_kernel_driver(handle, 1);
    int configuration = 0;
    if (libusb_get_configuration(handle, &configuration) == 0 && configuration == 0)
        libusb_set_configuration(handle, 1);
    return libusb_claim_interface(handle, 0);
}

// Read by the system when the device was plugged in: asks the device nothing. Empty for what cannot be read.
std::vector<Endpoint> endpoints_of(libusb_device_handle* handle) {
    libusb_config_descriptor* raw = nullptr;
    if (libusb_get_active_config_descriptor(libusb_get_device(handle), &raw) != 0) return {};
    const std::unique_ptr<libusb_config_descriptor, decltype(&libusb_free_config_descriptor)> configuration(
        raw, &libusb_free_config_descriptor);
    std::vector<Endpoint> endpoints;
    if (raw->bNumInterfaces > 0 && raw->interface[0].num_altsetting > 0) {
        const libusb_interface_descriptor& first = raw->interface[0].altsetting[0];
        for (const libusb_endpoint_descriptor& one : std::span(first.endpoint, first.bNumEndpoints))
            endpoints.push_back({one.bEndpointAddress, static_cast<TransferKind>(one.bmAttributes & kind_bits),
                                 static_cast<std::uint16_t>(one.wMaxPacketSize & packet_size_bits)});
    }
    return endpoints;
}

// How long what ended in this fault is tried again.
std::chrono::milliseconds patience(Fault fault, Claim claim) {
    if (fault == Fault::input_output || fault == Fault::disconnected) return 1000ms;
    return fault == Fault::busy && claim == Claim::interface_0 ? 200ms : 0ms;
}

}  // namespace

asio::awaitable<std::shared_ptr<UsbTransport>> UsbTransport::open(Address address, std::string id, Claim claim) {
    const auto executor = co_await asio::this_coro::executor;
    const auto context = Context::get();
    const auto attempt = [context, address, claim]() -> std::shared_ptr<Handle> {
        int code = 0;
        libusb_device_handle* raw = open_raw(context->raw(), address, code);
        if (raw == nullptr) throw failure_of_code(code, "open");
        auto handle = std::make_shared<Handle>(context, raw);
        if (claim != Claim::nothing) {
            if (code = claim_raw(raw, claim); code != 0) throw failure_of_code(code, "claim");
            handle->claimed = true;
        }
        handle->endpoints = endpoints_of(raw);
        if (claim == Claim::interface_0)
            spectra::core::value_or_throw(check_endpoints(handle->endpoints, speed_of(raw)));
        return handle;
    };
    const auto start = Signal::Clock::now();
    for (;;) {
        try {
            auto handle = co_await in_slow_lane(context, attempt, 3000ms, "open");
            co_return std::shared_ptr<UsbTransport>(new UsbTransport(executor, std::move(handle), std::move(id)));
        } catch (const Failure& failure) {
            if (Signal::Clock::now() - start >= patience(failure.error().fault, claim)) throw;
        }
        asio::steady_timer pause(executor, 50ms);
        co_await pause.async_wait(asio::use_awaitable);
    }
}

UsbTransport::UsbTransport(asio::any_io_executor executor, std::shared_ptr<Handle> handle, std::string id)
    : executor_(std::move(executor)),
      handle_(std::move(handle)),
      id_(std::move(id)),
      speed_(speed_of(handle_->raw)),
      endpoints_(handle_->endpoints) {}

UsbTransport::~UsbTransport() = default;

asio::awaitable<void> UsbTransport::take_back(Duration deadline, TakeBack which) {
    const auto until = Signal::Clock::now() + deadline;
    auto transfers = in_flight_;
    if (which == TakeBack::of_the_interface)
        std::erase_if(transfers,
                      [](const auto& transfer) { return transfer->raw->type == LIBUSB_TRANSFER_TYPE_CONTROL; });
    for (const auto& transfer : transfers) {
        transfer->taken_back = true;
        libusb_cancel_transfer(transfer->raw);
    }
    // Each has its own waiter already, which a second one on its signal would wake.
    const auto back = [&] { return std::ranges::all_of(transfers, [](const auto& t) { return t->done.is_set(); }); };
    asio::steady_timer pause(executor_);
    while (!back() && Signal::Clock::now() < until) {
        pause.expires_after(1ms);
        co_await pause.async_wait(asio::use_awaitable);
    }
}

asio::awaitable<void> UsbTransport::release(Duration deadline) {
    if (!handle_) co_return;
    const auto self = shared_from_this();
    auto handle = std::exchange(handle_, nullptr);
    co_await take_back(deadline, TakeBack::all);
    in_flight_.clear();
    const auto context = handle->context;
    // Closed when the last transfer that libusb still holds has let go of it.
    const auto close = [handle = std::move(handle)]() mutable {
        handle.reset();
        return true;
    };
    co_await in_slow_lane(context, close, deadline, "close");
}

// ---- transfers ------------------------------------------------------------------------------------------------

std::shared_ptr<UsbTransport::Transfer> UsbTransport::make_transfer(const char* operation) {
    if (!handle_) throw Failure(Fault::disconnected, "the instrument was closed", operation);
    return std::make_shared<Transfer>(executor_, handle_, operation);
}

asio::awaitable<void> UsbTransport::run(std::shared_ptr<Transfer> transfer, Duration deadline) {
    const auto self = shared_from_this();
    transfer->in_libusb = transfer;
    if (const int code = libusb_submit_transfer(transfer->raw); code != 0) {
        transfer->in_libusb.reset();
        throw failure_of_code(code, transfer->operation);
    }
    in_flight_.insert(transfer);
    const Woken woken = co_await transfer->done.wait(Signal::Clock::now() + deadline);
    if (woken != Woken::set) {
        libusb_cancel_transfer(transfer->raw);
        co_await ignore_cancellation();
        co_await transfer->done.wait(Signal::Clock::now() + give_back);
        co_await heed_cancellation();
    }
    in_flight_.erase(transfer);
    if (woken == Woken::cancelled || transfer->taken_back)
        throw Failure(Fault::cancelled, "cancelled", transfer->operation);
    const bool back = transfer->done.is_set();
    if (back && transfer->raw->status == LIBUSB_TRANSFER_COMPLETED) co_return;
    throw failure_of_status(back ? transfer->raw->status : LIBUSB_TRANSFER_TIMED_OUT,
                            back ? transfer->raw->actual_length : 0, transfer->operation);
}

namespace {

void fill_control(libusb_transfer* raw, libusb_device_handle* handle, std::vector<std::uint8_t>& buffer,
                  ControlRequest request, std::size_t length, libusb_transfer_cb_fn callback, void* user) {
    buffer.resize(LIBUSB_CONTROL_SETUP_SIZE + length);
    libusb_fill_control_setup(buffer.data(), request.request_type, request.request, request.value, request.index,
                              static_cast<std::uint16_t>(length));
    libusb_fill_control_transfer(raw, handle, buffer.data(), callback, user, 0);
}

}  // namespace

asio::awaitable<std::vector<std::uint8_t>> UsbTransport::control_in(ControlRequest request, std::size_t length,
                                                                    Duration deadline) {
    const auto transfer = make_transfer("control in");
    fill_control(transfer->raw, handle_->raw, transfer->buffer, request, length, &Transfer::completed,
                 transfer.get());
    co_await run(transfer, deadline);
    const auto* data = libusb_control_transfer_get_data(transfer->raw);
    co_return std::vector<std::uint8_t>(data, data + transfer->raw->actual_length);
}

asio::awaitable<void> UsbTransport::control_out(ControlRequest request, std::vector<std::uint8_t> data,
                                                Duration deadline) {
    const auto transfer = make_transfer("control out");
    fill_control(transfer->raw, handle_->raw, transfer->buffer, request, data.size(), &Transfer::completed,
                 transfer.get());
    std::copy(data.begin(), data.end(), transfer->buffer.begin() + LIBUSB_CONTROL_SETUP_SIZE);
    co_await run(transfer, deadline);
}

std::shared_ptr<UsbTransport::Transfer> UsbTransport::make_transfer(const char* operation, std::uint8_t endpoint,
                                                                    std::vector<std::uint8_t> buffer) {
    const auto transfer = make_transfer(operation);
    const Endpoint* const found = find_endpoint(endpoints_, endpoint);
    if (found == nullptr)
        throw Failure(Fault::protocol, fmt::format("the descriptors name no endpoint 0x{:02x}", endpoint), operation,
                      "This may be another model than its USB id says.");
    transfer->buffer = std::move(buffer);
    const auto fill =
        found->kind == TransferKind::interrupt ? libusb_fill_interrupt_transfer : libusb_fill_bulk_transfer;
    fill(transfer->raw, handle_->raw, endpoint, transfer->buffer.data(), static_cast<int>(transfer->buffer.size()),
         &Transfer::completed, transfer.get(), 0);
    return transfer;
}

asio::awaitable<void> UsbTransport::bulk_out(std::uint8_t endpoint, std::vector<std::uint8_t> data,
                                             Duration deadline) {
    const auto transfer = make_transfer("bulk out", endpoint, std::move(data));
    co_await run(transfer, deadline);
}

asio::awaitable<std::vector<std::uint8_t>> UsbTransport::bulk_in(std::uint8_t endpoint, std::size_t capacity,
                                                                 Duration deadline) {
    const auto transfer = make_transfer("bulk in", endpoint, std::vector<std::uint8_t>(capacity));
    co_await run(transfer, deadline);
    transfer->buffer.resize(static_cast<std::size_t>(transfer->raw->actual_length));
    co_return std::move(transfer->buffer);
}

// ---- the slow ones --------------------------------------------------------------------------------------------

asio::awaitable<void> UsbTransport::clear_halt(std::uint8_t endpoint, Duration deadline) {
    if (!handle_) throw Failure(Fault::disconnected, "the instrument was closed", "clear halt");
    const auto call = [handle = handle_, endpoint] { return libusb_clear_halt(handle->raw, endpoint); };
    const int code = co_await in_slow_lane(handle_->context, call, deadline, "clear halt");
    if (code != 0) throw failure_of_code(code, "clear halt");
}

asio::awaitable<void> UsbTransport::reclaim(Duration deadline) {
    if (!handle_) throw Failure(Fault::disconnected, "the instrument was closed", "reclaim");
    const auto handle = handle_;
    // What is still in flight then would come back as if the cable had been pulled. The laser's own path stays open.
    co_await take_back(deadline, TakeBack::of_the_interface);
    const auto call = [handle] {
        if (std::exchange(handle->claimed, false)) libusb_release_interface(handle->raw, 0);
        const int code = libusb_claim_interface(handle->raw, 0);
        handle->claimed = code == 0;
        return code;
    };
    const int code = co_await in_slow_lane(handle->context, call, deadline, "reclaim");
    if (code != 0) throw failure_of_code(code, "reclaim");
}

asio::awaitable<void> UsbTransport::reset(Duration deadline) {
    if (!handle_) throw Failure(Fault::disconnected, "the instrument was closed", "reset");
    const auto call = [handle = handle_] { return libusb_reset_device(handle->raw); };
    const int code = co_await in_slow_lane(handle_->context, call, deadline, "reset");
    // The device came back with another address: this handle is of no more use.
    if (code == LIBUSB_ERROR_NOT_FOUND) throw failure_of_code(LIBUSB_ERROR_NO_DEVICE, "reset");
    if (code != 0) throw failure_of_code(code, "reset");
}

asio::awaitable<void> UsbTransport::wait(Duration duration) {
    Signal never(executor_);
    const Woken woken = co_await never.wait(Signal::Clock::now() + duration);
    if (woken == Woken::cancelled) throw Failure(Fault::cancelled, "cancelled", "wait");
}

std::size_t UsbTransport::packet_size(std::uint8_t endpoint) const {
    const Endpoint* const found = find_endpoint(endpoints_, endpoint);
    return found == nullptr ? 0 : found->packet_size;
}

std::chrono::nanoseconds UsbTransport::now() const {
    return Signal::Clock::now().time_since_epoch();
}

bool UsbTransport::simulated() const {
    return on_emulated_bus();
}

spectra::core::Link UsbTransport::link() const {
    return simulated() ? spectra::core::Link::usbfs_emulated : spectra::core::Link::usb;
}

}  // namespace singel::instrument::usb
