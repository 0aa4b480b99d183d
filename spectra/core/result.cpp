#include "spectra/core/result.hpp"

namespace singel::spectra::core {

std::string_view name(Fault fault) {
    switch (fault) {
        case Fault::invalid_argument: return "invalid_argument";
        case Fault::not_found: return "not_found";
        case Fault::permission_denied: return "permission_denied";
        case Fault::busy: return "busy";
        case Fault::wrong_format: return "wrong_format";
        case Fault::wrong_technique: return "wrong_technique";
        case Fault::no_dark: return "no_dark";
        case Fault::saturated: return "saturated";
        case Fault::too_weak: return "too_weak";
        case Fault::interlock_open: return "interlock_open";
        case Fault::disk_full: return "disk_full";
        case Fault::cancelled: return "cancelled";
        case Fault::unsupported: return "unsupported";
        case Fault::disconnected: return "disconnected";
        case Fault::timed_out: return "timed_out";
        case Fault::stalled: return "stalled";
        case Fault::protocol: return "protocol";
        case Fault::laser_unverified: return "laser_unverified";
        case Fault::input_output: return "input_output";
    }
    return "unknown";
}

bool person_can_act(Fault fault) {
    return fault < Fault::disconnected;
}

std::string Error::sentence() const {
    std::string text = what;
    if (!where.empty()) text += " (" + where + ")";
    if (remedy.empty()) return text;
    std::string advice = remedy;
    if (advice.front() >= 'a' && advice.front() <= 'z') advice.front() -= 'a' - 'A';
    return text + ". " + advice + (advice.ends_with('.') || advice.ends_with('?') ? "" : ".");
}

Failure::Failure(Error error) : error_(std::move(error)), sentence_(error_.sentence()) {}

Failure::Failure(Fault fault, std::string what, std::string where, std::string remedy)
    : Failure(Error{fault, std::move(what), std::move(where), std::move(remedy)}) {}

}  // namespace singel::spectra::core
