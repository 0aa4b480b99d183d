#include "acquisition/records/interlock.hpp"

#include <algorithm>

namespace singel::acquisition::records {

std::string_view name(InterlockReason reason) {
    switch (reason) {
        case InterlockReason::compartment_switch: return "compartment_switch";
        case InterlockReason::remote_interlock: return "remote_interlock";
        case InterlockReason::defect: return "defect";
        case InterlockReason::changed: return "changed";
        case InterlockReason::mistake: return "mistake";
    }
    return "unknown";
}

std::optional<InterlockReason> interlock_reason(std::string_view text) {
    using enum InterlockReason;
    for (const InterlockReason reason : {compartment_switch, remote_interlock, defect, changed, mistake})
        if (name(reason) == text) return reason;
    return std::nullopt;
}

bool withdraws(InterlockReason reason) {
    return reason >= InterlockReason::defect;
}

std::chrono::year_month_day today() {
    return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
}

std::chrono::year_month_day expires(const InterlockRecord& record) {
    const auto later = record.day + std::chrono::years(1);
    return later.ok() ? later : later.year() / later.month() / std::chrono::last;  // a leap day
}

std::optional<InterlockRecord> valid_interlock(const std::vector<InterlockRecord>& records, std::string_view model,
                                               std::string_view serial, std::chrono::year_month_day today) {
    const auto same = [&](const InterlockRecord& one) { return one.model == model && one.serial == serial; };
    const auto latest = std::find_if(records.rbegin(), records.rend(), same);
    if (latest == records.rend() || withdraws(latest->reason)) return std::nullopt;
    if (today < latest->day || today >= expires(*latest)) return std::nullopt;
    return *latest;
}

}  // namespace singel::acquisition::records
