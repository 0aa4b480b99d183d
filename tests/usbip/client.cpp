#include "tests/usbip/client.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace singel::tests::usbip {

namespace {

constexpr time_t patience_s = 5;

std::uint32_t u32(const Bytes& bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | bytes[at + i];
    return value;
}

std::uint16_t u16(const Bytes& bytes, std::size_t at) {
    return static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]);
}

std::string text(const Bytes& bytes, std::size_t at, std::size_t size) {
    std::string out;
    for (std::size_t i = at; i < at + size && bytes[i] != 0; ++i) out += static_cast<char>(bytes[i]);
    return out;
}

Listed decode_device(const Bytes& record) {
    Listed device;
    device.bus_id = text(record, 256, 32);
    device.bus = u32(record, 288);
    device.device = u32(record, 292);
    device.speed = u32(record, 296);
    device.vendor_id = u16(record, 300);
    device.product_id = u16(record, 302);
    device.interfaces.resize(record[311]);
    return device;
}

}  // namespace

void put(Bytes& bytes, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(value >> shift));
}

Bytes request(std::uint16_t version, std::uint16_t code) {
    Bytes bytes;
    put(bytes, static_cast<std::uint32_t>(version) << 16 | code);
    put(bytes, 0);
    return bytes;
}

Client::Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval patience{patience_s, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    const int on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in end{};
    end.sin_family = AF_INET;
    end.sin_port = htons(port);
    end.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(socket_, static_cast<sockaddr*>(static_cast<void*>(&end)), sizeof end) != 0)
        throw std::runtime_error("nobody listens");
}

Client::~Client() {
    close();
}

void Client::close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
}

void Client::send(const Bytes& bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        const ssize_t sent = ::send(socket_, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
        if (sent <= 0) return;
        at += static_cast<std::size_t>(sent);
    }
}

Bytes Client::receive(std::size_t count) {
    Bytes bytes(count);
    std::size_t at = 0;
    while (at < count) {
        const ssize_t got = recv(socket_, bytes.data() + at, count - at, 0);
        if (got <= 0) break;
        at += static_cast<std::size_t>(got);
    }
    bytes.resize(at);
    return bytes;
}

bool Client::closed() {
    std::array<std::uint8_t, 4096> rest{};
    for (;;) {
        const ssize_t got = recv(socket_, rest.data(), rest.size(), 0);
        if (got == 0) return true;
        if (got < 0) return errno == ECONNRESET;
    }
}

std::vector<Listed> Client::list() {
    send(request(0x0111, 0x8005));
    const Bytes head = receive(12);
    std::vector<Listed> devices;
    if (head.size() < 12 || u32(head, 0) != 0x01110005 || u32(head, 4) != 0) return devices;
    for (std::uint32_t i = 0; i < u32(head, 8); ++i) {
        Listed device = decode_device(receive(312));
        for (auto& interface : device.interfaces) {
            const Bytes bytes = receive(4);
            std::copy(bytes.begin(), bytes.end(), interface.begin());
        }
        devices.push_back(std::move(device));
    }
    return devices;
}

std::optional<std::uint32_t> Client::import(const std::string& bus_id) {
    Bytes bytes = request(0x0111, 0x8003);
    bytes.insert(bytes.end(), bus_id.begin(), bus_id.end());
    bytes.resize(40);
    send(bytes);
    const Bytes head = receive(8);
    if (head.size() < 8 || u32(head, 0) != 0x01110003) return std::nullopt;
    if (u32(head, 4) != 0) return u32(head, 4);
    const Bytes record = receive(312);
    if (record.size() < 312) return std::nullopt;
    const Listed device = decode_device(record);
    device_id_ = device.bus << 16 | device.device;
    return 0;
}

Bytes Client::submit_bytes(std::uint32_t sequence, bool in, std::uint32_t endpoint, std::uint32_t length,
                           std::uint32_t flags, Setup setup) const {
    Bytes bytes;
    for (const std::uint32_t word :
         {1u, sequence, device_id_, in ? 1u : 0u, endpoint, flags, length, 0u, 0xFFFFFFFFu, 0u})
        put(bytes, word);
    bytes.push_back(setup.type);
    bytes.push_back(setup.request);
    for (const std::uint16_t word : {setup.value, setup.index, setup.length}) {
        bytes.push_back(static_cast<std::uint8_t>(word & 0xFF));
        bytes.push_back(static_cast<std::uint8_t>(word >> 8));
    }
    return bytes;
}

std::uint32_t Client::control(Setup setup, const Bytes& out) {
    const bool in = (setup.type & 0x80) != 0;
    Bytes bytes = submit_bytes(next_sequence_, in, 0, setup.length, 0, setup);
    bytes.insert(bytes.end(), out.begin(), out.end());
    if (in) reads_.push_back(next_sequence_);
    send(bytes);
    return next_sequence_++;
}

std::uint32_t Client::bulk_out(std::uint8_t endpoint, const Bytes& data) {
    Bytes bytes = submit_bytes(next_sequence_, false, endpoint, static_cast<std::uint32_t>(data.size()));
    bytes.insert(bytes.end(), data.begin(), data.end());
    send(bytes);
    return next_sequence_++;
}

std::uint32_t Client::bulk_in(std::uint8_t endpoint, std::uint32_t room, std::uint32_t flags) {
    reads_.push_back(next_sequence_);
    send(submit_bytes(next_sequence_, true, endpoint & 0x0F, room, flags));
    return next_sequence_++;
}

std::uint32_t Client::unlink(std::uint32_t victim) {
    Bytes bytes;
    for (const std::uint32_t word : {2u, next_sequence_, device_id_, 0u, 0u, victim}) put(bytes, word);
    bytes.resize(48);
    send(bytes);
    return next_sequence_++;
}

std::optional<Answer> Client::answer() {
    const Bytes head = receive(48);
    if (head.size() < 48) return std::nullopt;
    Answer answer{u32(head, 0), u32(head, 4), static_cast<std::int32_t>(u32(head, 20)), u32(head, 24), {}};
    const bool is_read = std::find(reads_.begin(), reads_.end(), answer.sequence) != reads_.end();
    if (answer.command == 3 && is_read) answer.data = receive(answer.actual);
    return answer;
}

}  // namespace singel::tests::usbip
