#include "instrument/usb/changes.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "instrument/usb/context.hpp"

namespace singel::instrument::usb {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds poll_interval = 1s;

}  // namespace

Changes::Changes(asio::any_io_executor executor, std::shared_ptr<Context> context)
    : timer_(std::move(executor)), context_(std::move(context)) {}

Changes::~Changes() {
    context_->forget(notify_);
}

std::shared_ptr<Changes> Changes::watch(asio::any_io_executor executor, Noticing noticing) {
    std::shared_ptr<Changes> changes(new Changes(executor, Context::get()));
    const std::weak_ptr<Changes> weak = changes;
    changes->notify_ = std::make_shared<const std::function<void()>>([executor, weak] {
        asio::post(executor, [weak] {
            const auto self = weak.lock();
            if (!self) return;
            ++self->changes_;
            self->timer_.cancel();
        });
    });
    if (noticing == Noticing::events) changes->told_ = changes->context_->on_change(changes->notify_);
    return changes;
}

asio::awaitable<bool> Changes::next(std::chrono::milliseconds at_most) {
    const auto self = shared_from_this();
    const auto patience = told_ ? at_most : std::min(at_most, poll_interval);
    if (changes_ == seen_) {
        timer_.expires_after(patience);
        boost::system::error_code error;
        co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, error));
        if (error && changes_ == seen_)
            throw spectra::core::Failure(spectra::core::Fault::cancelled, "cancelled", "watch the bus");
    }
    const bool changed = changes_ != seen_;
    seen_ = changes_;
    co_return changed || (!told_ && at_most >= poll_interval);
}

}  // namespace singel::instrument::usb
