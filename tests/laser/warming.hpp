#pragma once

#include <algorithm>

#include "instrument/spectrometer.hpp"

namespace singel::laser_campaign {

// A sample that warms: in front of an instrument it lifts the whole frame a little more each time it is lit with more
// than a certain power.
class Warming final : public instrument::Spectrometer {
public:
    Warming(instrument::Spectrometer& inner, double from_power, std::uint32_t counts_each_time)
        : inner_(inner), from_power_(from_power), step_(counts_each_time) {}

    const instrument::Description& description() const override { return inner_.description(); }
    instrument::Counters counters() const override { return inner_.counters(); }
    boost::asio::awaitable<instrument::core::FrameSettings> apply(instrument::Settings settings) override {
        return inner_.apply(settings);
    }
    boost::asio::awaitable<void> stream(std::uint64_t frames, instrument::FrameSink sink) override {
        const instrument::FrameSink warmed = [this, &sink](instrument::core::Frame frame) {
            if (frame.settings.laser_on && frame.settings.laser_power >= from_power_) heat_ += step_;
            for (auto& counts : frame.counts) counts = std::min(frame.full_scale, counts + heat_);
            sink(std::move(frame));
        };
        co_await inner_.stream(frames, warmed);
    }
    boost::asio::awaitable<void> close() override { return inner_.close(); }
    instrument::Laser* laser() override { return inner_.laser(); }
    void cool_down() { heat_ = 0; }

private:
    instrument::Spectrometer& inner_;
    double from_power_;
    std::uint32_t step_, heat_ = 0;
};

}  // namespace singel::laser_campaign
