#pragma once

#include <deque>
#include <optional>

#include "firmware-bridge/virtual/obp_cooler.hpp"
#include "firmware-bridge/virtual/obp_line.hpp"
#include "firmware-bridge/virtual/optics/sensor.hpp"
#include "firmware-bridge/wire/obp/spectra.hpp"

namespace singel::firmware_bridge::virtual_instrument {

// The detector and its buffer: when it gathers light, and which spectrum answers which request (section 8.5).
//
// On request: one request, one spectrum; but while the detector is not told otherwise it keeps one more prepared, so
// the first answer after a change may be from before it. Into the buffer: "acquire" takes as many spectra back to
// back as it was told, and whoever asks gets the oldest that is there. Asking an empty buffer for a spectrum starts a
// run of its own that fills the buffer until it is aborted. A full buffer keeps what it has: what comes then is lost,
// and counted. With an external trigger each edge begins what would otherwise begin at once.
class ObpCamera {
public:
    // Seconds of full laser power up to now.
    using LaserSeconds = std::function<double(Clock now)>;

    ObpCamera(const ObpModel& model, const ObpRegisters& registers, optics::Sensor sensor, Port port, ObpLine& line,
              const ObpCooler& cooler, LaserSeconds laser);

    void power_up(Clock now);
    void forget();  // whoever asked is gone
    void trigger(Clock now);
    wire::obp::Error abort(Clock now);
    void setting_changed(const ObpRegister& row, Clock now);
    void add_to(ObpHandlers& handlers);
    const Truth& truth() const { return truth_; }

private:
    struct Shot {
        Clock begun{0}, integration{0}, ended{0};
        double laser_seconds = 0, dark = 1;
        std::uint32_t scans = 1, boxcar = 0, binning = 0;
        std::uint8_t trigger = 0;
        std::uint64_t noise = 0;  // number of its first scan
        std::uint32_t count = 0;  // of spectra since power-up
    };

    ObpAnswer ask(const ObpRequest& request);
    ObpAnswer fetch_many(const ObpRequest& request);
    wire::obp::Error acquire(Clock now);
    wire::obp::Error remove_oldest(wire::ByteView argument);

    bool for_buffer() const { return run_left_ > 0 || free_run_; }
    bool wants_light() const;
    void serve(Clock now);
    std::optional<Shot> oldest();
    void begin(Clock now);
    void expose(Clock begun);
    void finish(Shot shot, double laser_before);
    void keep(const Shot& shot);
    void stop();

    wire::obp::Counts counts(const Shot& shot) const;
    wire::obp::FastSpectrum fast(const Shot& shot) const;
    wire::Bytes payload(const Shot& shot) const;
    wire::Bytes handed_over(const Shot& shot, Clock requested);

    const ObpModel& model_;
    const ObpRegisters& registers_;
    optics::Sensor sensor_;
    Port port_;
    ObpLine& line_;
    const ObpCooler& cooler_;
    LaserSeconds laser_;
    Truth truth_;
    Clock powered_{0};
    std::deque<ObpRequest> requests_;
    std::deque<Shot> prepared_, buffer_;
    wire::Bytes last_payload_;
    std::uint32_t count_ = 0, run_left_ = 0;
    std::uint64_t scans_ = 0, epoch_ = 0;
    bool gathering_ = false, awake_ = false, free_run_ = false, armed_ = false;
};

}  // namespace singel::firmware_bridge::virtual_instrument
