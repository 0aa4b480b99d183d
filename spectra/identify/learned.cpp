#include "spectra/identify/learned.hpp"

#include <cstdint>
#include <fmt/format.h>
#include <span>

namespace singel::spectra::identify {
namespace {

const std::vector<double> unknown_null_raman{1.67, 1.75, 2.01, 2.06, 2.17, 2.26, 2.32, 2.47, 2.53, 2.63,
                                             2.72, 2.75, 2.82, 2.91, 2.94, 2.96, 3.04, 3.09, 3.18, 3.26,
                                             3.34, 3.43, 3.54, 3.65, 3.74, 3.88, 4.13, 4.42, 4.53, 4.93,
                                             5.05, 5.36, 5.96, 6.27, 7.71, 8.29, 8.55, 10.51};

}  // namespace

const Learned& learned_raman() {
    static const Learned learned{
        .mismatch = {1.05e-3, 1.2e-3, 3.2e-3, 1.2e-2},
        .other_instrument = 2.0,
        .band_table = 12.0,
        .nuisance_sd = {1.0, 0.7, 4.0, 0.25, 0.25, 0.25, 0.25},
        .certainty_intercept = 2.032,
        .certainty_weights = {0.406, -0.226, 2.449, 1.292, 1.797, 5.404, -0.766, -0.535},
        .limit_kappa = 42.7,
        .share_sd = 0.2,
        .unknown_null = unknown_null_raman,
    };
    return learned;
}

std::string digest(const Learned& learned) {
    std::string text;
    const auto add = [&](double value) { text += fmt::format("{:.9g};", value); };
    const auto add_all = [&](std::span<const double> values) {
        for (const double value : values) add(value);
    };
    add_all(learned.mismatch);
    add_all(learned.nuisance_sd);
    add_all(learned.certainty_weights);
    add_all(learned.unknown_null);
    for (const double value :
         {learned.other_instrument, learned.band_table, learned.certainty_intercept, learned.found, learned.probable,
          learned.possible, learned.limit_kappa, learned.share_sd, learned.unknown_alarm})
        add(value);
    std::uint64_t hash = 0xcbf29ce484222325u;  // FNV-1a, 64 bit
    for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3u;
    return fmt::format("{:016x}", hash);
}

}  // namespace singel::spectra::identify
