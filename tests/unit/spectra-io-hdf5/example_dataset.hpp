#pragma once

#include <chrono>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "spectra/io/dataset.hpp"

namespace singel::spectra::io {

// One sample with three frames and two of dark; the scan is their means' difference, as reduction makes it.
inline DatasetRow example_row(const std::string& id, std::size_t pixels, std::uint32_t level) {
    DatasetRow row;
    row.id = id;
    row.day = std::chrono::year_month_day{std::chrono::year{2026}, std::chrono::month{3}, std::chrono::day{9}};
    row.sold_as = "cocaine";
    row.library_id = "library";
    row.algorithm = "algorithm 1";
    row.software = "singel 0.1.0";
    row.identification_json = R"({"components":[{"name":"caffeïne"}]})";
    row.scan.axis = core::Axis::uniform(core::AxisKind::raman_shift_cm1, 300.0, 2.0, pixels);
    row.scan.technique = core::Technique::raman;
    row.scan.provenance.instrument.model = "WP-785";
    row.scan.provenance.steps = {{"average", "frames=3"}, {"dark", "frames=2"}};
    row.scan.values.assign(pixels, 0.0);
    for (std::uint32_t f = 0; f < 5; ++f) {
        core::Frame frame;
        const bool dark = f >= 3;
        frame.number = f + 1;
        frame.settings.integration_time = std::chrono::milliseconds(250);
        frame.settings.laser_on = !dark;
        frame.settings.laser_power = dark ? 0.0 : 1.0;
        frame.settings.generation = dark ? 2 : 1;
        for (std::size_t p = 0; p < pixels; ++p)
            frame.counts.push_back((dark ? 100U : level) + static_cast<std::uint32_t>(p) + 7 * f);
        for (std::size_t p = 0; p < pixels; ++p) row.scan.values[p] += (dark ? -0.5 : 1.0 / 3.0) * frame.counts[p];
        (dark ? row.dark : row.frames).push_back(std::move(frame));
    }
    row.components.push_back({"caffeine", "found", 0.6, 0.5, 0.7});
    const double none = std::numeric_limits<double>::quiet_NaN();
    row.components.push_back({"lactose", "probable", none, none, none});
    return row;
}

// Three samples on two instruments, one of them virtual.
inline std::vector<DatasetRow> example_rows() {
    std::vector<DatasetRow> rows{example_row("b2", 40, 900), example_row("c3", 24, 500), example_row("a1", 40, 700)};
    rows[1].simulated = true;
    rows[1].scan.provenance.instrument.simulated = true;
    rows[1].sold_as = "mdma";
    rows[1].components.clear();
    rows[2].scan.sigma.assign(40, 1.5);
    return rows;
}

}  // namespace singel::spectra::io
