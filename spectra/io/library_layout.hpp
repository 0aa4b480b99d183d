#pragma once

#include <array>
#include <string>

#include "spectra/core/reference.hpp"

// The names inside a library file, version 1; FORMATS.md describes them.
namespace singel::spectra::io::library_layout {

inline constexpr const char* format = "singel-library";

inline constexpr const char* format_attribute = "file_format";
inline constexpr const char* version_attribute = "format_version";
inline constexpr const char* technique_attribute = "technique";
inline constexpr const char* axis_kind_attribute = "axis_kind";
inline constexpr const char* id_attribute = "id";
inline constexpr const char* matrix_digest_attribute = "matrix_digest";

inline constexpr const char* axis = "axis";
inline constexpr const char* values = "values";
inline constexpr const char* references = "references";

// Text columns that are members of Substance and Reference as they are; synonyms and origin are made of others.
struct TextColumn {
    const char* name;
    std::string& (*of)(core::Reference&);
};

inline constexpr std::array<TextColumn, 8> text_columns{{
    {"name", [](core::Reference& r) -> std::string& { return r.substance.name; }},
    {"cas", [](core::Reference& r) -> std::string& { return r.substance.cas; }},
    {"class", [](core::Reference& r) -> std::string& { return r.substance.substance_class; }},
    {"role", [](core::Reference& r) -> std::string& { return r.substance.role; }},
    {"form", [](core::Reference& r) -> std::string& { return r.form; }},
    {"instrument", [](core::Reference& r) -> std::string& { return r.instrument; }},
    {"source", [](core::Reference& r) -> std::string& { return r.source; }},
    {"licence", [](core::Reference& r) -> std::string& { return r.licence; }},
}};

inline constexpr const char* synonyms = "synonyms";
inline constexpr char synonym_separator = '\n';  // no text holds one
inline constexpr const char* origin = "origin";
inline constexpr const char* watched = "watched";
inline constexpr const char* first = "first";
inline constexpr const char* last = "last";

}  // namespace singel::spectra::io::library_layout
