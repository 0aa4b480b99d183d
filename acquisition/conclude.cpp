#include <algorithm>

#include "acquisition/statement.hpp"
#include "acquisition/watch_list.hpp"

namespace singel::acquisition {

namespace {

using spectra::identify::Certainty;
using spectra::identify::Component;
using spectra::identify::Identification;
using spectra::identify::NotDetected;

constexpr StripKind needed_strips[] = {StripKind::fentanyl, StripKind::nitazene};

Statement about(StatementCode code, std::string substance = {}) {
    Statement statement;
    statement.code = code;
    statement.substance = std::move(substance);
    return statement;
}

Statement about(StatementCode code, StripKind strip) {
    Statement statement;
    statement.code = code;
    statement.strip = strip;
    return statement;
}

bool named(const Component& component) {
    return component.certainty != Certainty::could_not_tell;
}

// A group is one finding: any of its members may be what is there.
bool may_be(const Component& component, std::string_view substance) {
    return same_substance(component.name, substance) ||
           std::ranges::any_of(component.group,
                               [&](const std::string& member) { return same_substance(member, substance); });
}

template <class Property>
bool any_member(const Component& component, Property property) {
    return property(component.name) || std::ranges::any_of(component.group, property);
}

Statement from_component(const Component& component) {
    Statement statement = about(StatementCode::could_not_tell, component.name);
    if (component.certainty == Certainty::found) statement.code = StatementCode::substance_found;
    if (component.certainty == Certainty::probable) statement.code = StatementCode::substance_probable;
    statement.share = component.share;
    statement.share_interval = component.share_interval;
    return statement;
}

Statement from_negative(const NotDetected& negative) {
    Statement statement =
        about(negative.detection_limit_share ? StatementCode::not_seen_above : StatementCode::not_seen_limit_unknown,
              negative.name);
    statement.limit = negative.detection_limit_share;
    statement.partly_covered = negative.partly_covered;
    statement.no_limit = negative.no_limit;
    return statement;
}

class Conclusion {
public:
    Conclusion(const Identification& identification, const std::string& sold_as,
               const std::vector<StripReading>& strips, const std::vector<StripKind>& skipped)
        : identification_(identification), sold_as_(sold_as), strips_(strips), skipped_(skipped) {}

    Verdict verdict() {
        verdict_.finished = std::ranges::all_of(
            needed_strips, [&](StripKind kind) { return settled(kind) || std::ranges::count(skipped_, kind) > 0; });
        verdict_.sign = sign();
        say_headline();
        say_found();
        say_strips();
        say_unseen();
        say_unexplained();
        say_advice();
        say_limits();
        return std::move(verdict_);
    }

private:
    bool read(StripKind kind, StripMeaning wanted) const {
        return std::ranges::any_of(
            strips_, [&](const StripReading& reading) { return reading.kind == kind && meaning(reading) == wanted; });
    }
    bool settled(StripKind kind) const {
        return read(kind, StripMeaning::class_present) || read(kind, StripMeaning::not_detected);
    }
    bool answered() const {
        return identification_.quality.usable && std::ranges::any_of(identification_.components, named);
    }
    bool said_is_seen() const {
        return std::ranges::any_of(identification_.components, [&](const Component& component) {
            return named(component) && may_be(component, sold_as_);
        });
    }
    const NotDetected* said_negative() const {
        const auto& negatives = identification_.not_detected;
        const auto found = std::ranges::find_if(
            negatives, [&](const NotDetected& negative) { return same_substance(negative.name, sold_as_); });
        return found == negatives.end() ? nullptr : &*found;
    }
    // The spectrum itself shows a member of the class that this strip reacts to.
    bool spectrum_shows(StripKind kind) const {
        return std::ranges::any_of(identification_.components, [&](const Component& component) {
            return named(component) &&
                   any_member(component, [&](const std::string& member) { return strip_for(member) == kind; });
        });
    }

    bool danger() const {
        for (const Component& component : identification_.components)
            if (named(component) && any_member(component, high_risk)) return true;
        return std::ranges::any_of(strips_, [&](const StripReading& reading) {
            if (meaning(reading) != StripMeaning::class_present) return false;
            // A benzodiazepine that was bought as one is no surprise; an opioid of these classes always kills.
            return reading.kind != StripKind::benzodiazepine || strip_for(sold_as_) != StripKind::benzodiazepine;
        });
    }
    // Another watched substance than what was said.
    bool surprise() const {
        return std::ranges::any_of(identification_.components, [&](const Component& component) {
            return named(component) && !may_be(component, sold_as_) && any_member(component, on_watch_list);
        });
    }
    Sign sign() const {
        if (danger()) return Sign::dangerous;
        if (sold_as_.empty() || !answered()) return Sign::could_not_tell;
        if (surprise()) return Sign::different;
        if (!said_is_seen()) {
            const NotDetected* negative = said_negative();
            return negative && negative->detection_limit_share ? Sign::different : Sign::could_not_tell;
        }
        const bool strips_read = std::ranges::all_of(needed_strips, [&](StripKind kind) { return settled(kind); });
        return strips_read && !identification_.unknown.present ? Sign::as_said : Sign::could_not_tell;
    }

