#include "spectra/io/library_limits.hpp"

#include <cmath>
#include <fmt/format.h>

namespace singel::spectra::io {
namespace {

using core::Fault;
using core::Result;

// Bytes of the UTF-8 sequence that starts with `lead`; 0 when none does.
std::size_t sequence_length(unsigned char lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead < 0xE0) return 2;
    if (lead >= 0xE0 && lead < 0xF0) return 3;
    if (lead >= 0xF0 && lead < 0xF5) return 4;
    return 0;
}

// Surrogates, overlong forms and what lies beyond U+10FFFF (RFC 3629, section 4).
bool is_forbidden(unsigned char lead, unsigned char second) {
    return (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) || (lead == 0xF0 && second < 0x90) ||
           (lead == 0xF4 && second > 0x8F);
}

Result<void> check_reference(const core::Reference& reference, std::size_t number, std::size_t points) {
    const auto refuse = [&](std::string what) {
        return core::failure(Fault::wrong_format, std::move(what), fmt::format("reference {}", number + 1));
    };
    const core::Substance& substance = reference.substance;
    if (substance.name.empty()) return refuse("a reference has no name");
    for (const std::string* text : {&substance.name, &substance.cas, &substance.substance_class, &substance.role,
                                    &reference.form, &reference.instrument, &reference.source, &reference.licence})
        if (!is_printable_text(*text)) return refuse("a text is not plain UTF-8 of at most 4096 bytes");
    std::size_t synonym_bytes = 0;
    for (const std::string& synonym : substance.synonyms) {
        if (synonym.empty() || !is_printable_text(synonym)) return refuse("a synonym is empty or not plain UTF-8");
        synonym_bytes += synonym.size() + 1;
    }
    if (synonym_bytes > max_text_bytes) return refuse("the synonyms are longer than 4096 bytes together");
    if (reference.first >= reference.last || reference.last > points)
        return refuse(
            fmt::format("it covers points {} to {} of a grid of {}", reference.first, reference.last, points));
    return {};
}

}  // namespace

bool is_printable_text(std::string_view text) {
    if (text.size() > max_text_bytes) return false;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = sequence_length(lead);
        if (length == 0 || i + length > text.size() || lead < 0x20 || lead == 0x7F) return false;
        for (std::size_t k = 1; k < length; ++k)
            if ((static_cast<unsigned char>(text[i + k]) & 0xC0U) != 0x80U) return false;
        if (length > 2 && is_forbidden(lead, static_cast<unsigned char>(text[i + 1]))) return false;
        i += length;
    }
    return true;
}

Result<void> check_references(const core::ReferenceSet& set) {
    const std::size_t count = set.references.size(), points = set.axis.size();
    if (count == 0) return core::failure(Fault::wrong_format, "a library needs at least one reference");
    if (count > max_references || points > max_grid_points || points < 2 || count * points > max_matrix_values)
        return core::failure(Fault::wrong_format,
                             fmt::format("{} references on {} points are more than a library may hold (at most {} on "
                                         "{}, and {} values in all)",
                                         count, points, max_references, max_grid_points, max_matrix_values));
    if (set.values.size() != count * points)
        return core::failure(Fault::wrong_format, fmt::format("{} values for {} references on {} points",
                                                              set.values.size(), count, points));
    for (std::size_t i = 0; i < count; ++i)
        if (auto fine = check_reference(set.references[i], i, points); !fine) return fine;
    return {};
}

Result<void> check_values(const core::ReferenceSet& set) {
    for (std::size_t i = 0; i < set.values.size(); ++i)
        if (!std::isfinite(set.values[i]))
            return core::failure(Fault::wrong_format, fmt::format("point {} of reference {} is not a finite number",
                                                                  i % set.axis.size(), i / set.axis.size() + 1));
    return {};
}

}  // namespace singel::spectra::io
