#include "spectra/io/library_import.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <system_error>
#include <utility>

#include "spectra/io/library_file.hpp"
#include "spectra/io/names.hpp"
#include "spectra/io/read_spectra.hpp"
#include "spectra/io/starter_bands.hpp"
#include "spectra/process/absorbance.hpp"

namespace singel::spectra::io {
namespace {

using core::Fault;
using core::Result;
namespace fs = std::filesystem;

// A table of a few peaks is no spectrum: everything between them would count as measured darkness.
constexpr std::size_t fewest_points = 100;

struct Source {
    fs::path file;
    std::string label;  // as the library names it: below the folder that was asked for, no path of this machine
};

// Regular files below a folder, or the one file.
std::vector<Source> list_files(const fs::path& source, std::vector<core::Error>& refused) {
    std::error_code error;
    if (!fs::is_directory(source, error)) return {{source, source.filename().string()}};
    std::vector<Source> files;
    fs::recursive_directory_iterator entry(source, fs::directory_options::skip_permission_denied, error), end;
    for (; !error && entry != end; entry.increment(error)) {
        const bool hidden = entry->path().filename().string().starts_with('.');
        std::error_code ignored;
        if (hidden && entry->is_directory(ignored)) entry.disable_recursion_pending();
        if (!hidden && entry->is_regular_file(ignored))
            files.push_back({entry->path(), entry->path().lexically_relative(source).generic_string()});
    }
    if (error)
        refused.push_back({Fault::input_output, fmt::format("the folder could not be read: {}", error.message()),
                           source.string(), ""});
    std::ranges::sort(files, {}, &Source::label);
    return files;
}

bool names_by_title(const fs::path& file) {
    std::string extension = name_key(file.extension().string());
    return extension == ".jdx" || extension == ".dx" || extension == ".jcamp" || extension == ".jcm";
}

std::string name_of(const Source& source, const Measurement& measurement, std::size_t index, std::size_t count) {
    if ((count > 1 || names_by_title(source.file)) && !measurement.title.empty()) return measurement.title;
    const std::string stem = source.file.stem().string();
    return count > 1 ? fmt::format("{} #{}", stem, index + 1) : stem;
}

core::Substance described(std::string name) {
    core::Substance substance;
    if (const core::Substance* known = starter_substance(name)) {
        substance = *known;
        substance.synonyms.push_back(known->name);
        std::erase_if(substance.synonyms, [&](const auto& other) { return name_key(other) == name_key(name); });
    }
    substance.name = std::move(name);
    return substance;
}

class Importer {
public:
    explicit Importer(const ImportOptions& options) : options_(options), technique_(options.technique) {}

    void read(const Source& source) {
        const auto measurements = read_spectra(source.file);
        if (!measurements) {
            result_.refused.push_back(measurements.error());
            return;
        }
        for (std::size_t i = 0; i < measurements->size(); ++i)
            take(source, (*measurements)[i], i, measurements->size());
    }

    Result<Import> finish() && {
        if (candidates_.empty()) {
            if (result_.refused.empty()) return core::failure(Fault::not_found, "there is no spectrum to import");
            return tl::unexpected(result_.refused.front());
        }
        mark_watched();
        auto set =
            make_reference_set(std::move(candidates_), technique_.value_or(core::Technique::raman), options_.step);
        if (!set) return tl::unexpected(set.error());
        result_.references = std::move(*set);
        return std::move(result_);
    }

