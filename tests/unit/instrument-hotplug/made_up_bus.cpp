#include "tests/unit/instrument-hotplug/made_up_bus.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gtest/gtest.h>

#include "instrument/families.hpp"
#include "instrument/signal.hpp"
#include "spectra/core/result.hpp"

namespace singel::instrument {

namespace {

constexpr Bus::Duration by_itself{1000};

std::string id_at(unsigned address) {
    return "made up:" + std::to_string(address);
}

virtual_instrument::Scene some_light() {
    virtual_instrument::Scene scene;
    for (double nm = 200; nm <= 2500; nm += 50) {
        scene.wavelength_nm.push_back(nm);
        scene.light.push_back(1.0);
    }
    scene.brightness = 0.2;
    return scene;
}

}  // namespace

MadeUpBus::Unit& MadeUpBus::add(const std::string& model, const std::string& serial,
                                virtual_instrument::Faults faults) {
    auto unit = std::make_unique<Unit>();
    unit->device = virtual_instrument::make_instrument(model, some_light(), std::move(faults), serial);
    const auto& descriptors = unit->device->descriptors();
    const FamilyModel known = find_model(descriptors.vendor_id, descriptors.product_id);
    unit->place = {id_at(++last_address_), std::string(known.family->name), std::string(known.model.name)};
    units_.push_back(std::move(unit));
    announce();
    return *units_.back();
}

void MadeUpBus::unplug(Unit& unit) {
    const auto moment = unit.link ? unit.link->now() : unit.lived;
    unit.device->unplug(moment);
    unit.plugged = false;
    announce();
}

void MadeUpBus::plug(Unit& unit) {
    unit.device->plug(unit.link ? unit.link->now() : unit.lived);
    unit.place.id = id_at(++last_address_);
    unit.plugged = true;
    announce();
}

void MadeUpBus::plan(Duration from_now, std::function<void()> action) {
    planned_.emplace(now_ + from_now, std::move(action));
}

virtual_instrument::Truth MadeUpBus::truth(Unit& unit) {
    if (unit.link) unit.device->advance(unit.link->now());
    return unit.device->truth();
}

// An injected fault has pulled the cable.
void MadeUpBus::notice_unplugged() {
    for (const auto& unit : units_) {
        if (!unit->plugged || unit->device->present()) continue;
        unplug(*unit);
        plan(by_itself, [this, one = unit.get()] { plug(*one); });
    }
}

asio::awaitable<std::vector<Plugged>> MadeUpBus::list() {
    co_await asio::post(executor_, asio::use_awaitable);
    notice_unplugged();
    std::vector<Plugged> places;
    for (const auto& unit : units_)
        if (unit->plugged) places.push_back(unit->place);
    co_return places;
}

MadeUpBus::Unit& MadeUpBus::unit_at(const std::string& id) {
    const auto found =
        std::ranges::find_if(units_, [&](const auto& unit) { return unit->plugged && unit->place.id == id; });
    if (found == units_.end()) throw core::Failure(core::Fault::disconnected, "nothing is there", id);
    return **found;
}

asio::awaitable<SpectrometerPtr> MadeUpBus::open(std::string id) {
    Unit& unit = unit_at(id);
    if (unit.refuses) throw core::Failure(*unit.refuses, "refused", id);
    ++unit.opened;
    if (unit.link) unit.lived = std::max(unit.lived, unit.link->now());
    unit.link = VirtualLink::make(executor_, unit.device, LinkTime::simulated, id, unit.lived);
    const auto& descriptors = unit.device->descriptors();
    const FamilyModel known = find_model(descriptors.vendor_id, descriptors.product_id);
    SpectrometerPtr opened = co_await known.family->open(unit.link, known.model);
    co_return opened;
}

asio::awaitable<bool> MadeUpBus::change(Duration at_most) {
    co_await asio::post(executor_, asio::use_awaitable);
    const auto until = now_ + at_most;
    while (changes_ == seen_ && !planned_.empty() && planned_.begin()->first <= until) {
        const auto next = planned_.extract(planned_.begin());
        now_ = std::max(now_, next.key());
        next.mapped()();
    }
    const bool changed = changes_ != seen_;
    seen_ = changes_;
    if (!changed) now_ = until;
    co_return changed;
}

std::vector<std::string> driven_models() {
    std::vector<std::string> driven;
    for (const std::string& model : virtual_instrument::models()) {
        const auto device = virtual_instrument::make_instrument(model, {});
        const auto& descriptors = device->descriptors();
        if (find_model(descriptors.vendor_id, descriptors.product_id).family != nullptr) driven.push_back(model);
    }
    return driven;
}

void run_all(asio::io_context& io, asio::awaitable<void> work) {
    asio::co_spawn(io, std::move(work), [](std::exception_ptr problem) {
        try {
            if (problem) std::rethrow_exception(problem);
        } catch (const std::exception& error) {
            ADD_FAILURE() << "the coroutine ended with: " << error.what();
        }
    });
    io.run();
}

asio::awaitable<std::optional<core::Fault>> fault_of(asio::awaitable<void> work) {
    try {
        try {
            co_await std::move(work);
        } catch (...) {
            rethrow_as_failure();
        }
    } catch (const core::Failure& failure) {
        co_return failure.error().fault;
    }
    co_return std::nullopt;
}

}  // namespace singel::instrument
