#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "spectra/identify/bounded_search.hpp"
#include "spectra/identify/coded_rows.hpp"

namespace singel::spectra::identify {

// A row says something in [first, last) only and is 0 elsewhere.
struct Coverage {
    Eigen::Index first = 0, last = 0;
};

// Bounds on the correlation of one curve with coded rows, over the points that both know: Pearson's when centred,
// else the cosine; 0 where these are fewer than three. With row = s q + r and curve = t p + e, the product differs
// from s t q·p by at most |r| |curve| + s |q| |e|, and the norm of the row from that of s q by at most |r| (Cauchy
// and Schwarz).
class Correlation {
public:
    enum class Kind { pearson, cosine };

    // values 0 where known is 0; known is 1 or 0.
    Correlation(std::span<const double> values, std::span<const double> known, Kind kind);

    Bounds bounds(const CodedRows& rows, std::size_t i, const Coverage& coverage) const;

private:
    struct RowSums {
        double sum = 0.0, squares = 0.0;  // of the codes at known points
    };
    RowSums sums_of(const CodedRows& rows, std::size_t i) const;

    Kind kind_;
    bool known_everywhere_;
    CodedQuery query_;
    std::vector<std::int16_t> ones_, weights_;           // 1 and unit_weight where known
    std::vector<double> count_, sum_, squares_, coded_;  // over the points before: known, values, values², t p
};

}  // namespace singel::spectra::identify
