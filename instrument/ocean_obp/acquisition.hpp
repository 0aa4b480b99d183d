#pragma once

#include <boost/asio/awaitable.hpp>
#include <deque>

#include "instrument/frame_book.hpp"
#include "instrument/ocean_obp/known.hpp"
#include "instrument/ocean_obp/models.hpp"

namespace singel::instrument::ocean_obp {

// How long a frame may take, and when to look for it first.
struct Patience {
    std::chrono::microseconds integration{};
    Transport::Duration deadline{};  // no_deadline: until a trigger comes
};

// Frames by the recipe of a model (OBP notes, section 8.5). A model with a buffer is started for so many frames at
// once, which then belong together: its own count proves that none of them was lost.
class Acquisition {
public:
    Acquisition(Pipe& pipe, const KnownMessages& known, const obp::Model& model)
        : pipe_(pipe), known_(known), model_(model) {}

    // So many frames will be asked for one after the other, with the settings now in force.
    void expect(std::uint64_t frames);
    boost::asio::awaitable<RawFrame> next(Patience patience);
    // Ends what runs in the device and forgets what was fetched ahead.
    boost::asio::awaitable<void> stop();
    std::uint64_t stale() const { return stale_; }  // frames that by their own word were of other settings

private:
    bool buffers() const {
        return model_.readout == obp::Readout::buffered || model_.readout == obp::Readout::fast_buffer;
    }
    boost::asio::awaitable<RawFrame> on_request(Patience patience);
    boost::asio::awaitable<void> start_run(Patience patience);
    boost::asio::awaitable<void> fetch(Patience patience);
    template <class Spectrum>
    void keep(Spectrum spectrum, const Patience& patience);
    boost::asio::awaitable<std::uint32_t> fetch_one(Patience patience);
    boost::asio::awaitable<std::uint32_t> fetch_many(Patience patience);

    Pipe& pipe_;
    const KnownMessages& known_;
    const obp::Model& model_;
    std::uint64_t expected_ = 1;
    std::uint32_t run_length_ = 0;  // as the device knows it; 0: not told yet
    std::uint32_t due_ = 0;         // frames of the run that are still in the device
    bool run_begins_ = false;
    std::chrono::nanoseconds next_at_{};  // link time at which the next frame has gathered its light
    std::deque<RawFrame> fetched_;
    std::uint64_t stale_ = 0;
};

}  // namespace singel::instrument::ocean_obp
