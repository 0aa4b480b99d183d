#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What a technician saw of an interlock that the instrument's firmware cannot report. Plain data, no person.
namespace singel::acquisition::records {

// What was tried, and so where the light goes; and why a record no longer counts.
enum class InterlockReason {
    compartment_switch,  // a closed compartment whose switch was tried: the light went out
    remote_interlock,    // a key, plug or door circuit was tried: the light went out; the beam is open
    defect,              // withdrawn: the interlock failed
    changed,             // withdrawn: the instrument or its place was changed
    mistake              // withdrawn: it was recorded for the wrong instrument
};

std::string_view name(InterlockReason reason);
std::optional<InterlockReason> interlock_reason(std::string_view name);
bool withdraws(InterlockReason reason);

struct InterlockRecord {
    std::string id;  // random
    std::string model, serial;
    std::chrono::year_month_day day;
    InterlockReason reason = InterlockReason::mistake;
    std::string staff;  // rotating token of the technician; may be empty
};

// UTC, so that a day is the same on every machine. Never an hour.
std::chrono::year_month_day today();

// Somebody has to try it again after a year.
std::chrono::year_month_day expires(const InterlockRecord& record);

// The record that counts today for this instrument: its latest one, unless that withdraws or has expired. records in
// the order in which they were made.
std::optional<InterlockRecord> valid_interlock(const std::vector<InterlockRecord>& records, std::string_view model,
                                               std::string_view serial, std::chrono::year_month_day today);

// One transition of a laser. No sample: nobody can tell from it whose portion was lit.
struct LaserEvent {
    std::chrono::sys_time<std::chrono::milliseconds> at{};
    std::string model, serial;
    bool requested = false;
    std::string enabled, can_fire, firing;  // yes, no, unknown
};

}  // namespace singel::acquisition::records
