#include "acquisition/pipeline/reanalyse.hpp"

#include <algorithm>
#include <deque>
#include <map>

#include "acquisition/pipeline/judge.hpp"
#include "acquisition/record_json.hpp"
#include "acquisition/runtime/ordered.hpp"
#include "acquisition/watch_list.hpp"
#include "spectra/identify/library.hpp"

namespace singel::acquisition::pipeline {

namespace core = spectra::core;
namespace identify = spectra::identify;
using records::Store;

namespace {

constexpr std::size_t keys_at_once = 256;

// One stored scan on its way: read, then asked.
struct Scan {
    Again again;
    std::vector<identify::Watched> watched;
};

// The scans of one store, one after the other. One thread.
class Walk {
public:
    Walk(Store& store, const identify::Library& library, const ReanalyseOptions& options, bool simulated)
        : store_(store), library_(library), simulated_(simulated) {
        // Before every id of that day.
        if (options.since) at_.day = day_text(*options.since);
    }

    std::optional<Scan> next() {
        if (keys_.empty()) {
            for (records::SampleKey& key : store_.next(at_, keys_at_once)) keys_.push_back(std::move(key));
            if (keys_.empty()) return std::nullopt;
            at_ = keys_.back();
        }
        Scan scan;
        scan.again.key = keys_.front();
        scan.again.simulated = simulated_;
        keys_.pop_front();
        read(scan);
        return scan;
    }

private:
    void read(Scan& scan) {
        try {
            auto record = store_.read(scan.again.key.id, Store::Part::without_frames);
            if (!record) return;
            scan.watched = watch_list_with(spoken_of(*record));
            scan.again.before = std::make_shared<const records::Record>(*std::move(record));
        } catch (const core::Failure& failure) {
            scan.again.error = failure.error();
        }
    }
    // Whatever was spoken of is spoken of again, so that nothing falls silent because a library does not know it.
    std::vector<std::string> spoken_of(const records::Record& record) {
        std::vector<std::string> names{known(record.sold_as)};
        for (const auto& one : record.identification.components) names.push_back(known(one.name));
        for (const auto& one : record.identification.not_detected) names.push_back(known(one.name));
        for (const auto& one : record.identification.not_covered) names.push_back(known(one.name));
        return names;
    }
    const std::string& known(const std::string& name) {
        const auto [at, added] = known_.try_emplace(name);
        if (added && !name.empty()) at->second = known_name(name, identify::references(library_));
        return at->second;
    }

    Store& store_;
    const identify::Library& library_;
    const bool simulated_;
    records::SampleKey at_;
    std::deque<records::SampleKey> keys_;
    std::map<std::string, std::string> known_;
};

bool of_other_technique(const Again& again, const identify::Library& library) {
    return again.before && again.before->scan.technique != identify::references(library).technique;
}

Again ask(const Scan& scan, const identify::Library& library) {
    Again again = scan.again;
    if (again.error || !again.before || of_other_technique(again, library)) return again;
    auto answer = identify::identify(again.before->scan, library, scan.watched, core::in_order);
    if (!answer) {
        again.error = answer.error();
        return again;
    }
    records::Record record = *again.before;
    record.identification = *std::move(answer);
    record.identification.curves = {};
    record.software = software_version();
    record.verdict = verdict_of(record);
    again.change = change(*again.before, record);
    again.after = std::make_shared<const records::Record>(std::move(record));
    return again;
}

void count(const Again& again, Tally& tally) {
    if (again.error) ++tally.failed;
    if (!again.after) return;
    ++tally.asked;
    if (again.change.any()) ++tally.changed;
    if (!again.change.appeared.empty()) ++tally.with_new_names;
    if (again.change.sign && again.change.sign->after == Sign::dangerous) ++tally.now_dangerous;
}

class Reanalysis {
public:
    Reanalysis(const identify::Library& library, ComputePool& pool, const ReanalyseOptions& options,
               const std::atomic<bool>& stop, const std::function<void(const Again&)>& each)
        : library_(library), pool_(pool), options_(options), stop_(stop), each_(each) {}

    void walk(Store& store, bool simulated) {
        Walk scans(store, library_, options_, simulated);
        const std::string learned = identify::digest(library_.learned);
        const bool whole = in_order(
            pool_, scans_in_flight_per_worker * pool_.workers(), stop_, [&] { return scans.next(); },
            [&](const Scan& scan) { return ask(scan, library_); },
            [&](Again again) {
                if (of_other_technique(again, library_)) {
                    ++tally_.other_technique;
                    return;
                }
                if (again.after && options_.keep)
                    again.kept_version = store.add_result(*again.after, learned, records::today());
                count(again, tally_);
                if (again.after || again.error) each_(again);
            });
        tally_.interrupted = tally_.interrupted || !whole;
    }
    void add_size(Store& store) { tally_.stored += options_.since ? store.size_from(*options_.since) : store.size(); }
    const Tally& tally() const { return tally_; }

private:
    const identify::Library& library_;
    ComputePool& pool_;
    const ReanalyseOptions& options_;
    const std::atomic<bool>& stop_;
    const std::function<void(const Again&)>& each_;
    Tally tally_;
};

}  // namespace

Tally reanalyse(const identify::Library& library, ComputePool& pool, const ReanalyseOptions& options,
                const std::atomic<bool>& stop, const std::function<void(const Again&)>& each) {
    const Store::Use use = options.keep ? Store::Use::write : Store::Use::read;
    Reanalysis reanalysis(library, pool, options, stop, each);
    const auto there = [&](bool simulated) {
        return std::filesystem::exists(records::store_file(options.store_folder, simulated));
    };
    // A missing store of real samples is an error unless simulated ones were asked for and are there.
    std::vector<bool> kinds;
    if (there(false) || !(options.simulated && there(true))) kinds.push_back(false);
    if (options.simulated && there(true)) kinds.push_back(true);
    for (const bool simulated : kinds) {
        if (!there(simulated))
            throw core::Failure(core::Fault::not_found, "there are no records yet",
                                records::store_file(options.store_folder, simulated).string(),
                                "Choose the folder of the records with --store.");
        Store store(options.store_folder, simulated, use);
        reanalysis.add_size(store);
        reanalysis.walk(store, simulated);
    }
    return reanalysis.tally();
}

}  // namespace singel::acquisition::pipeline