    void say_headline() {
        for (const Component& component : identification_.components)
            if (named(component) && any_member(component, high_risk))
                verdict_.headline.push_back(from_component(component));
        for (const StripReading& reading : strips_)
            if (meaning(reading) == StripMeaning::class_present) verdict_.headline.push_back(present(reading.kind));
        if (!answered()) {
            verdict_.headline.push_back(about(StatementCode::could_not_tell));
        } else if (!sold_as_.empty()) {
            verdict_.headline.push_back(about_what_was_said());
        }
        if (!verdict_.finished) verdict_.headline.push_back(about(StatementCode::use_strips));
    }
    Statement about_what_was_said() const {
        if (said_is_seen()) return about(StatementCode::said_and_seen, sold_as_);
        const NotDetected* negative = said_negative();
        if (!negative) return about(StatementCode::said_but_not_recognisable, sold_as_);
        Statement statement = about(StatementCode::not_what_was_said, sold_as_);
        statement.limit = negative->detection_limit_share;
        return statement;
    }
    void say_found() {
        for (const Component& component : identification_.components)
            verdict_.found.push_back(from_component(component));
    }
    Statement present(StripKind kind) const {
        return about(spectrum_shows(kind) ? StatementCode::strip_class_present
                                          : StatementCode::strip_class_present_spectrum_silent,
                     kind);
    }
    void say_strips() {
        for (const StripReading& reading : strips_) {
            switch (meaning(reading)) {
                case StripMeaning::class_present: verdict_.strips.push_back(present(reading.kind)); break;
                case StripMeaning::not_detected:
                    verdict_.strips.push_back(about(StatementCode::strip_not_detected, reading.kind));
                    break;
                case StripMeaning::invalid:
                    verdict_.strips.push_back(about(StatementCode::strip_invalid, reading.kind));
                    break;
            }
        }
        for (const StripKind kind : needed_strips)
            if (std::ranges::none_of(strips_, [&](const StripReading& reading) { return reading.kind == kind; }))
                verdict_.strips.push_back(about(StatementCode::strip_missing, kind));
    }
    void say_unseen() {
        for (const NotDetected& negative : identification_.not_detected)
            verdict_.hidden.push_back(from_negative(negative));
        for (const auto& uncovered : identification_.not_covered)
            verdict_.unrecognisable.push_back(about(StatementCode::not_recognisable, uncovered.name));
    }
    void say_unexplained() {
        if (identification_.unknown.present) {
            Statement statement = about(StatementCode::unexplained_bands);
            statement.bands_cm1 = identification_.unknown.bands_cm1;
            verdict_.unexplained.push_back(std::move(statement));
        } else if (answered() && identification_.unknown.p_value) {
            verdict_.unexplained.push_back(about(StatementCode::no_unexplained_bands));
        }
    }
    void say_advice() {
        if (!verdict_.finished) verdict_.advice.push_back(about(StatementCode::use_strips));
        verdict_.advice.push_back(about(StatementCode::take_less));
        verdict_.advice.push_back(about(StatementCode::not_alone));
    }
    void say_limits() {
        if (identification_.provenance.instrument.simulated)
            verdict_.limits.push_back(about(StatementCode::simulated));
        verdict_.limits.push_back(about(StatementCode::only_this_portion));
        verdict_.limits.push_back(about(StatementCode::no_statement_of_strength));
        verdict_.limits.push_back(about(StatementCode::never_without_risk));
    }

    const Identification& identification_;
    const std::string& sold_as_;
    const std::vector<StripReading>& strips_;
    const std::vector<StripKind>& skipped_;
    Verdict verdict_;
};

}  // namespace

Verdict conclude(const Identification& identification, const std::string& sold_as,
                 const std::vector<StripReading>& strips, const std::vector<StripKind>& skipped) {
    return Conclusion(identification, sold_as, strips, skipped).verdict();
}

}  // namespace singel::acquisition
