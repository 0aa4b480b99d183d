#include "spectra/io/dataset_groups.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>

namespace singel::spectra::io {
namespace {

std::size_t pixels_of(const DatasetRow& row) {
    if (!row.frames.empty()) return row.frames.front().counts.size();
    return row.dark.empty() ? 0 : row.dark.front().counts.size();
}

Matrix frames_matrix(std::string name, const std::vector<FrameOfRow>& frames, std::size_t pixels) {
    return {std::move(name), H5T_STD_U32LE, frames.size(), pixels, [&frames, pixels](std::size_t i, std::byte* out) {
                std::memcpy(out, frames[i].frame->counts.data(), pixels * sizeof(std::uint32_t));
            }};
}

void copy(const std::vector<double>& values, std::byte* out) {
    std::memcpy(out, values.data(), values.size() * sizeof(double));
}

}  // namespace

Groups group_by_axis(std::span<const DatasetRow> rows) {
    Groups grouped;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const DatasetRow& row = rows[i];
        const std::size_t pixels = pixels_of(row);
        auto group = std::ranges::find_if(grouped.groups, [&](const AxisGroup& each) {
            return each.pixels == pixels && each.axis == row.scan.axis;
        });
        if (group == grouped.groups.end())
            group = grouped.groups.insert(group, AxisGroup{row.scan.axis, pixels, {}, {}, {}});
        grouped.places.push_back({static_cast<std::size_t>(group - grouped.groups.begin()), group->rows.size(),
                                  group->raw.size(), group->dark.size()});
        group->rows.push_back(i);
        for (const core::Frame& frame : row.frames) group->raw.push_back({i, &frame});
        for (const core::Frame& frame : row.dark) group->dark.push_back({i, &frame});
    }
    return grouped;
}

std::vector<Matrix> matrices_of(const AxisGroup& group, std::span<const DatasetRow> rows) {
    const std::size_t count = group.rows.size(), points = group.axis.size();
    std::vector<Matrix> matrices;
    if (!group.raw.empty()) matrices.push_back(frames_matrix("raw", group.raw, group.pixels));
    if (!group.dark.empty()) matrices.push_back(frames_matrix("dark", group.dark, group.pixels));
    matrices.push_back({"scan", H5T_IEEE_F64LE, count, points, [&group, rows](std::size_t i, std::byte* out) {
                            copy(rows[group.rows[i]].scan.values, out);
                        }});
    matrices.push_back(
        {"scan_sigma", H5T_IEEE_F64LE, count, points, [&group, rows, points](std::size_t i, std::byte* out) {
             const auto& sigma = rows[group.rows[i]].scan.sigma;
             const std::vector<double> unknown(points, std::numeric_limits<double>::quiet_NaN());
             copy(sigma.empty() ? unknown : sigma, out);
         }});
    matrices.push_back({"scan_valid", H5T_STD_U8LE, count, points, [&group, rows](std::size_t i, std::byte* out) {
                            for (double value : rows[group.rows[i]].scan.values)
                                *out++ = std::byte{std::isfinite(value)};
                        }});
    return matrices;
}

}  // namespace singel::spectra::io
