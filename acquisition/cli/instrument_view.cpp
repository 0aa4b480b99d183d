#include "acquisition/cli/instrument_view.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "acquisition/runtime/runtime.hpp"
#include "instrument/known_models.hpp"

namespace singel::acquisition::cli {

namespace {

using instrument::Access;
using instrument::BusSpeed;
using instrument::Surveyed;
using Rule = instrument::usb::RuleState;

boost::asio::awaitable<void> survey_into(std::vector<Surveyed>& all, instrument::Opening opening) {
    all = co_await instrument::survey(opening);
}

std::string_view word(BusSpeed speed) {
    switch (speed) {
        case BusSpeed::full: return "full";
        case BusSpeed::high: return "high";
        case BusSpeed::super: return "super";
        case BusSpeed::unknown: break;
    }
    return "unknown";
}

std::string_view word(Access access) {
    switch (access) {
        case Access::usable: return "usable";
        case Access::no_permission: return "no permission";
        case Access::busy: return "busy";
        case Access::no_firmware: return "no firmware";
    }
    return {};
}

std::string_view state(Access access) {
    if (access == Access::busy) return "busy";
    return access == Access::no_firmware ? "no_firmware" : "free";
}

std::string_view word(Rule rule) {
    switch (rule) {
        case Rule::missing: return "missing";
        case Rule::outdated: return "outdated";
        case Rule::installed: return "installed";
    }
    return {};
}

bool on_a_bus(const Surveyed& one) {
    return one.found.link != spectra::core::Link::in_process;
}

std::string system_line(const Surveyed& one) {
    const std::string driver =
        one.system.kernel_driver.empty() ? "no kernel driver" : "kernel driver " + one.system.kernel_driver;
    return fmt::format("    port {}, {} speed, {}, {}, udev rule {}\n", one.port.empty() ? "unknown" : one.port,
                       word(one.found.speed), driver,
                       one.found.access == Access::no_permission ? "no permission" : "permission granted",
                       word(instrument::udev_rule_state()));
}

std::string memory_lines(const Surveyed& one) {
    std::string text;
    if (!one.found.serial.empty())
        text += fmt::format("    serial {}, firmware {}\n", one.found.serial, one.firmware);
    for (const std::string& warning : one.warnings) text += fmt::format("    {}\n", warning);
    if (one.problem) text += fmt::format("    {}\n", one.problem->sentence());
    return text;
}

}  // namespace

std::vector<Surveyed> look_at_the_bus(instrument::Opening opening) {
    Runtime runtime(Runtime::Loop::caller, 1);
    std::vector<Surveyed> all;
    runtime.run(survey_into(all, opening));
    return all;
}

nlohmann::ordered_json json_of(const Surveyed& one) {
    const auto& found = one.found;
    const Rule rule = instrument::udev_rule_state();
    nlohmann::ordered_json json{{"id", found.id},
                                {"family", found.family},
                                {"model", found.model},
                                {"serial", found.serial},
                                {"speed", word(found.speed)},
                                {"permission", found.access == Access::no_permission ? "denied" : "granted"},
                                {"state", state(found.access)},
                                {"link", spectra::core::name(found.link)},
                                {"simulated", found.simulated},
                                {"verified", instrument::name(found.verified)},
                                {"remedy", found.remedy}};
    if (!on_a_bus(one)) return json;
    json["port"] = one.port;
    json["kernel_driver"] = one.system.kernel_driver;
    json["holders"] = one.system.holders;
    json["udev_rule"] = word(rule);
    json["udev_tagged"] = one.system.tagged;
    json["firmware"] = one.firmware;
    json["warnings"] = one.warnings;
    json["error"] = one.problem ? nlohmann::ordered_json(one.problem->sentence()) : nlohmann::ordered_json(nullptr);
    json["advice"] = instrument::advice(one, rule);
    return json;
}

std::string text_of(const Surveyed& one) {
    const auto& found = one.found;
    std::string text = fmt::format("{:<28} {:<12} {:<22} {:<14} {}", found.id, found.family, found.model,
                                   word(found.access), found.simulated ? "simulated" : "");
    while (text.ends_with(' ')) text.pop_back();
    text += '\n';
    if (!on_a_bus(one)) return text;
    if (found.access != Access::no_firmware && found.verified != instrument::Verified::hardware)
        text += fmt::format("    {}\n", instrument::phrase(found.verified));
    text += system_line(one) + memory_lines(one);
    return text + fmt::format("    {}\n", instrument::advice(one, instrument::udev_rule_state()));
}

}  // namespace singel::acquisition::cli
