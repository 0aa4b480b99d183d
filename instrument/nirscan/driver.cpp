#include <algorithm>
#include <array>
#include <exception>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "firmware-bridge/wire/nirscan/column.hpp"
#include "instrument/decoded.hpp"
#include "instrument/frame_book.hpp"
#include "instrument/nirscan/nirscan.hpp"
#include "instrument/nirscan/scanner.hpp"
#include "instrument/open_driver.hpp"
#include "instrument/signal.hpp"

namespace singel::instrument::nirscan {

namespace asio = boost::asio;
using core::Failure;
using core::Fault;
using namespace std::chrono_literals;

namespace {

constexpr auto ladder_deadline = 1000ms;

enum class Rung { drain, clear_halt, reclaim, reset };
struct Step {
    Rung rung;
    std::string_view name;
};
constexpr std::array ladder{Step{Rung::drain, "drain"}, Step{Rung::clear_halt, "clear halt"},
                            Step{Rung::reclaim, "claim again"}, Step{Rung::reset, "reset the port"}};

class Driver final : public Spectrometer, private FrameSource {
public:
    Driver(TransportPtr link, const Model& model)
        : link_(std::move(link)), model_(model), line_(link_), scanner_(line_, *link_, model_) {}

    asio::awaitable<void> start();

    const Description& description() const override { return description_; }
    Counters counters() const override;
    std::span<const Recovery> recoveries() const override { return book_.recoveries; }
    asio::awaitable<core::FrameSettings> apply(Settings settings) override {
        return apply_settings(*this, book_, *link_, settings);
    }
    asio::awaitable<void> stream(std::uint64_t frames, FrameSink sink) override;
    asio::awaitable<void> close() override;
    Laser* laser() override { return nullptr; }

private:
    asio::awaitable<RawFrame> read_frame() override;
    asio::awaitable<void> drain() override;
    std::size_t rungs() const override { return ladder.size(); }
    std::string_view rung_name(std::size_t rung) const override { return ladder.at(rung).name; }
    asio::awaitable<void> climb(std::size_t rung) override;
    asio::awaitable<void> put_in_force(Settings settings) override;

    asio::awaitable<void> describe();
    void describe_values(const wire::Calibration& calibration);
    void note_in_force(const Settings& settings);

