#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// The importing side of USB/IP, written from the protocol's description alone: a second implementation that shares no
// code with the exporter.
namespace singel::tests::usbip {

using Bytes = std::vector<std::uint8_t>;

struct Setup {
    std::uint8_t type = 0, request = 0;
    std::uint16_t value = 0, index = 0, length = 0;
};

struct Listed {
    std::string bus_id;
    std::uint32_t bus = 0, device = 0, speed = 0;
    std::uint16_t vendor_id = 0, product_id = 0;
    std::vector<std::array<std::uint8_t, 4>> interfaces;
};

struct Answer {
    std::uint32_t command = 0, sequence = 0;
    std::int32_t status = 0;
    std::uint32_t actual = 0;
    Bytes data;
};

class Client {
public:
    explicit Client(std::uint16_t port);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    void send(const Bytes& bytes);
    // Exactly count bytes; fewer when the other side has closed or nothing came within patience.
    Bytes receive(std::size_t count);
    bool closed();  // by the other side, now or within patience
    void close();

    std::vector<Listed> list();
    // The status: 0 when it was imported.
    std::optional<std::uint32_t> import(const std::string& bus_id);
    std::uint32_t device_id() const { return device_id_; }

    // Sequence numbers of what was sent.
    std::uint32_t control(Setup setup, const Bytes& out = {});
    std::uint32_t bulk_out(std::uint8_t endpoint, const Bytes& data);
    std::uint32_t bulk_in(std::uint8_t endpoint, std::uint32_t room, std::uint32_t flags = 0);
    std::uint32_t unlink(std::uint32_t victim);
    // Nothing where the connection ended or no answer came within patience.
    std::optional<Answer> answer();

    // A command of 48 bytes, for tests that spoil it.
    Bytes submit_bytes(std::uint32_t sequence, bool in, std::uint32_t endpoint, std::uint32_t length,
                       std::uint32_t flags = 0, Setup setup = {}) const;

private:
    int socket_ = -1;
    std::uint32_t device_id_ = 0, next_sequence_ = 1;
    std::vector<std::uint32_t> reads_;  // sequences whose answers carry data
};

void put(Bytes& bytes, std::uint32_t value);  // big-endian
Bytes request(std::uint16_t version, std::uint16_t code);

}  // namespace singel::tests::usbip
