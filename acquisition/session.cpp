#include "acquisition/session.hpp"

#include "acquisition/session_impl.hpp"

namespace singel::acquisition {

Session::Session(Runtime& runtime, Observer observer) : impl_(std::make_shared<Impl>(runtime, std::move(observer))) {}

Session::~Session() {
    impl_->runtime.run(Impl::shut_down(impl_));
}

void Session::connect(InstrumentChoice choice) {
    impl_->post([choice = std::move(choice)](Impl& impl) {
        impl.enqueue({false, [choice](std::shared_ptr<Impl> self) { return Impl::connect(self, choice); }});
    });
}

void Session::check(Plan plan) {
    impl_->post([plan = std::move(plan)](Impl& impl) {
        impl.enqueue({true, [plan](std::shared_ptr<Impl> self) { return Impl::check(self, plan); }});
    });
}

void Session::cancel() {
    impl_->post([](Impl& impl) { impl.cancel_all(); });
}

void Session::stop_laser() {
    impl_->post([](Impl& impl) {
        impl.switch_laser_off();  // before anything that observers do with the news
        impl.cancel_all();
    });
}

void Session::hold() {
    impl_->key->renew();
}

void Session::disconnect() {
    impl_->post([](Impl& impl) {
        impl.cancel_all();
        impl.enqueue({false, [](std::shared_ptr<Impl> self) { return Impl::disconnect(self); }});
    });
}

SnapshotPtr Session::latest() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->current;
}

}  // namespace singel::acquisition
