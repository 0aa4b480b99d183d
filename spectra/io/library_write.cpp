#include <algorithm>
#include <array>
#include <cstdint>

#include "spectra/io/digest.hpp"
#include "spectra/io/hdf5_write.hpp"
#include "spectra/io/library_file.hpp"
#include "spectra/io/library_layout.hpp"
#include "spectra/io/library_limits.hpp"
#include "spectra/io/replace_file.hpp"

namespace singel::spectra::io {
namespace {

namespace layout = library_layout;
using core::Reference;
using core::Result;

template <class TextOf>
void write_text_column(hid_t group, const char* name, const core::ReferenceSet& set, TextOf text_of) {
    std::vector<std::string> texts;
    texts.reserve(set.references.size());
    for (const Reference& reference : set.references) texts.push_back(text_of(reference));
    write_fixed_texts(group, name, texts);
}

template <class Number, class NumberOf>
void write_number_column(hid_t group, const char* name, const core::ReferenceSet& set, NumberOf number_of) {
    std::vector<Number> numbers;
    numbers.reserve(set.references.size());
    for (const Reference& reference : set.references) numbers.push_back(static_cast<Number>(number_of(reference)));
    write_numbers(group, name, std::span<const Number>(numbers));
}

std::string joined_synonyms(const Reference& reference) {
    std::string joined;
    for (const std::string& synonym : reference.substance.synonyms) {
        if (!joined.empty()) joined += layout::synonym_separator;
        joined += synonym;
    }
    return joined;
}

void write_references(hid_t file, const core::ReferenceSet& set) {
    const Hdf5 group = make_group(file, layout::references);
    for (const layout::TextColumn& column : layout::text_columns)
        write_text_column(group.get(), column.name, set, [&](Reference reference) { return column.of(reference); });
    write_text_column(group.get(), layout::synonyms, set, joined_synonyms);
    write_text_column(group.get(), layout::origin, set,
                      [](const Reference& r) { return std::string(core::name(r.origin)); });
    write_number_column<std::uint8_t>(group.get(), layout::watched, set,
                                      [](const Reference& r) { return r.watched ? 1 : 0; });
    write_number_column<std::uint32_t>(group.get(), layout::first, set, [](const Reference& r) { return r.first; });
    write_number_column<std::uint32_t>(group.get(), layout::last, set, [](const Reference& r) { return r.last; });
}

std::vector<std::byte> library_image(const core::ReferenceSet& set, const std::string& id,
                                     const std::string& digest_of_matrix) {
    return hdf5_image(Bounds::checksummed, [&](hid_t file) {
        write_fixed_attribute(file, layout::format_attribute, layout::format);
        write_integer_attribute(file, layout::version_attribute, library_format_version);
        write_fixed_attribute(file, layout::technique_attribute, std::string(core::name(set.technique)));
        write_fixed_attribute(file, layout::axis_kind_attribute, std::string(core::name(set.axis.kind())));
        write_fixed_attribute(file, layout::id_attribute, id);
        write_fixed_attribute(file, layout::matrix_digest_attribute, digest_of_matrix);
        const std::array<hsize_t, 2> shape{set.references.size(), set.axis.size()};
        write_plain(file, layout::axis, H5T_IEEE_F64LE, {&shape[1], 1}, set.axis.values().data());
        write_references(file, set);
        write_plain(file, layout::values, H5T_IEEE_F32LE, shape, set.values.data());
    });
}

}  // namespace

Result<void> write_library(const std::filesystem::path& file, const core::ReferenceSet& references) {
    if (auto fine = check_references(references); !fine) return fine;
    if (auto fine = check_values(references); !fine) return fine;
    const std::string digest_of_matrix = matrix_digest(references.values);
    const std::string id = library_id(references, digest_of_matrix);
    try {
        const auto image = library_image(references, id, digest_of_matrix);
        return replace_file(file, image, [&](const std::filesystem::path& written) -> Result<void> {
            const auto reopened = open_library(written);
            if (!reopened) return tl::unexpected(reopened.error());
            if (reopened->id != id)
                return core::failure(core::Fault::input_output, "the written library does not read back the same",
                                     file.string());
            return {};
        });
    } catch (const core::Failure& failure) {
        return tl::unexpected(failure.error());
    }
}

}  // namespace singel::spectra::io
