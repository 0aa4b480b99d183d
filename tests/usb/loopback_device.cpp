#include "tests/usb/loopback_device.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace singel::tests {

namespace {

std::vector<std::uint8_t> string_descriptor(const std::vector<std::string>& strings, std::size_t index) {
    if (index == 0) return {4, 3, 0x09, 0x04};
    if (index > strings.size()) return {};
    const std::string& text = strings[index - 1];
    std::vector<std::uint8_t> descriptor{static_cast<std::uint8_t>(2 + 2 * text.size()), 3};
    for (const char letter : text) {
        descriptor.push_back(static_cast<std::uint8_t>(letter));
        descriptor.push_back(0);
    }
    return descriptor;
}

std::vector<std::uint8_t> configuration_descriptor(std::size_t packet_size) {
    std::vector<std::uint8_t> bytes{9, 2, 0, 0, 1, 1, 0, 0x80, 250, 9, 4, 0, 0, 4, 0xff, 0xff, 0xff, 0};
    using namespace loopback;
    for (const std::uint8_t endpoint : {echo_out, echo_in, command_out, frame_in}) {
        bytes.insert(bytes.end(), {7, 5, endpoint, 2, static_cast<std::uint8_t>(packet_size & 0xff),
                                   static_cast<std::uint8_t>(packet_size >> 8), 0});
    }
    bytes[2] = static_cast<std::uint8_t>(bytes.size());
    return bytes;
}

}  // namespace

LoopbackDevice::LoopbackDevice(std::string serial, Speed speed) {
    descriptors_.speed = speed;
    descriptors_.vendor_id = loopback::vendor_id;
    descriptors_.product_id = loopback::product_id;
    descriptors_.strings = {"Singel", "Loopback", std::move(serial)};
    descriptors_.device = {18, 1, 0, 2, 0xff, 0xff, 0xff, 64, 0x09, 0x12, 0x01, 0x00, 0x00, 0x01, 1, 2, 3, 1};
    descriptors_.configuration = configuration_descriptor(packet_size());
}

void LoopbackDevice::finish(TransferId id, Status status, std::vector<std::uint8_t> in, std::size_t out) {
    const std::size_t actual = in.empty() ? out : in.size();
    if (on_complete) on_complete({id, status, actual, std::move(in)});
}

void LoopbackDevice::submit_control(TransferId id, const Setup& setup, std::span<const std::uint8_t> out, Clock) {
    if (!present_) return finish(id, Status::no_device);
    const auto reply = [&](std::vector<std::uint8_t> bytes) {
        bytes.resize(std::min<std::size_t>(bytes.size(), setup.length));
        finish(id, Status::ok, std::move(bytes));
    };
    if (setup.request_type == 0x80 && setup.request == 6 && setup.value >> 8 == 3) {
        const auto text = string_descriptor(descriptors_.strings, setup.value & 0xff);
        return text.empty() ? finish(id, Status::stall) : reply(text);
    }
    if (setup.request_type == 0xC0 && setup.request == loopback::echo_request) {
        return reply({static_cast<std::uint8_t>(setup.value & 0xff), static_cast<std::uint8_t>(setup.value >> 8),
                      static_cast<std::uint8_t>(setup.index & 0xff), static_cast<std::uint8_t>(setup.index >> 8)});
    }
    if (setup.request_type == 0xC0 && setup.request == loopback::recall_request) return reply(stored_);
    if (setup.request_type == 0x40 && setup.request == loopback::store_request) {
        stored_.assign(out.begin(), out.end());
        return finish(id, Status::ok, {}, out.size());
    }
    if (setup.request_type == 0x80 && setup.request == 6 && setup.value >> 8 == 1) return reply(descriptors_.device);
    if (setup.request_type == 0x80 && setup.request == 6 && setup.value >> 8 == 2)
        return reply(descriptors_.configuration);
    if (setup.request_type == 0x02 && setup.request == 1) clear_halt(static_cast<std::uint8_t>(setup.index));
    const bool standard_setting = (setup.request_type & 0xE0) == 0;
    finish(id, standard_setting ? Status::ok : Status::stall);
}

void LoopbackDevice::submit_bulk_out(TransferId id, std::uint8_t endpoint, std::span<const std::uint8_t> data,
                                     Clock now) {
    if (!present_) return finish(id, Status::no_device);
    finish(id, Status::ok, {}, data.size());
    if (endpoint == loopback::echo_out) push(loopback::echo_in, data);
    if (endpoint == loopback::command_out && !data.empty()) obey(data, now);
}

