#pragma once

#include <gmock/gmock.h>
#include <numeric>

#include "firmware-bridge/virtual/obp.hpp"
#include "firmware-bridge/wire/obp/models.hpp"
#include "firmware-bridge/wire/obp/spectra.hpp"
#include "tests/unit/firmware-bridge/bench.hpp"

// A host that speaks OBP with a virtual unit, frame by frame, and trusts nothing.
namespace singel::test {

namespace obp = wire::obp;
namespace message = obp::message;
namespace message2 = obp::message2;
using std::chrono::microseconds;
using wire::Bytes;

class ObpHost : public Bench {
public:
    explicit ObpHost(std::string_view name, device::Scene scene = flat_light(), device::Faults faults = {})
        : Bench(name, std::move(scene), std::move(faults)) {
        for (const obp::Model& row : obp::models)
            if (row.name == name) model = row;
    }

    obp::Frame request(std::uint32_t type, Bytes data = {}, std::uint16_t flags = 0) {
        obp::Frame frame;
        frame.version = model.version;
        frame.flags = flags;
        frame.type = type;
        frame.regarding = ++regarding_;
        frame.data = std::move(data);
        return frame;
    }
    obp::Frame ask_for(std::uint32_t type, Bytes data = {}) { return sent(request(type, std::move(data))); }
    obp::Frame sent(const obp::Frame& frame) {
        write(obp::encode(frame));
        return frame;
    }
    void write(Bytes bytes) {
        bytes.resize(obp::filled_up(model, bytes.size()));
        this->bytes(start_out(model.command_endpoint, bytes));
    }

    // The next frame in the queue, read as a host must: 64 bytes, then what is missing. Nothing: none is there.
    std::optional<obp::Frame> read() {
        Bytes frame;
        if (!read_into(frame, packet())) return std::nullopt;
        const auto rest = obp::bytes_still_to_come(frame);
        EXPECT_TRUE(rest);
        if (!rest) return std::nullopt;
        const std::size_t size = obp::filled_up(model, obp::smallest_frame + *rest);
        while (frame.size() < size) {
            if (!read_into(frame, whole_packets(size - frame.size()))) return std::nullopt;
        }
        EXPECT_EQ(frame.size(), size);
        const auto reply = obp::decode_reply(frame);
        EXPECT_TRUE(reply) << (reply ? "" : reply.error().what);
        return reply ? std::optional(*reply) : std::nullopt;
    }
    // The answer to this request.
    obp::Frame answer(const obp::Frame& to) {
        const std::optional<obp::Frame> reply = read();
        EXPECT_TRUE(reply) << "no answer to " << obp::hex(to.type);
        if (!reply) return {};
        EXPECT_TRUE(obp::answers(*reply, to)) << obp::hex(to.type);
        return *reply;
    }
    obp::Frame exchange(const obp::Frame& frame) { return answer(sent(frame)); }

    Bytes get(std::uint32_t type, Bytes data = {}) {
        const obp::Frame reply = exchange(request(type, std::move(data)));
        EXPECT_EQ(reply.flags, obp::flag::response) << obp::hex(type) << ": " << obp::sentence(reply.error);
        return reply.data;
    }
    std::uint32_t number(std::uint32_t type) {
        const Bytes data = get(type);
        return static_cast<std::uint32_t>(wire::Reader(data).little(data.size()));
    }
    // The error, 0 when it was acknowledged.
    std::uint16_t set(std::uint32_t type, Bytes data = {}) {
        const obp::Frame reply = exchange(request(type, std::move(data), obp::flag::ack_wanted));
        EXPECT_TRUE(reply.has(obp::flag::ack) != reply.has(obp::flag::nack)) << obp::hex(type);
        EXPECT_EQ(reply.has(obp::flag::nack), reply.error != 0);
        EXPECT_TRUE(reply.data.empty());
        return reply.error;
    }
    std::uint16_t refusal(std::uint32_t type, Bytes data = {}) {
        const obp::Frame reply = exchange(request(type, std::move(data)));
        EXPECT_EQ(reply.has(obp::flag::nack), reply.error != 0) << obp::hex(type);
        return reply.error;
    }

    void set_integration(microseconds time) {
        const std::uint32_t type =
            model.version == obp::version_2 ? message2::set_integration_time : message::set_integration_time;
        EXPECT_EQ(set(type, obp::u32(static_cast<std::uint32_t>(time.count()))), 0);
    }
    std::size_t packet() { return model.packet_size; }

    obp::Model model;

private:
    std::size_t whole_packets(std::size_t bytes) { return (bytes + packet() - 1) / packet() * packet(); }
    bool read_into(Bytes& frame, std::size_t capacity) {
        const auto id = start_in(model.reply_endpoint, capacity);
        if (!done(id)) {
            (*this)->cancel(id, now());
            const Bytes taken = result(id)->in;
            frame.insert(frame.end(), taken.begin(), taken.end());
            return !taken.empty();
        }
        const Bytes taken = bytes(id);
        frame.insert(frame.end(), taken.begin(), taken.end());
        return true;
    }
    std::uint32_t regarding_ = 1000;
};

inline bool first_generation(const obp::Model& model) {
    return model.version == obp::version_1;
}

inline std::vector<std::string_view> names_of(bool (*wanted)(const obp::Model&)) {
    std::vector<std::string_view> names;
    for (const obp::Model& model : obp::models)
        if (wanted(model)) names.push_back(model.name);
    return names;
}

inline std::string plain_name(const testing::TestParamInfo<std::string_view>& info) {
    std::string name(info.param);
    std::erase(name, '-');
    return name;
}

inline double mean(const obp::Counts& counts, std::size_t first, std::size_t last) {
    return std::accumulate(counts.begin() + static_cast<std::ptrdiff_t>(first),
                           counts.begin() + static_cast<std::ptrdiff_t>(last), 0.0) /
           static_cast<double>(last - first);
}

}  // namespace singel::test
