#pragma once

#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "firmware-bridge/virtual/instruments.hpp"
#include "firmware-bridge/wire/fid/requests.hpp"
#include "firmware-bridge/wire/ooi/commands.hpp"

// A host on the test bench: talks to a virtual instrument directly and owns its time.
namespace singel::test {

namespace device = firmware_bridge::virtual_instrument;
namespace wire = firmware_bridge::wire;

using std::chrono::milliseconds;
using std::chrono::seconds;

class Bench {
public:
    explicit Bench(std::unique_ptr<device::UsbDevice> instrument) : instrument_(std::move(instrument)) {
        instrument_->on_complete = [done = done_](device::Completion c) { (*done)[c.id] = std::move(c); };
    }
    explicit Bench(std::string_view model, device::Scene scene = {}, device::Faults faults = {})
        : Bench(device::make_instrument(model, std::move(scene), std::move(faults))) {}

    device::UsbDevice& operator*() { return *instrument_; }
    device::UsbDevice* operator->() { return instrument_.get(); }
    device::Clock now() const { return now_; }

    void pass(device::Clock time) {
        now_ += time;
        instrument_->advance(now_);
    }

    device::TransferId start_out(std::uint8_t endpoint, const std::vector<std::uint8_t>& data) {
        instrument_->submit_bulk_out(++id_, endpoint, data, now_);
        return id_;
    }
    device::TransferId start_in(std::uint8_t endpoint, std::size_t capacity) {
        instrument_->submit_bulk_in(++id_, endpoint, capacity, now_);
        return id_;
    }
    device::TransferId start_control(const device::Setup& setup, const std::vector<std::uint8_t>& out = {}) {
        instrument_->submit_control(++id_, setup, out, now_);
        return id_;
    }
    device::TransferId start(const wire::fid::Request& request) {
        const auto length = request.in() ? request.length : static_cast<std::uint16_t>(request.data.size());
        return start_control({request.request_type, request.request, request.value, request.index, length},
                             request.data);
    }

    bool done(device::TransferId id) const { return done_->contains(id); }
    // The transfer's end, or nothing while it is pending.
    std::optional<device::Completion> result(device::TransferId id) const {
        const auto found = done_->find(id);
        if (found == done_->end()) return std::nullopt;
        return found->second;
    }
    // Fails the test when it is not done with this status; its bytes.
    std::vector<std::uint8_t> bytes(device::TransferId id, device::Status status = device::Status::ok) const {
        const auto found = done_->find(id);
        EXPECT_TRUE(found != done_->end()) << "transfer " << id << " is still pending";
        if (found == done_->end()) return {};
        EXPECT_EQ(found->second.status, status);
        EXPECT_EQ(found->second.actual, found->second.in.empty() ? found->second.actual : found->second.in.size());
        return found->second.in;
    }
    device::Status status(device::TransferId id) const {
        EXPECT_TRUE(done_->contains(id)) << "transfer " << id << " is still pending";
        return done_->contains(id) ? done_->at(id).status : device::Status::cancelled;
    }

    void send(const wire::ooi::Command& command) {
        bytes(start_out(wire::ooi::command_endpoint, wire::ooi::encode(command)));
    }
    std::vector<std::uint8_t> ask(const wire::ooi::Command& command) {
        send(command);
        return bytes(start_in(wire::ooi::reply_endpoint, 512));
    }

private:
    using Done = std::map<device::TransferId, device::Completion>;
    std::unique_ptr<device::UsbDevice> instrument_;
    std::shared_ptr<Done> done_ = std::make_shared<Done>();  // stays in place when the bench moves
    device::Clock now_{0};
    device::TransferId id_ = 0;
};

// A lamp that shines the same on all wavelengths of the silicon range.
inline device::Scene flat_light(double brightness = 0.5) {
    device::Scene scene;
    scene.wavelength_nm = {200, 1200};
    scene.light = {1, 1};
    scene.brightness = brightness;
    return scene;
}

// Raman light without shape: as much on each pixel as the response lets through.
inline device::Scene flat_raman(double brightness = 0.5) {
    device::Scene scene;
    scene.raman_shift_cm1 = {0, 4000};
    scene.raman = {1, 1};
    scene.brightness = brightness;
    return scene;
}

}  // namespace singel::test
