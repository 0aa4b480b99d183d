#include "firmware-bridge/carriers/usbfs_ioctl.hpp"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <linux/usb/ch9.h>
#include <linux/usbdevice_fs.h>
#include <memory>
#include <optional>
#include <sys/ioctl.h>
#include <utility>

namespace singel::firmware_bridge::carriers {

namespace {

struct Unref {
    void operator()(UMockdevIoctlData* data) const { g_object_unref(data); }
};
using Memory = std::unique_ptr<UMockdevIoctlData, Unref>;  // a copy of a piece of the program's memory

// What one URB occupies in the program; umockdev writes changes back when the reaping ioctl is completed.
struct UrbMemory {
    Memory urb, buffer;
};

// libusb passes requests as int: the upper half is sign extension.
constexpr std::uint32_t code(unsigned long request) {
    return static_cast<std::uint32_t>(request);
}

constexpr IoctlAnswer refuse(int error) {
    return {-1, error};
}
constexpr IoctlAnswer answer(int error) {
    return error == 0 ? IoctlAnswer{} : refuse(error);
}

Memory follow(UMockdevIoctlData* pointer, std::size_t offset, std::size_t size) {
    return Memory(umockdev_ioctl_data_resolve(pointer, offset, size, nullptr));
}

template <class T>
std::optional<T> load(UMockdevIoctlData* pointer) {
    const Memory memory = follow(pointer, 0, sizeof(T));
    if (!memory || static_cast<std::size_t>(memory->data_len) < sizeof(T)) return std::nullopt;
    T value;
    std::memcpy(&value, memory->data, sizeof(T));
    return value;
}

template <class T>
IoctlAnswer store(UMockdevIoctlData* pointer, const T& value) {
    const Memory memory = follow(pointer, 0, sizeof(T));
    if (!memory) return refuse(EFAULT);
    std::memcpy(memory->data, &value, sizeof(T));
    return {};
}

// The value at pointer goes to act, which returns an errno value.
template <class T, class Act>
IoctlAnswer with(UMockdevIoctlData* pointer, Act act) {
    const std::optional<T> value = load<T>(pointer);
    return value ? answer(act(*value)) : refuse(EFAULT);
}

IoctlAnswer submit(UMockdevIoctlClient* client, UMockdevIoctlData* argument, UsbfsPort& port, std::mutex& lock,
                   UsbfsPort::Clock now) {
    auto memory = std::make_shared<UrbMemory>();
    memory->urb = follow(argument, 0, sizeof(usbdevfs_urb));
    if (!memory->urb) return refuse(EFAULT);
    usbdevfs_urb raw;
    std::memcpy(&raw, memory->urb->data, sizeof raw);
    if (raw.type == USBDEVFS_URB_TYPE_ISO || raw.buffer_length < 0) return refuse(EINVAL);

    const auto size = static_cast<std::size_t>(raw.buffer_length);
    if (size > 0) {
        memory->buffer = follow(memory->urb.get(), offsetof(usbdevfs_urb, buffer), size);
        if (!memory->buffer) return refuse(EFAULT);
    }
    Urb urb;
    urb.address = memory->urb->client_addr;
    urb.control = raw.type == USBDEVFS_URB_TYPE_CONTROL;
    urb.endpoint = raw.endpoint;
    if (size > 0) urb.buffer = {memory->buffer->data, size};
    urb.memory = std::move(memory);
    const std::scoped_lock guard(lock);
    return answer(port.submit(client, urb, now));
}

IoctlAnswer reap(UMockdevIoctlClient* client, UMockdevIoctlData* argument, UsbfsPort& port, std::mutex& lock) {
    FinishedUrb finished;
    {
        const std::scoped_lock guard(lock);
        if (const int error = port.reap(client, finished)) return refuse(error);
    }
    auto& memory = *static_cast<UrbMemory*>(finished.memory.get());
    usbdevfs_urb raw;
    std::memcpy(&raw, memory.urb->data, sizeof raw);
    raw.status = finished.status;
    raw.actual_length = static_cast<int>(finished.actual);
    std::memcpy(memory.urb->data, &raw, sizeof raw);
    if (memory.buffer && !finished.in.empty()) {
        const std::size_t offset = finished.control ? sizeof(usb_ctrlrequest) : 0;
        const std::size_t room = static_cast<std::size_t>(memory.buffer->data_len) - offset;
        std::memcpy(memory.buffer->data + offset, finished.in.data(), std::min(room, finished.in.size()));
    }
    const Memory pointer = follow(argument, 0, sizeof(void*));
    if (!pointer || !umockdev_ioctl_data_set_ptr(pointer.get(), 0, memory.urb.get())) return refuse(EFAULT);
    return {};
}

// The ioctls that only ask or set something of the port.
std::optional<IoctlAnswer> answer_simple(UMockdevIoctlClient* client, std::uint32_t request,
                                         UMockdevIoctlData* argument, UsbfsPort& port, std::mutex& lock,
                                         UsbfsPort::Clock now) {
    const auto locked = [&](auto act) {
        return [&lock, act](auto value) {
            const std::scoped_lock guard(lock);
            return act(value);
        };
    };
    switch (request) {
        case code(USBDEVFS_CLAIMINTERFACE):
            return with<unsigned>(argument, locked([&](unsigned i) { return port.claim(client, i, now); }));
        case code(USBDEVFS_DISCONNECT_CLAIM):
            return with<usbdevfs_disconnect_claim>(
                argument, locked([&](const auto& wish) { return port.claim(client, wish.interface, now); }));
        case code(USBDEVFS_RELEASEINTERFACE):
            return with<unsigned>(argument, locked([&](unsigned i) { return port.release(client, i, now); }));
        case code(USBDEVFS_SETCONFIGURATION):
            return with<int>(argument, locked([&](int value) { return port.set_configuration(client, value, now); }));
        case code(USBDEVFS_SETINTERFACE):
            return with<usbdevfs_setinterface>(argument, locked([&](const auto& wish) {
                                                   return port.set_interface(client, wish.interface, wish.altsetting,
                                                                             now);
                                               }));
        case code(USBDEVFS_CLEAR_HALT):
            return with<unsigned>(argument,
                                  locked([&](unsigned endpoint) { return port.clear_halt(client, endpoint); }));
        case code(USBDEVFS_RESET): return answer(locked([&](int) { return port.reset(client, now); })(0));
        default: return std::nullopt;
    }
}

}  // namespace

IoctlAnswer answer_ioctl(UMockdevIoctlClient* client, UsbfsPort& port, virtual_instrument::Speed speed,
                         std::mutex& lock, UsbfsPort::Clock now) {
    UMockdevIoctlData* const argument = umockdev_ioctl_client_get_arg(client);
    const auto request = code(umockdev_ioctl_client_get_request(client));
    if (request == code(USBDEVFS_REAPURBNDELAY)) return reap(client, argument, port, lock);
    {
        const std::scoped_lock guard(lock);
        if (const int error = port.connected(client)) return refuse(error);
    }
    if (const auto simple = answer_simple(client, request, argument, port, lock, now)) return *simple;
    switch (request) {
        case code(USBDEVFS_SUBMITURB): return submit(client, argument, port, lock, now);
        case code(USBDEVFS_DISCARDURB): {
            gulong address = 0;
            std::memcpy(&address, argument->data, sizeof address);
            const std::scoped_lock guard(lock);
            return answer(port.discard(client, address, now));
        }
        case code(USBDEVFS_GET_CAPABILITIES):
            return store<std::uint32_t>(argument, USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_BULK_CONTINUATION |
                                                      USBDEVFS_CAP_NO_PACKET_SIZE_LIM |
                                                      USBDEVFS_CAP_BULK_SCATTER_GATHER |
                                                      USBDEVFS_CAP_REAP_AFTER_DISCONNECT);
        case code(USBDEVFS_GET_SPEED):
            return {speed == virtual_instrument::Speed::high ? USB_SPEED_HIGH : USB_SPEED_FULL, 0};
        case code(USBDEVFS_RESETEP):
            return {};  // resets the host's data toggle alone
        // No kernel driver is bound to the interface, so none is named and none can be detached.
        case code(USBDEVFS_GETDRIVER):
        case code(USBDEVFS_IOCTL): return refuse(ENODATA);
        default: return refuse(ENOTTY);
    }
}

}  // namespace singel::firmware_bridge::carriers
