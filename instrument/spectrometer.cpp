#include "instrument/spectrometer.hpp"

namespace singel::instrument {

boost::asio::awaitable<void> Spectrometer::stream(std::uint64_t frames, FrameSink sink) {
    for (std::uint64_t i = 0; i < frames; ++i) {
        core::Frame frame = co_await capture();
        sink(std::move(frame));
    }
}

}  // namespace singel::instrument
