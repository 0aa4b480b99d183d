#include <algorithm>
#include <array>
#include <exception>
#include <utility>

#include "instrument/frame_book.hpp"
#include "instrument/ocean_ooi/device.hpp"
#include "instrument/ocean_ooi/memory.hpp"
#include "instrument/ocean_ooi/models.hpp"
#include "instrument/ocean_ooi/ocean_ooi.hpp"
#include "instrument/open_driver.hpp"
#include "instrument/signal.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument::ocean_ooi {

namespace asio = boost::asio;
using core::Failure;
using core::Fault;
using namespace std::chrono_literals;

namespace {

constexpr auto ladder_deadline = 1000ms;
constexpr auto release_deadline = 2000ms;

// Section 9.3; the transport has done the first step (cancelled its transfers) before a failure gets here.
enum class Rung { drain, clear_halt, initialize, reset };
constexpr std::array ladder{Rung::drain, Rung::clear_halt, Rung::initialize, Rung::reset};

class Driver final : public Spectrometer, private FrameSource {
public:
    Driver(TransportPtr link, Model model) : link_(std::move(link)), model_(model) {}

    asio::awaitable<void> start();

    const Description& description() const override { return description_; }
    Counters counters() const override { return book_.counters; }
    asio::awaitable<core::FrameSettings> apply(Settings settings) override;
    asio::awaitable<core::Frame> capture() override;
    asio::awaitable<void> close() override;
    Laser* laser() override { return nullptr; }

private:
    asio::awaitable<RawFrame> read_frame() override;
    asio::awaitable<void> drain() override { return ocean_ooi::drain(*link_); }
    std::size_t rungs() const override { return ladder.size(); }
    asio::awaitable<void> climb(std::size_t rung) override;

    asio::awaitable<void> check_status();
    asio::awaitable<void> await_old_request();
    asio::awaitable<void> put_in_force(std::chrono::microseconds integration_time);
    asio::awaitable<void> apply_checked(Settings settings);

    TransportPtr link_;
    Model model_;
    Description description_;
    FrameBook book_;
    bool closed_ = false;
};

// Section 9.1. No reset: it would disturb other programs' instruments for nothing.
asio::awaitable<void> Driver::start() {
    co_await drain();
    co_await await_old_request();
    co_await initialize(*link_);
    co_await check_status();
    description_ = co_await describe(*link_, model_);
    co_await put_in_force(Settings{}.integration_time);
}

// A program that died may have left a request running; its frame would be taken for ours.
asio::awaitable<void> Driver::await_old_request() {
    const ooi::Status status = co_await read_status(*link_);
    if ((status.acquisition & ooi::acquisition_requested) == 0 && status.packets_waiting == 0) co_return;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(status.integration_time) + 100ms;
    co_await link_->wait(left);
    co_await drain();
}

asio::awaitable<void> Driver::check_status() {
    const ooi::Status status = co_await read_status(*link_);
    if (status.pixels != model_.pixels)
        throw Failure(Fault::protocol,
                      "the instrument reports " + std::to_string(status.pixels) + " pixels, a " +
                          std::string(model_.known.name) + " has " + std::to_string(model_.pixels),
                      "read status");
    if (status.high_speed && *status.high_speed != (link_->speed() != BusSpeed::full))
        description_.warnings.push_back("The instrument and the bus disagree about the bus speed.");
}

// A value that the instrument does not like is ignored without a word (section 3): only reading back tells.
asio::awaitable<void> Driver::put_in_force(std::chrono::microseconds integration_time) {
    co_await send(*link_, ooi::SetTrigger{0});
    co_await send(*link_, ooi::SetIntegrationTime{integration_time});
    const ooi::Status status = co_await read_status(*link_);
    core::FrameSettings in_force = book_.settings;
    in_force.integration_time = status.integration_time;
    book_.changed(in_force, model_.stale_after_change);
    if (status.integration_time != integration_time || status.trigger != 0)
        throw Failure(Fault::protocol,
                      "the instrument keeps " + std::to_string(status.integration_time.count()) + " µs instead of " +
                          std::to_string(integration_time.count()) + " µs",
                      "apply settings");
}

asio::awaitable<void> Driver::apply_checked(Settings settings) {
    co_await make_ready(*this, book_, *link_);
    co_await put_in_force(settings.integration_time);
}

asio::awaitable<core::FrameSettings> Driver::apply(Settings settings) {
    const Validated validated = validate(settings, description_);
    if (validated.verdict == Verdict::invalid) throw Failure(Fault::invalid_argument, validated.why.front());
    try {
        co_await apply_checked(validated.settings);
    } catch (...) {
        book_.suspect = true;
        rethrow_as_failure();
    }
    co_return book_.settings;
}

asio::awaitable<core::Frame> Driver::capture() {
    try {
        co_await make_ready(*this, book_, *link_);
        core::Frame frame = co_await capture_frame(*this, book_, *link_, description_);
        co_return frame;
    } catch (...) {
        rethrow_as_failure();
    }
}

asio::awaitable<RawFrame> Driver::read_frame() {
    RawFrame frame;
    frame.counts = co_await read_spectrum(*link_, model_.pixels, frame_deadline(book_.slowest));
    co_return frame;
}

asio::awaitable<void> Driver::climb(std::size_t rung) {
    switch (ladder.at(rung)) {
        case Rung::drain: break;
        case Rung::clear_halt:
            co_await link_->clear_halt(ooi::reply_endpoint, ladder_deadline);
            co_await link_->clear_halt(ooi::spectrum_endpoint, ladder_deadline);
            break;
        case Rung::initialize: co_await initialize(*link_); break;
        case Rung::reset:
            co_await link_->reset(ladder_deadline);
            co_await initialize(*link_);
            break;
    }
    co_await drain();
    co_await put_in_force(book_.settings.integration_time);
    co_await read_frame();
}

asio::awaitable<void> Driver::close() {
    if (std::exchange(closed_, true)) co_return;
    co_await ignore_cancellation();
    std::exception_ptr problem;
    try {
        co_await send(*link_, ooi::SetTrigger{0});
    } catch (...) {
        problem = std::current_exception();  // unplugged or dead: there is nothing to leave tidy
    }
    co_await link_->release(release_deadline);
    co_await heed_cancellation();
}

}  // namespace

std::span<const KnownModel> known_models() {
    static constexpr auto list = known_of(models);
    return list;
}

asio::awaitable<SpectrometerPtr> open(TransportPtr transport, KnownModel known) {
    return open_driver<Driver>(std::move(transport), row_of(models, known));
}

}  // namespace singel::instrument::ocean_ooi
