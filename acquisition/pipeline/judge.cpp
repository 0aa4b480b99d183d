#include "acquisition/pipeline/judge.hpp"

#include <algorithm>

#include "acquisition/pipeline/library_cache.hpp"
#include "acquisition/record_json.hpp"
#include "acquisition/records/claim_code.hpp"
#include "acquisition/records/interlock.hpp"
#include "acquisition/watch_list.hpp"
#include "instrument/known_models.hpp"
#include "spectra/core/result.hpp"
#include "spectra/process/reduce.hpp"

namespace singel::acquisition::pipeline {

namespace core = spectra::core;
namespace identify = spectra::identify;
namespace process = spectra::process;

namespace {

process::ReduceOptions reduce_options(const instrument::Description& description) {
    process::ReduceOptions options;
    options.odd_pixels = description.odd_pixels;
    options.junk_first = description.junk_first;
    options.junk_last = description.junk_last;
    options.pairs = description.pairs;
    for (const auto& range : description.electric_dark) options.electric_dark.push_back({range.first, range.last});
    options.nonlinearity = description.nonlinearity;
    options.bad_pixels = description.bad_pixels;
    options.raman_intensity = description.raman_intensity;
    if (description.usable.last > description.usable.first)
        options.usable = process::PixelRange{description.usable.first, description.usable.last};
    options.technique = core::Technique::raman;
    return options;
}

Statement sample_warmed(const records::Record& record) {
    Statement statement;
    statement.code = StatementCode::sample_warmed;
    statement.laser_power = record.lighting.power;
    return statement;
}

}  // namespace

std::string known_name(const std::string& substance, const core::ReferenceSet& references) {
    for (const core::Reference& reference : references.references) {
        const auto& known = reference.substance;
        const auto same = [&](const std::string& other) { return same_substance(other, substance); };
        if (same(known.name) || std::ranges::any_of(known.synonyms, same)) return known.name;
    }
    return substance;
}

identify::Identification identify_scan(const core::Spectrum& scan, const identify::Library& library,
                                       const std::vector<std::string>& also_about, const core::ParallelFor& parallel,
                                       Accounts accounts) {
    require_technique(identify::references(library).technique, scan.technique);
    std::vector<std::string> names;
    for (const std::string& name : also_about) names.push_back(known_name(name, identify::references(library)));
    const auto identify = accounts == Accounts::given ? identify::identify_with_accounts : identify::identify;
    return core::value_or_throw(identify(scan, library, watch_list_with(names), parallel));
}

Verdict verdict_of(const records::Record& record) {
    Verdict verdict = conclude(record.identification, record.sold_as, record.strips, record.skipped_strips);
    if (record.lighting.warmed) verdict.limits.insert(verdict.limits.begin(), sample_warmed(record));
    return verdict;
}

records::Record judge(Measured measured, const instrument::Description& description, const Plan& plan,
                      const identify::Library& library, const core::ParallelFor& parallel) {
    records::Record record;
    record.id = records::random_id();
    record.day = records::today();
    record.simulated = description.identity.simulated;
    if (!record.simulated) record.claim_code = records::random_claim_code();
    record.verified = instrument::name(instrument::verified_of(description));
    record.software = software_version();
    record.sold_as = known_name(plan.sold_as, identify::references(library));
    record.strips = plan.strips;
    record.skipped_strips = plan.skipped_strips;
    record.lighting = measured.lighting;
    record.frames = std::move(measured.frames);
    record.dark = std::move(measured.dark);
    record.axis = std::move(measured.axis);
    auto scan = process::reduce(record.frames, record.dark, record.axis, reduce_options(description));
    record.scan = core::value_or_throw(std::move(scan));
    record.scan.provenance.source = record.id;
    record.scan.provenance.instrument = description.identity;
    std::vector<std::string> also_about = plan.limits_for;
    if (!record.sold_as.empty()) also_about.push_back(record.sold_as);
    record.identification = identify_scan(record.scan, library, also_about, parallel, Accounts::given);
    record.verdict = verdict_of(record);
    return record;
}

}  // namespace singel::acquisition::pipeline
