#include "spectra/identify/learned.hpp"

#include <cstdint>
#include <fmt/format.h>

#include "spectra/identify/learned_fields.hpp"
#include "spectra/identify/learned_file.hpp"

namespace singel::spectra::identify {
namespace {

constexpr double fewest_names = 100.0;

std::optional<double> rate(double wrong, double names) {
    if (names < fewest_names) return std::nullopt;
    return (wrong + 1.0) / (names + 2.0);
}

}  // namespace

const Learned& learned_raman() {
    static const Learned learned = core::value_or_throw(read_learned(shipped_raman_text)).learned;
    return learned;
}

std::optional<double> found_false_rate(const Learned& learned) {
    return rate(learned.found_wrong, learned.found_names);
}

std::optional<double> probable_false_rate(const Learned& learned) {
    return rate(learned.probable_wrong, learned.probable_names);
}

std::string digest(const Learned& given) {
    Learned learned = given;  // the fields lend places that can be written to
    std::string text;
    const auto add = [&](std::span<const double> values) {
        for (const double value : values) text += fmt::format("{:.9g};", value);
    };
    for (const LearnedField& field : learned_fields()) add(values_of(field, learned));
    for (const BackgroundShape& shape : learned.backgrounds) {
        const std::array<double, 4> place{shape.first_cm1, shape.step_cm1, shape.prior_sd,
                                          shape.non_negative ? 1.0 : 0.0};
        add(place);
        add(shape.values);
    }
    if (learned.assumed) text += "assumed";
    std::uint64_t hash = 0xcbf29ce484222325u;  // FNV-1a, 64 bit
    for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3u;
    return fmt::format("{:016x}", hash);
}

}  // namespace singel::spectra::identify
