#pragma once

#include <boost/asio/awaitable.hpp>

#include "instrument/frame_book.hpp"

namespace singel::instrument {

// Climbs the recovery ladder rung after rung, with growing pauses between them, until one brings the instrument back.
// Each rung is counted and noted. No rung is begun once the ladder's time is spent; then, and after the last rung,
// throws: unplug it and plug it in again. Asked again at once it refuses at once; each time the ladder fails it stays
// away longer, up to half a minute, so that a dead instrument is not hammered.
boost::asio::awaitable<void> recover(FrameSource& source, FrameBook& book, Transport& link);

}  // namespace singel::instrument
