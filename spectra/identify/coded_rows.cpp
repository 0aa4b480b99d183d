#include "spectra/identify/coded_rows.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "spectra/identify/dot_int8.hpp"

namespace singel::spectra::identify {
namespace {

constexpr double greatest_code = 127.0, greatest_query = 8191.0;
constexpr double upwards = 1.0 + 1e-6;  // more than rounding to float can take off a norm

// A sum of products of codes must fit 32 bits.
double query_range(std::size_t length) {
    const double room = std::numeric_limits<std::int32_t>::max() / (greatest_code * static_cast<double>(length));
    return std::min(greatest_query, std::floor(room));
}

}  // namespace

std::size_t stride_of(Eigen::Index points) {
    return (static_cast<std::size_t>(points) + code_block - 1) / code_block * code_block;
}

CodedRow code_row(Eigen::Map<const Eigen::RowVectorXf> row, std::span<std::int8_t> codes) {
    CodedRow coded;
    std::ranges::fill(codes, std::int8_t{0});
    coded.scale = row.size() > 0 ? row.cwiseAbs().maxCoeff() / static_cast<float>(greatest_code) : 0.0f;
    // A row too faint to be divided by its scale is left out whole.
    if (coded.scale < std::numeric_limits<float>::min()) coded.scale = 0.0f;
    const auto scale = static_cast<double>(coded.scale);
    double rest = 0.0;
    for (Eigen::Index k = 0; k < row.size(); ++k) {
        const auto value = static_cast<double>(row[k]);
        const double code =
            scale > 0.0 ? std::clamp(std::nearbyint(value / scale), -greatest_code, greatest_code) : 0.0;
        codes[static_cast<std::size_t>(k)] = static_cast<std::int8_t>(code);
        coded.sum += static_cast<std::int32_t>(code);
        coded.squares += static_cast<std::int32_t>(code * code);
        rest += (value - scale * code) * (value - scale * code);
    }
    coded.rest = static_cast<float>(std::sqrt(rest) * upwards);
    return coded;
}

CodedRows code_rows(const RowsView& rows, const core::ParallelFor& parallel) {
    struct Owned {
        std::vector<CodedRow> rows;
        std::vector<std::int8_t> codes;
    };
    constexpr std::size_t block = 256;
    const auto count = static_cast<std::size_t>(rows.rows());
    CodedRows coded;
    coded.stride = stride_of(rows.cols());
    const auto owned = std::make_shared<Owned>();
    owned->rows.resize(count);
    owned->codes.resize(count * coded.stride);
    parallel((count + block - 1) / block, [&](std::size_t b) {
        for (std::size_t i = b * block; i < std::min((b + 1) * block, count); ++i)
            owned->rows[i] = code_row(rows.row(static_cast<Eigen::Index>(i)),
                                      std::span(owned->codes).subspan(i * coded.stride, coded.stride));
    });
    coded.rows = owned->rows;
    coded.codes = owned->codes;
    coded.owner = owned;
    return coded;
}

CodedQuery code_query(std::span<const double> values) {
    CodedQuery query;
    query.codes.assign(stride_of(static_cast<Eigen::Index>(values.size())), 0);
    double top = 0.0;
    for (const double value : values) top = std::max(top, std::abs(value));
    const double range = query_range(query.codes.size());
    query.scale = top > std::numeric_limits<double>::min() / 1e-6 ? top / range : 0.0;
    double rest = 0.0, squares = 0.0;
    for (std::size_t k = 0; k < values.size(); ++k) {
        const double code =
            query.scale > 0.0 ? std::clamp(std::nearbyint(values[k] / query.scale), -range, range) : 0.0;
        query.codes[k] = static_cast<std::int16_t>(code);
        rest += (values[k] - query.scale * code) * (values[k] - query.scale * code);
        squares += values[k] * values[k];
    }
    query.rest = std::sqrt(rest) * upwards;
    query.norm = std::sqrt(squares) * upwards;
    return query;
}

}  // namespace singel::spectra::identify
