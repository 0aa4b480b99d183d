#include "spectra/identify/learned.hpp"

#include <cstdint>
#include <fmt/format.h>
#include <span>

namespace singel::spectra::identify {
namespace {

const std::vector<double> unknown_null_raman{3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 12.0, 15.0};

}  // namespace

const Learned& learned_raman() {
    static const Learned learned{
        .mismatch = {1.05e-3, 1.2e-3, 3.2e-3, 1.2e-2},
        .other_instrument = 2.0,
        .band_table = 12.0,
        .nuisance_sd = {1.0, 0.7, 4.0, 0.25, 0.25, 0.25, 0.25},
        .certainty_intercept = -2.96,
        .certainty_weights = {0.339, -0.313, 5.38, 0.784, 0.253, 6.49, -0.703, -0.544},
        .limit_kappa = 24.0,
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
