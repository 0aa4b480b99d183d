#pragma once

#include <algorithm>
#include <numeric>
#include <string>

#include "firmware-bridge/virtual/ocean_models.hpp"
#include "firmware-bridge/wire/ooi/replies.hpp"
#include "firmware-bridge/wire/ooi/spectrum.hpp"
#include "tests/unit/firmware-bridge/bench.hpp"

namespace singel::test {

namespace ooi = wire::ooi;
using std::chrono::microseconds;

inline const ooi::ModelFacts& facts_of(std::string_view model) {
    for (const device::OceanModel& row : device::ocean_rows()) {
        if (row.facts.name == model) return row.facts;
    }
    throw std::invalid_argument(std::string(model));
}

// A host that speaks a model's dialect.
class Host : public Bench {
public:
    explicit Host(std::string_view model, device::Scene scene = flat_light(), device::Faults faults = {},
                  device::Speed speed = device::Speed::high)
        : Bench(device::make_instrument(model, std::move(scene), std::move(faults), {}, speed)),
          facts(facts_of(model)),
          high_speed((*this)->descriptors().speed == device::Speed::high) {}

    void send(const ooi::Command& command) {
        bytes(start_out(facts.dialect.endpoints.command, ooi::encode(command, facts.dialect.integration)));
    }
    std::vector<std::uint8_t> ask(const ooi::Command& command) {
        send(command);
        return bytes(start_in(facts.dialect.endpoints.reply, 512));
    }
    // No answer comes, however long the host waits.
    bool silent(const ooi::Command& command) {
        send(command);
        const auto read = start_in(facts.dialect.endpoints.reply, 512);
        pass(seconds(10));
        const bool none = !done(read);
        (*this)->cancel(read, now());
        return none;
    }
    ooi::Status status() { return *ooi::decode_status(ask(ooi::QueryStatus{}), facts.dialect.status); }
    void set_integration(microseconds time) { send(ooi::SetIntegrationTime{time}); }
    std::string slot_text(std::uint8_t slot) { return ooi::decode_slot(ask(ooi::QuerySlot{slot}), slot)->text; }

    // What waits in the spectrum endpoints now, whole packets, in the order in which it belongs together.
    std::vector<std::uint8_t> waiting_spectrum() {
        std::vector<std::uint8_t> all;
        for (const ooi::SpectrumPart& part : ooi::spectrum_parts(facts.dialect, high_speed)) {
            const std::size_t packet = ooi::packet_size(facts.dialect, high_speed);
            const auto read = start_in(part.endpoint, ooi::whole_packets(part.bytes, packet));
            if (!done(read)) (*this)->cancel(read, now());
            const auto taken = result(read)->in;
            all.insert(all.end(), taken.begin(), taken.end());
        }
        return all;
    }
    std::vector<std::uint16_t> spectrum(device::Clock wait) {
        send(ooi::RequestSpectrum{});
        pass(wait);
        const auto decoded = ooi::decode_spectrum(waiting_spectrum(), facts.dialect);
        EXPECT_TRUE(decoded) << (decoded ? "" : decoded.error().what);
        return decoded ? *decoded : std::vector<std::uint16_t>(facts.dialect.pixels);
    }
    // Two integrations are enough for every clockwork.
    std::vector<std::uint16_t> spectrum() { return spectrum(2 * integration() + milliseconds(25)); }
    device::Clock integration() const { return time_; }
    void use(microseconds time) {
        set_integration(time);
        time_ = time;
    }

    ooi::ModelFacts facts;
    bool high_speed;

private:
    device::Clock time_ = milliseconds(100);
};

inline double mean(const std::vector<std::uint16_t>& counts, std::size_t first, std::size_t last) {
    return std::accumulate(counts.begin() + static_cast<std::ptrdiff_t>(first),
                           counts.begin() + static_cast<std::ptrdiff_t>(last), 0.0) /
           static_cast<double>(last - first);
}

}  // namespace singel::test
