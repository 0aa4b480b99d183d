#include "firmware-bridge/virtual/endpoints.hpp"

#include <algorithm>
#include <utility>

namespace singel::firmware_bridge::virtual_instrument {

Endpoints::Endpoints(const std::map<std::uint8_t, std::size_t>& packet_sizes, Finish finish)
    : finish_(std::move(finish)) {
    for (const auto& [address, size] : packet_sizes) endpoints_[address].packet_size = size;
}

bool Endpoints::halted(std::uint8_t address) const {
    const auto found = endpoints_.find(address);
    return found != endpoints_.end() && found->second.halted;
}

void Endpoints::send(std::uint8_t address, std::span<const std::uint8_t> bytes, bool end_with_empty) {
    constexpr std::size_t longest_reply = 64;
    Endpoint& endpoint = endpoints_.at(address);
    const std::size_t packet_size = endpoint.packet_size;
    const Spoil spoil = bytes.size() > longest_reply ? std::exchange(spoil_, Spoil::none) : Spoil::none;
    std::vector<std::uint8_t> longer;
    if (spoil == Spoil::extra_byte) {
        longer.assign(bytes.begin(), bytes.end());
        longer.push_back(0);
        bytes = longer;
    }
    if (spoil == Spoil::drop_last) bytes = bytes.first(bytes.size() - 1);
    const std::size_t middle = bytes.size() / packet_size / 2 * packet_size;
    for (std::size_t from = 0; from < bytes.size(); from += packet_size) {
        auto packet = bytes.subspan(from, std::min(packet_size, bytes.size() - from));
        if (spoil == Spoil::short_packet && from == middle) packet = packet.first(packet.size() / 2);
        endpoint.packets.emplace_back(packet.begin(), packet.end());
    }
    if (bytes.empty() || end_with_empty) endpoint.packets.emplace_back();
    serve(endpoint);
}

std::size_t Endpoints::packets_waiting(std::uint8_t address) const {
    return endpoints_.at(address).packets.size();
}

void Endpoints::flush(std::uint8_t address) {
    endpoints_.at(address).packets.clear();
}

void Endpoints::flush_all() {
    for (auto& [address, endpoint] : endpoints_) endpoint.packets.clear();
}

void Endpoints::read(TransferId id, std::uint8_t address, std::size_t capacity) {
    Endpoint& endpoint = endpoints_.at(address);
    endpoint.reads.push_back({id, capacity, {}});
    if (endpoint.halted) {
        end_read(endpoint, Status::stall);
    } else {
        serve(endpoint);
    }
}

std::optional<Completion> Endpoints::withdraw(TransferId id) {
    for (auto& [address, endpoint] : endpoints_) {
        const auto found = std::find_if(endpoint.reads.begin(), endpoint.reads.end(),
                                        [id](const Read& read) { return read.id == id; });
        if (found == endpoint.reads.end()) continue;
        Completion completion{id, Status::cancelled, found->taken.size(), std::move(found->taken)};
        endpoint.reads.erase(found);
        return completion;
    }
    return std::nullopt;
}

void Endpoints::end_all_reads(Status status) {
    for (auto& [address, endpoint] : endpoints_) {
        while (!endpoint.reads.empty()) end_read(endpoint, status);
    }
}

void Endpoints::halt(std::uint8_t address) {
    Endpoint& endpoint = endpoints_.at(address);
    endpoint.halted = true;
    while (!endpoint.reads.empty()) end_read(endpoint, Status::stall);
}

void Endpoints::clear_halt(std::uint8_t address) {
    const auto found = endpoints_.find(address);
    if (found == endpoints_.end()) return;
    found->second.halted = false;
    serve(found->second);
}

void Endpoints::clear_halts() {
    for (auto& [address, endpoint] : endpoints_) endpoint.halted = false;
}

void Endpoints::hold_all(bool held) {
    for (auto& [address, endpoint] : endpoints_) hold(address, held);
}

void Endpoints::hold(std::uint8_t address, bool held) {
    Endpoint& endpoint = endpoints_.at(address);
    endpoint.held = held;
    serve(endpoint);
}

void Endpoints::give_packet(Endpoint& endpoint) {
    Read& read = endpoint.reads.front();
    const std::vector<std::uint8_t> packet = std::move(endpoint.packets.front());
    endpoint.packets.pop_front();
    if (packet.size() > read.capacity - read.taken.size()) return end_read(endpoint, Status::overflow);
    read.taken.insert(read.taken.end(), packet.begin(), packet.end());
    const bool more = packet.size() == endpoint.packet_size && read.taken.size() < read.capacity;
    if (!more) end_read(endpoint, Status::ok);
}

void Endpoints::serve(Endpoint& endpoint) {
    while (!endpoint.reads.empty() && !endpoint.packets.empty() && !endpoint.halted && !endpoint.held) {
        give_packet(endpoint);
    }
}

void Endpoints::end_read(Endpoint& endpoint, Status status) {
    Read read = std::move(endpoint.reads.front());
    endpoint.reads.pop_front();
    const std::size_t actual = read.taken.size();
    finish_({read.id, status, actual, std::move(read.taken)});
}

}  // namespace singel::firmware_bridge::virtual_instrument
