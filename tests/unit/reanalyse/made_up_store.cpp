#include "tests/unit/reanalyse/made_up_store.hpp"

#include <fmt/format.h>

#include "acquisition/pipeline/judge.hpp"
#include "acquisition/records/store.hpp"
#include "acquisition/watch_list.hpp"
#include "tests/unit/acquisition/a_result.hpp"

namespace singel::acquisition::testing {

const std::vector<tests::Drawn>& made_up_substances() {
    static const std::vector<tests::Drawn> drawn = [] {
        std::vector<tests::Drawn> list = tests::substances(10, 11);
        list[newcomer].name = "metonitazene";  // on the watch list, and always dangerous
        return list;
    }();
    return drawn;
}

identify::LibraryPtr library_before() {
    std::vector<tests::Drawn> drawn = made_up_substances();
    drawn.erase(drawn.begin() + newcomer);
    core::ReferenceSet set = tests::reference_set(drawn);
    set.id = "before";
    return tests::prepared(set);
}

identify::LibraryPtr library_after() {
    core::ReferenceSet set = tests::reference_set(made_up_substances());
    set.id = "after";
    return tests::prepared(set);
}

bool holds_newcomer(std::size_t i) {
    return i % 3 == 1;
}

records::Record made_up_record(std::size_t i, bool simulated) {
    static const identify::LibraryPtr library = library_before();
    records::Record sample = record(simulated);
    sample.id = fmt::format("{:032x}", i);
    sample.claim_code.clear();
    const auto first = std::chrono::sys_days(std::chrono::year(2026) / 10 / 1);
    sample.day = first + std::chrono::days(i / 4);
    sample.sold_as.clear();
    const std::vector<std::pair<std::size_t, double>> parts =
        holds_newcomer(i) ? std::vector<std::pair<std::size_t, double>>{{i % 9, 0.6}, {newcomer, 0.4}}
                          : std::vector<std::pair<std::size_t, double>>{{i % 9, 1.0}};
    sample.scan = tests::measure(made_up_substances(), {.parts = parts}, i);
    sample.identification = tests::identified(sample.scan, library, watch_list());
    sample.identification.curves = {};
    sample.identification.provenance.instrument.simulated = simulated;
    sample.scan.provenance = sample.identification.provenance;
    sample.verdict = pipeline::verdict_of(sample);
    return sample;
}

void fill_store(const std::filesystem::path& folder, std::size_t count, bool simulated) {
    records::Store store(folder, simulated, records::Store::Use::write);
    for (std::size_t i = 0; i < count; ++i) store.add(made_up_record(i, simulated));
}

}  // namespace singel::acquisition::testing