    std::vector<core::Error>& refused() { return result_.refused; }

private:
    void take(const Source& source, const Measurement& measurement, std::size_t index, std::size_t count) {
        const std::string place = count > 1 ? fmt::format("{}#{}", source.label, index) : source.label;
        NewReference candidate;
        candidate.spectrum = measurement.scan();
        candidate.reference.substance = described(name_of(source, measurement, index, count));
        candidate.reference.instrument = candidate.spectrum.provenance.instrument.model;
        candidate.reference.source = place;
        candidate.reference.licence = options_.licence;
        if (auto fine = absorbing(candidate.spectrum, place); !fine) {
            result_.refused.push_back({fine.error().fault, fine.error().what, place, fine.error().remedy});
            return;
        }
        if (auto fine = check(candidate); !fine) {
            result_.refused.push_back({fine.error().fault, fine.error().what, place, fine.error().remedy});
            return;
        }
        for (const auto& warning : measurement.warnings) result_.warnings.push_back(place + ": " + warning);
        if (candidate.spectrum.saturated_fraction > 0.0)
            result_.warnings.push_back(place + ": the detector was saturated");
        candidates_.push_back(std::move(candidate));
    }

    // An absorption library holds absorbances. Where the sample was black its bands are cut off, not missing.
    Result<void> absorbing(core::Spectrum& spectrum, const std::string& place) {
        const core::Technique technique = spectrum.technique == core::Technique::unknown
                                              ? options_.technique.value_or(spectrum.technique)
                                              : spectrum.technique;
        if (technique != core::Technique::infrared && technique != core::Technique::near_infrared) return {};
        auto converted = process::absorbance(spectrum);
        if (!converted) return tl::unexpected(converted.error());
        if (process::bands_point_down(converted->values))
            return core::failure(Fault::wrong_format,
                                 "its bands point downwards: a transmittance that does not say so, or sample and "
                                 "background exchanged",
                                 {}, "save it as absorbance");
        for (std::size_t i = 0; i < spectrum.size(); ++i)
            if (std::isnan(converted->values[i]) && std::isfinite(spectrum.values[i]))
                converted->values[i] = process::blackest_absorbance;
        if (converted->saturated_fraction > spectrum.saturated_fraction)
            result_.warnings.push_back(place + ": no light came through at the tops of its bands");
        converted->saturated_fraction = spectrum.saturated_fraction;
        spectrum = *std::move(converted);
        return {};
    }

    // Alone on its own grid, so that one bad spectrum does not refuse the library, and against those before it.
    Result<void> check(const NewReference& candidate) {
        const core::Spectrum& spectrum = candidate.spectrum;
        if (spectrum.size() < fewest_points)
            return core::failure(Fault::wrong_format,
                                 fmt::format("{} points are a list of peaks, not a spectrum", spectrum.size()));
        if (!technique_ && spectrum.technique != core::Technique::unknown) technique_ = spectrum.technique;
        if (!candidates_.empty() && candidates_.front().spectrum.axis.kind() != spectrum.axis.kind())
            return core::failure(
                Fault::wrong_format,
                fmt::format("its axis is {}, that of the files before it {}", core::name(spectrum.axis.kind()),
                            core::name(candidates_.front().spectrum.axis.kind())));
        const auto alone =
            make_reference_set({candidate}, technique_.value_or(core::Technique::raman), options_.step);
        if (!alone) return tl::unexpected(alone.error());
        return {};
    }

    void mark_watched() {
        for (NewReference& each : candidates_) each.reference.watched = options_.watch_all;
        for (const std::string& name : options_.watched) {
            bool borne = false;
            for (NewReference& each : candidates_) {
                if (!is_called(each.reference.substance, name)) continue;
                each.reference.watched = borne = true;
            }
            if (!borne)
                result_.warnings.push_back(fmt::format("{} is to be watched, but no reference has that name", name));
        }
    }

    const ImportOptions& options_;
    std::optional<core::Technique> technique_;
    std::vector<NewReference> candidates_;
    Import result_;
};

}  // namespace

Result<Import> import_library(std::span<const fs::path> sources, const ImportOptions& options) {
    Importer importer(options);
    for (const fs::path& source : sources)
        for (const Source& file : list_files(source, importer.refused())) importer.read(file);
    return std::move(importer).finish();
}

}  // namespace singel::spectra::io