void LoopbackDevice::obey(std::span<const std::uint8_t> command, Clock now) {
    const std::vector<std::uint8_t> packet(packet_size(), 0x55);
    switch (command[0]) {
        case loopback::make_frame: due_.push_back(now + delay_); break;
        case loopback::make_frame_at_once: push(loopback::frame_in, next_frame()); break;
        case loopback::set_delay: delay_ = std::chrono::milliseconds(command.size() > 1 ? command[1] : 0); break;
        case loopback::shorten_next: shorten_ = true; break;
        case loopback::unplug_self: unplug(now); break;
        case loopback::overlong_packet: push(loopback::frame_in, packet); break;
        case loopback::stall_frames:
            halted_[loopback::frame_in] = true;
            for (const Reader& reader : std::exchange(readers_[loopback::frame_in], {})) {
                finish(reader.id, Status::stall);
            }
            break;
        default: break;
    }
}

void LoopbackDevice::submit_bulk_in(TransferId id, std::uint8_t endpoint, std::size_t capacity, Clock) {
    if (!present_) return finish(id, Status::no_device);
    if (halted_[endpoint]) return finish(id, Status::stall);
    readers_[endpoint].push_back({id, capacity, {}});
    feed(endpoint);
}

bool LoopbackDevice::cancel(TransferId id, Clock) {
    for (auto& [endpoint, readers] : readers_) {
        const auto found =
            std::find_if(readers.begin(), readers.end(), [id](const Reader& reader) { return reader.id == id; });
        if (found == readers.end()) continue;
        auto data = std::move(found->data);
        readers.erase(found);
        finish(id, Status::cancelled, std::move(data));
        return true;
    }
    return false;
}

void LoopbackDevice::reset(Clock) {
    packets_.clear();
    halted_.clear();
    due_.clear();
    shorten_ = false;
    delay_ = {};
}

void LoopbackDevice::unplug(Clock) {
    present_ = false;
    due_.clear();
    for (const auto& [endpoint, readers] : std::exchange(readers_, {})) {
        for (const Reader& reader : readers) finish(reader.id, Status::no_device);
    }
}

void LoopbackDevice::plug(Clock now) {
    present_ = true;
    reset(now);
}

std::optional<LoopbackDevice::Clock> LoopbackDevice::next_event() const {
    return due_.empty() ? std::nullopt : std::optional(due_.front());
}

void LoopbackDevice::advance(Clock now) {
    while (!due_.empty() && due_.front() <= now) {
        due_.pop_front();
        push(loopback::frame_in, next_frame());
    }
}

std::vector<std::uint8_t> LoopbackDevice::next_frame() {
    const bool whole = !std::exchange(shorten_, false);
    std::vector<std::uint8_t> frame(whole ? loopback::frame_size : loopback::short_frame_size);
    for (std::size_t i = 0; i < frame.size(); ++i) frame[i] = static_cast<std::uint8_t>(i);
    frame.front() = frames_++;
    if (whole) frame.back() = loopback::end_of_frame;
    return frame;
}

void LoopbackDevice::push(std::uint8_t endpoint, std::span<const std::uint8_t> data) {
    for (std::size_t at = 0; at < data.size(); at += packet_size()) {
        const auto packet = data.subspan(at, std::min(packet_size(), data.size() - at));
        packets_[endpoint].emplace_back(packet.begin(), packet.end());
    }
    feed(endpoint);
}

void LoopbackDevice::feed(std::uint8_t endpoint) {
    while (!readers_[endpoint].empty() && !packets_[endpoint].empty()) take_packet(endpoint);
}

// The first packet into the first reader, which must both be there.
void LoopbackDevice::take_packet(std::uint8_t endpoint) {
    auto& readers = readers_[endpoint];
    Reader& reader = readers.front();
    const std::vector<std::uint8_t> packet = std::move(packets_[endpoint].front());
    packets_[endpoint].pop_front();
    const bool fits = reader.data.size() + packet.size() <= reader.capacity;
    if (fits) reader.data.insert(reader.data.end(), packet.begin(), packet.end());
    if (fits && packet.size() == packet_size() && reader.data.size() < reader.capacity) return;
    Reader finished = std::move(reader);
    readers.pop_front();
    finish(finished.id, fits ? Status::ok : Status::overflow, std::move(finished.data));
}

}  // namespace singel::tests
