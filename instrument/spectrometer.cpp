#include "instrument/spectrometer.hpp"

#include <optional>
#include <utility>

#include "instrument/signal.hpp"

namespace singel::instrument {

boost::asio::awaitable<core::Frame> Spectrometer::capture() {
    std::optional<core::Frame> captured;
    const FrameSink keep = [&captured](core::Frame frame) { captured = std::move(frame); };
    try {
        co_await stream(1, keep);
    } catch (...) {
        rethrow_as_failure();
    }
    co_return std::move(*captured);
}

}  // namespace singel::instrument
