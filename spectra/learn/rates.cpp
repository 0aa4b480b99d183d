#include "spectra/learn/rates.hpp"

#include <cmath>

#include "spectra/learn/quantile.hpp"

namespace singel::spectra::learn {

void count_names(identify::Learned& learned, std::span<const Row> rows, const identify::Learned& judging) {
    for (const Row& row : rows) {
        const double p = identify::certainty(judging, row.features);
        if (p < judging.probable) continue;
        const bool found = p >= judging.found;
        (found ? learned.found_names : learned.probable_names) += 1.0;
        if (!row.truth) (found ? learned.found_wrong : learned.probable_wrong) += 1.0;
    }
}

double area_deviation(std::span<const Row> rows) {
    std::vector<double> errors;
    for (const Row& row : rows)
        if (row.area_error) errors.push_back(std::abs(*row.area_error));
    return quantile(std::move(errors), 0.95) / 1.96;
}

}  // namespace singel::spectra::learn