    TransportPtr link_;
    Model model_;
    Line line_;
    Scanner scanner_;
    Description description_;
    std::optional<wire::Calibration> calibration_;
    FrameBook book_;
    bool closed_ = false;
};

// No reset. Another program may have left a scan running.
asio::awaitable<void> Driver::start() {
    co_await scanner_.settle();
    co_await describe();
    co_await scanner_.configure();
    co_await scanner_.note_last();
    description_.beside_integration = scanner_.takes() - wire::pattern_exposure;
    note_in_force({description_.integration.min, core::Trigger::on_request});
}

asio::awaitable<void> Driver::describe() {
    description_.family = "nirscan";
    description_.identity.model = model_.known.name;
    description_.identity.link = link_->link();
    description_.identity.simulated = link_->simulated();
    description_.full_scale = wire::adc_full_scale;
    description_.integration = {wire::pattern_exposure, wire::pattern_exposure, wire::pattern_exposure};
    const Bytes serial = co_await line_.get({wire::command::read_serial, "read the serial number"});
    description_.identity.serial = firmware_bridge::wire::Reader(serial).text(serial.size());
    if (description_.identity.serial.empty())
        description_.warnings.push_back("The instrument's memory holds no serial number.");
    const Bytes versions = co_await line_.get({wire::command::version, "read the firmware version"});
    firmware_bridge::wire::Reader reader(versions);
    const std::uint32_t version = reader.u32le();
    if (!reader.ok()) throw Failure(Fault::protocol, "the version is cut off", "read the firmware version");
    description_.firmware = fmt::format("{}.{}.{}", version >> 16 & 0xFF, version >> 8 & 0xFF, version & 0xFF);
    const Bytes file = co_await line_.get({wire::command::read_calibration, "read the coefficients"});
    const auto calibration = wire::decode_calibration(file);
    if (calibration)
        describe_values(*calibration);
    else
        describe_values({});
    if (calibration) calibration_ = *calibration;
}

// Black patterns are values like the others and stay in the frame. They hold no light: the analysis bridges them as
// bad pixels, from their neighbours, between which they stand on the axis. What is dark is told by dark frames.
void Driver::describe_values(const wire::Calibration& calibration) {
    const std::size_t values = wire::values_of(model_.patterns);
    description_.pixels = values;
    description_.usable = {0, values - 1};
    const auto patterns = wire::pattern_wavelengths(scanner_.configuration(), calibration);
    std::vector<double> nm;
    for (std::size_t place = 0, pattern = 0; place < values; ++place) {
        const bool black = wire::is_black(place, wire::patterns_between_blacks, wire::patterns_between_blacks + 1);
        if (black) description_.bad_pixels.push_back(place);
        if (patterns && black) nm.push_back((patterns->at(pattern - 1) + patterns->at(pattern)) / 2);
        if (patterns && !black) nm.push_back(patterns->at(pattern++));
    }
    auto axis = core::Axis::make(core::AxisKind::wavelength_device_nm, std::move(nm));
    if (patterns && axis)
        description_.wavelengths = *axis;
    else
        description_.warnings.push_back(fmt::format("The instrument's wavelengths cannot be used: {}.",
                                                    patterns ? axis.error().what : patterns.error().what));
}

Counters Driver::counters() const {
    Counters counters = book_.counters;
    counters.replies_dropped = line_.dropped();
    counters.stale_discarded += scanner_.stale();
    return counters;
}

// A scan begins when it is asked for: none of the next ones is from before.
void Driver::note_in_force(const Settings& settings) {
    core::FrameSettings in_force = book_.settings;
    in_force.integration_time = settings.integration_time;
    in_force.trigger = settings.trigger;
    book_.changed(in_force, 0);
}

asio::awaitable<void> Driver::put_in_force(Settings settings) {
    co_await scanner_.configure();
    note_in_force(settings);
}

asio::awaitable<void> Driver::stream(std::uint64_t frames, FrameSink sink) {
    try {
        co_await make_ready(*this, book_, *link_);
        co_await stream_frames(*this, book_, *link_, frames, std::move(sink));
    } catch (...) {
        rethrow_as_failure();
    }
}

asio::awaitable<RawFrame> Driver::read_frame() {
    const wire::Scan scan = co_await scanner_.scan();
    if (calibration_ && scan.calibration != *calibration_)
        throw Failure(Fault::protocol, "the coefficients changed since the instrument was opened", "read the scan",
                      "Close the instrument and open it again.");
    book_.temperature = core::Celsius{scan.detector_temperature_hundredths_c / 100.0};
    RawFrame frame;
    frame.counts.assign(scan.values.begin(), scan.values.end());
    frame.device_count = scanner_.count();
    co_return frame;
}

// An instrument that does not answer now is a matter for the ladder, which follows.
asio::awaitable<void> Driver::drain() {
    try {
        co_await scanner_.settle();
    } catch (const Failure& failure) {
        const Fault fault = failure.error().fault;
        if (fault == Fault::disconnected || fault == Fault::cancelled) throw;
        book_.suspect = true;
    }
}

asio::awaitable<void> Driver::climb(std::size_t rung) {
    switch (ladder.at(rung).rung) {
        case Rung::drain: break;
        case Rung::clear_halt: co_await line_.clear_halt(); break;
        case Rung::reclaim: co_await link_->reclaim(ladder_deadline); break;
        case Rung::reset: co_await link_->reset(ladder_deadline); break;
    }
    co_await scanner_.settle();
    co_await scanner_.configure();
    co_await scanner_.note_last();
    co_await read_frame();
}

asio::awaitable<void> Driver::close() {
    if (std::exchange(closed_, true)) co_return;
    co_await close_driver(*link_, nullptr);
}

}  // namespace

std::span<const KnownModel> known_models() {
    static constexpr auto list = known_of(models);
    return list;
}

asio::awaitable<SpectrometerPtr> open(TransportPtr transport, KnownModel known) {
    return open_driver<Driver>(std::move(transport), row_of(models, known));
}

}  // namespace singel::instrument::nirscan
