#include "tests/unit/instrument-ooi/stand.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <charconv>

#include "firmware-bridge/wire/ooi/models.hpp"
#include "instrument/families.hpp"
#include "instrument/ocean_ooi/models.hpp"
#include "instrument/virtual_link.hpp"

namespace singel::instrument::ooi_test {

using namespace std::chrono_literals;
namespace wire_ooi = firmware_bridge::wire::ooi;

namespace {

std::string hex(std::uint8_t byte) {
    constexpr std::string_view digits = "0123456789abcdef";
    return {digits[byte >> 4], digits[byte & 0xF]};
}

std::vector<std::uint8_t> bytes_of(std::string_view text) {
    std::vector<std::uint8_t> bytes;
    for (; !text.empty(); text.remove_prefix(std::min<std::size_t>(text.size(), 3))) {
        std::uint8_t byte = 0;
        std::from_chars(text.data(), text.data() + 2, byte, 16);
        bytes.push_back(byte);
    }
    return bytes;
}

bool begins_with(std::span<const std::uint8_t> data, const std::vector<std::uint8_t>& start) {
    return data.size() >= start.size() && std::equal(start.begin(), start.end(), data.begin());
}

const wire_ooi::EndpointMap& endpoints(const virtual_instrument::UsbDevice& device) {
    const std::uint16_t product = device.descriptors().product_id;
    const auto row = std::find_if(ocean_ooi::models.begin(), ocean_ooi::models.end(),
                                  [product](const auto& model) { return model.known.product_id == product; });
    return row->facts->dialect.endpoints;
}

}  // namespace

Between::Between(std::unique_ptr<UsbDevice> inner) : inner_(std::move(inner)) {
    inner_->on_complete = [this](virtual_instrument::Completion completion) {
        const auto change = of_transfer_.find(completion.id);
        if (change != of_transfer_.end() && completion.status == virtual_instrument::Status::ok) {
            change->second(completion.in);
            completion.actual = completion.in.size();
        }
        if (change != of_transfer_.end()) of_transfer_.erase(change);
        if (on_complete) on_complete(std::move(completion));
    };
}

void Between::submit_control(virtual_instrument::TransferId id, const virtual_instrument::Setup& setup,
                             std::span<const std::uint8_t> out, virtual_instrument::Clock now) {
    log.emplace_back("control");
    inner_->submit_control(id, setup, out, now);
}

void Between::submit_bulk_out(virtual_instrument::TransferId id, std::uint8_t endpoint,
                              std::span<const std::uint8_t> data, virtual_instrument::Clock now) {
    log.push_back("out " + hex(data.empty() ? std::uint8_t{0} : data[0]));
    last_command_.assign(data.begin(), data.end());
    const bool gone = std::any_of(swallowed_.begin(), swallowed_.end(),
                                  [&](const auto& start) { return begins_with(data, start); });
    const std::vector<std::uint8_t> nothing_known{0xFD};
    inner_->submit_bulk_out(id, endpoint, gone ? std::span<const std::uint8_t>(nothing_known) : data, now);
}

void Between::submit_bulk_in(virtual_instrument::TransferId id, std::uint8_t endpoint, std::size_t capacity,
                             virtual_instrument::Clock now) {
    log.push_back("in " + hex(endpoint));
    if (endpoint == endpoints(*inner_).reply)
        for (const auto& [command, change] : changes_)
            if (begins_with(last_command_, command)) of_transfer_[id] = change;
    inner_->submit_bulk_in(id, endpoint, capacity, now);
}

bool Between::cancel(virtual_instrument::TransferId id, virtual_instrument::Clock now) {
    of_transfer_.erase(id);
    return inner_->cancel(id, now);
}

void Between::reset(virtual_instrument::Clock now) {
    ++resets;
    inner_->reset(now);
}

void Between::change_reply(std::vector<std::uint8_t> command, std::function<void(Reply&)> change) {
    changes_.emplace_back(std::move(command), std::move(change));
}

virtual_instrument::Scene even_light(double brightness) {
    virtual_instrument::Scene scene;
    for (double nm = 200; nm <= 2600; nm += 50) {
        scene.wavelength_nm.push_back(nm);
        scene.light.push_back(1.0);
    }
    scene.brightness = brightness;
    return scene;
}

Stand::Stand(std::string model, virtual_instrument::Speed speed, double brightness)
    : device(std::make_shared<Between>(
          virtual_instrument::make_instrument(model, even_light(brightness), {}, {}, speed))),
      model_(std::move(model)),
      link_(VirtualLink::make(io.get_executor(), device, LinkTime::simulated, "virtual:" + model_)) {}

std::optional<core::Error> Stand::run(Body body) {
    std::optional<core::Error> error;
    io.restart();
    asio::co_spawn(io, body(*this), [&error](std::exception_ptr problem) {
        try {
            if (problem) std::rethrow_exception(problem);
        } catch (const core::Failure& failure) {
            error = failure.error();
        }
    });
    io.run();
    return error;
}

asio::awaitable<void> Stand::open() {
    const auto& descriptors = device->descriptors();
    const auto known = find_model(descriptors.vendor_id, descriptors.product_id);
    instrument = co_await known.family->open(link_, known.model);
}

asio::awaitable<void> Stand::close() {
    co_await instrument->close();
    instrument.reset();
    link_ = VirtualLink::make(io.get_executor(), device, LinkTime::simulated, "virtual:" + model_, link_->now());
}

asio::awaitable<void> Stand::tell(std::string_view command) {
    co_await link_->bulk_out(endpoints(*device).command, bytes_of(command), 100ms);
}

asio::awaitable<std::vector<std::uint8_t>> Stand::ask(std::string_view command) {
    co_await tell(command);
    std::vector<std::uint8_t> reply;
    try {
        reply = co_await link_->bulk_in(endpoints(*device).reply, 512, 100ms);
    } catch (const core::Failure&) {
        // No answer is an answer.
    }
    co_return reply;
}

virtual_instrument::FrameTruth Stand::last_frame() {
    device->advance(link_->now());
    return device->truth().last_frame;
}

void Stand::trigger_after(std::chrono::milliseconds duration) {
    const auto later = [](std::shared_ptr<Between> target, TransportPtr link,
                          std::chrono::milliseconds pause) -> asio::awaitable<void> {
        co_await link->wait(pause);
        target->trigger(link->now());
    };
    asio::co_spawn(io, later(device, link_, duration), asio::detached);
}

std::string letters_of(std::string_view model) {
    std::string letters;
    for (const char c : model) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) letters += c;
        if (c == '+') letters += "Plus";
    }
    return letters;
}

std::string name_of_model(const testing::TestParamInfo<std::string>& model) {
    return letters_of(model.param);
}

asio::awaitable<std::optional<core::Error>> error_of(asio::awaitable<void> work) {
    try {
        co_await std::move(work);
    } catch (const core::Failure& failure) {
        co_return failure.error();
    }
    co_return std::nullopt;
}

asio::awaitable<void> capture_once(Stand& stand) {
    co_await stand.instrument->capture();
}

}  // namespace singel::instrument::ooi_test
