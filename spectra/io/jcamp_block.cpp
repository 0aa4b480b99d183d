#include "spectra/io/jcamp_block.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <optional>

#include "spectra/io/jcamp_table.hpp"
#include "spectra/io/jcamp_units.hpp"
#include "spectra/io/measurement.hpp"

namespace singel::spectra::io {
namespace {

using core::Fault;

constexpr double first_ordinate_tolerance = 1e-3;  // relative: FIRSTY is often written with few digits

// A block while it is read: its numbers, and what was noticed.
struct Reading {
    const JcampBlock& block;
    std::string_view source;
    std::vector<std::string> warnings;

    std::optional<double> value(std::string_view label) const {
        const auto parts = fields(block.text(label), ' ');
        return parts.empty() ? std::nullopt : number(parts.front());
    }

    auto wrong(std::string what, std::size_t line) const {
        return core::failure(Fault::wrong_format, std::move(what), at_line(source, line));
    }
    auto wrong(std::string what) const { return wrong(std::move(what), block.line); }
};

bool decimal_comma(const JcampBlock& block) {
    return std::ranges::any_of(block.records, [](const auto& record) {
        const auto& [label, value] = record;
        return label != "TITLE" && label != "SPECTROMETERDATASYSTEM" && value.find(',') != std::string::npos &&
               number(value).has_value();
    });
}

struct Points {
    std::vector<double> x, y;
};

// How well a step along the axis fits what the table's lines say of their beginnings.
struct Fit {
    double step = 0.0;
    double squares = 0.0;                                 // sum of squared deviations
    const OrdinateTable::LineStart* misplaced = nullptr;  // first line that is off by more than half a step
};

Fit fit_of(const OrdinateTable& table, double first, double step, double x_factor) {
    Fit fit{step};
    for (const OrdinateTable::LineStart& start : table.starts) {
        const double off = start.x * x_factor - (first + step * static_cast<double>(start.index));
        const double allowed = 0.5 * std::abs(step) + start.x_rounding * std::abs(x_factor);
        fit.squares += off * off;
        if (fit.misplaced == nullptr && !(std::abs(off) <= allowed * (1.0 + 1e-9))) fit.misplaced = &start;
    }
    return fit;
}

// The steps that the block allows, best known first.
std::vector<double> possible_steps(const Reading& reading, const OrdinateTable& table, double first,
                                   double x_factor) {
    std::vector<double> steps;
    const double intervals = static_cast<double>(table.values.size() - 1);
    if (const auto last = reading.value("LASTX")) steps.push_back((*last - first) / intervals);
    if (const auto delta = reading.value("DELTAX")) steps.insert(steps.end(), {*delta, -*delta});
    const auto& end = table.starts.back();
    if (steps.empty() && end.index > 0)
        steps.push_back((end.x - table.starts.front().x) * x_factor / static_cast<double>(end.index));
    std::erase_if(steps, [](double step) { return step == 0.0 || !std::isfinite(step); });
    return steps;
}

core::Result<std::vector<double>> abscissas(Reading& reading, const OrdinateTable& table) {
    const double x_factor = reading.value("XFACTOR").value_or(1.0);
    const double first = reading.value("FIRSTX").value_or(table.starts.front().x * x_factor);
    const auto steps = possible_steps(reading, table, first, x_factor);
    if (steps.empty()) return reading.wrong("neither LASTX nor DELTAX gives a step along the axis");
    const Fit stated = fit_of(table, first, steps.front(), x_factor);
    Fit best = stated;
    for (double step : steps) {
        const Fit fit = fit_of(table, first, step, x_factor);
        if (fit.misplaced != nullptr) continue;
        if (best.misplaced != nullptr || fit.squares < 0.5 * best.squares) best = fit;
    }
    if (best.misplaced != nullptr)
        return reading.wrong(fmt::format("the line begins at {} where point {} lies at {}",
                                         stated.misplaced->x * x_factor, stated.misplaced->index + 1,
                                         first + stated.step * static_cast<double>(stated.misplaced->index)),
                             stated.misplaced->line);
    if (stated.misplaced != nullptr)
        reading.warnings.push_back(
            fmt::format("LASTX or DELTAX does not fit the table; a step of {} does", best.step));
    std::vector<double> x(table.values.size());
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = first + best.step * static_cast<double>(i);
    return x;
}

core::Result<void> check_count(const Reading& reading, std::size_t found) {
    if (found < 2) return reading.wrong(fmt::format("the table has {} points", found));
    const auto stated = reading.value("NPOINTS");
    if (stated && *stated != static_cast<double>(found))
        return reading.wrong(fmt::format("the table has {} points where NPOINTS says {}", found, *stated));
    return {};
}

core::Result<void> check_first(Reading& reading, double first, double y_factor) {
    const auto stated = reading.value("FIRSTY");
    if (!stated || std::isnan(first)) return {};
    const auto near = [&](double value) {
        return std::abs(value - *stated) <=
               first_ordinate_tolerance * std::max(std::abs(value), std::abs(*stated)) + std::abs(y_factor);
    };
    if (near(first * y_factor)) return {};
    if (!near(first))
        return reading.wrong(fmt::format("the first ordinate is {} where FIRSTY says {}", first * y_factor, *stated));
    reading.warnings.push_back("FIRSTY is written without YFACTOR");
    return {};
}

core::Result<Points> read_points(Reading& reading, std::size_t max_points) {
    const JcampBlock& block = reading.block;
    const TableStyle style{decimal_comma(block), max_points, reading.source};
    const double y_factor = reading.value("YFACTOR").value_or(1.0);
    Points points;
    if (block.form.find("X++") != std::string::npos) {
        auto table = decode_ordinates(block.lines, style);
        if (!table) return tl::unexpected(std::move(table.error()));
        if (auto count = check_count(reading, table->values.size()); !count)
            return tl::unexpected(std::move(count.error()));
        auto x = abscissas(reading, *table);
        if (!x) return tl::unexpected(std::move(x.error()));
        points = {std::move(*x), std::move(table->values)};
    } else {
        auto table = decode_pairs(block.lines, style);
        if (!table) return tl::unexpected(std::move(table.error()));
        if (auto count = check_count(reading, table->x.size()); !count)
            return tl::unexpected(std::move(count.error()));
        const double x_factor = reading.value("XFACTOR").value_or(1.0);
        for (double& x : table->x) x *= x_factor;
        points = {std::move(table->x), std::move(table->y)};
    }
    if (auto first = check_first(reading, points.y.front(), y_factor); !first)
        return tl::unexpected(std::move(first.error()));
    for (double& y : points.y) y *= y_factor;
    if (!std::ranges::any_of(points.y, [](double y) { return std::isfinite(y); }))
        return reading.wrong("no ordinate is known");
    return points;
}

core::Result<void> check_kind(const Reading& reading) {
    const JcampBlock& block = reading.block;
    if (block.table == "PEAKTABLE") return reading.wrong("a peak table is not a spectrum");
    if (block.table == "NTUPLES")
        return core::failure(Fault::unsupported, "blocks with NTUPLES are not read yet",
                             at_line(reading.source, block.line), "Save the spectrum as XYDATA");
    if (block.form.find("X++") == std::string::npos && block.form.find("XY..XY") == std::string::npos)
        return reading.wrong(fmt::format("a table of the form {} is not known", shown(block.form)));
    return {};
}

}  // namespace

std::string_view JcampBlock::text(std::string_view label) const {
    const auto found = std::ranges::find(records, label, &std::pair<std::string, std::string>::first);
    return found == records.end() ? std::string_view() : std::string_view(found->second);
}

core::Result<Measurement> read_block(const JcampBlock& block, std::string_view source, std::size_t index,
                                     std::size_t max_points) {
    Reading reading{block, source, {}};
    if (auto kind = check_kind(reading); !kind) return tl::unexpected(std::move(kind.error()));
    auto points = read_points(reading, max_points);
    if (!points) return tl::unexpected(std::move(points.error()));

    Origin origin;
    origin.technique = jcamp_technique(block.text("DATATYPE"));
    origin.provenance.source = fmt::format("{}#{}", source, index);
    origin.provenance.instrument.model = block.text("SPECTROMETERDATASYSTEM");
    auto axis = jcamp_axis(block.text("XUNITS"), origin.technique, std::move(points->x), reading.warnings);
    if (!axis) {
        axis.error().where = at_line(source, block.line);
        return tl::unexpected(std::move(axis.error()));
    }
    if (!block.ended) reading.warnings.push_back("END is missing");

    Measurement measurement;
    measurement.title = block.text("TITLE").empty() ? stem(source) : std::string(block.text("TITLE"));
    measurement.processed = column_spectrum(*axis, std::move(points->y), core::NoiseBasis::none, origin);
    measurement.processed.ordinate = jcamp_ordinate(block.text("YUNITS"));
    measurement.warnings = std::move(reading.warnings);
    return measurement;
}

}  // namespace singel::spectra::io
