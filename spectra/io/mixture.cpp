#include "spectra/io/mixture.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <numeric>
#include <optional>

#include "spectra/io/names.hpp"
#include "spectra/io/text.hpp"
#include "spectra/process/baseline.hpp"

namespace singel::spectra::io {
namespace {

using core::Fault;
using core::Reference;
using core::Result;

bool is_meant(const Reference& reference, std::string_view name) {
    if (is_called(reference.substance, name)) return true;
    if (reference.form.empty()) return false;
    const std::string key = name_key(name), full = name_key(reference.substance.name + " " + reference.form);
    return key == full || key == name_key(reference.substance.name + " (" + reference.form + ")");
}

std::optional<std::size_t> find_reference(std::string_view name, const core::ReferenceSet& library) {
    std::optional<std::size_t> drawn;
    for (std::size_t i = 0; i < library.references.size(); ++i) {
        if (!is_meant(library.references[i], name)) continue;
        if (library.references[i].origin == core::ReferenceOrigin::measured) return i;
        if (!drawn) drawn = i;
    }
    return drawn;
}

tl::unexpected<core::Error> unknown_name(std::string_view name, const core::ReferenceSet& library) {
    const auto near = near_names(name, library);
    return core::failure(Fault::invalid_argument, fmt::format("the library does not hold \"{}\"", name), "scene",
                         near.empty() ? "list the library to see what it holds"
                                      : fmt::format("perhaps {} is meant", fmt::join(near, " or ")));
}

// "caffeine:70" in two; an amount only where a number follows the last colon.
struct Written {
    std::string_view name;
    std::optional<double> amount;
};

Written take_apart(std::string_view piece) {
    const std::size_t colon = piece.rfind(':');
    if (colon == std::string_view::npos) return {trimmed(piece), std::nullopt};
    const auto amount = number(piece.substr(colon + 1), ',');
    if (!amount) return {trimmed(piece), std::nullopt};
    return {trimmed(piece.substr(0, colon)), amount};
}

// Reads one part from the front of rest: the shortest run of comma-separated pieces that the library knows.
Result<Part> take_part(std::string_view& rest, const core::ReferenceSet& library) {
    const Written first = take_apart(rest.substr(0, rest.find(',')));
    for (std::size_t end = rest.find(',');; end = rest.find(',', end + 1)) {
        const Written written = take_apart(rest.substr(0, end));
        const auto reference = find_reference(written.name, library);
        if (reference) {
            const double amount = written.amount.value_or(1.0);
            if (amount <= 0.0)
                return core::failure(Fault::invalid_argument,
                                     fmt::format("{} parts of {} are not possible", amount, written.name), "scene");
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
            return Part{*reference, amount};
        }
        if (written.amount || end == std::string_view::npos) return unknown_name(first.name, library);
    }
}

struct Range {
    std::size_t first = 0, last = 0;
};

Range common_range(std::span<const Part> parts, const core::ReferenceSet& library) {
    Range range{0, library.axis.size()};
    for (const Part& part : parts) {
        range.first = std::max(range.first, library.references[part.reference].first);
        range.last = std::min(range.last, library.references[part.reference].last);
    }
    return range;
}

// The reference's bands alone, scaled to area 1 over the range; empty when it has none there.
std::vector<double> bands_of(const core::ReferenceSet& library, std::size_t index, Range range) {
    const auto row = library.row(index).subspan(range.first, range.last - range.first);
    std::vector<double> values(row.begin(), row.end());
    if (library.references[index].origin == core::ReferenceOrigin::measured) {
        const double step = std::abs(library.axis[1] - library.axis[0]);
        const auto baseline = process::arpls(values, 1e5 / std::pow(step, 4.0));
        for (std::size_t i = 0; i < values.size(); ++i) values[i] -= baseline[i];
    }
    for (double& value : values) value = std::max(value, 0.0);
    const double area = std::accumulate(values.begin(), values.end(), 0.0);
    if (area <= 0.0) return {};
    for (double& value : values) value /= area;
    return values;
}

}  // namespace

Result<std::vector<Part>> parse_parts(std::string_view text, const core::ReferenceSet& library) {
    std::vector<Part> parts;
    for (std::string_view rest = text; !rest.empty();) {
        const auto part = take_part(rest, library);
        if (!part) return tl::unexpected(part.error());
        parts.push_back(*part);
    }
    if (parts.empty()) return core::failure(Fault::invalid_argument, "no substance is named", "scene");
    return parts;
}

Result<core::Spectrum> mix_by_area(std::span<const Part> parts, const core::ReferenceSet& library) {
    // Fewer points carry no band shape from which an area could be taken.
    constexpr std::size_t fewest_points = 50;
    const Range range = common_range(parts, library);
    if (range.first + fewest_points > range.last)
        return core::failure(Fault::invalid_argument, "the references of this mixture share no range", "scene");
    std::vector<double> sum(range.last - range.first, 0.0);
    for (const Part& part : parts) {
        const auto bands = bands_of(library, part.reference, range);
        if (bands.empty())
            return core::failure(Fault::invalid_argument,
                                 fmt::format("{} has no band in the range of this mixture",
                                             library.references[part.reference].substance.name),
                                 "scene");
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += part.amount * bands[i];
    }
    const double strongest = *std::ranges::max_element(sum);
    for (double& value : sum) value /= strongest;

    const auto abscissae = library.axis.values().subspan(range.first, range.last - range.first);
    auto axis = core::Axis::make(library.axis.kind(), {abscissae.begin(), abscissae.end()});
    if (!axis) return tl::unexpected(axis.error());
    core::Spectrum spectrum;
    spectrum.axis = std::move(*axis);
    spectrum.values = std::move(sum);
    spectrum.technique = library.technique;
    return spectrum;
}

}  // namespace singel::spectra::io
