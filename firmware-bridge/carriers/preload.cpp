#include "firmware-bridge/carriers/preload.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <elf.h>
#include <fstream>
#include <unistd.h>

namespace singel::firmware_bridge::carriers {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 2> sanitizers{"libasan.so", "libtsan.so"};

bool is_ours(std::string_view library) {
    const std::string_view name = library.substr(library.rfind('/') + 1);
    return name.starts_with("libumockdev-preload.so") ||
           std::any_of(sanitizers.begin(), sanitizers.end(), [&](auto prefix) { return name.starts_with(prefix); });
}

template <class T>
std::vector<T> read_table(std::ifstream& file, std::uint64_t offset, std::uint64_t bytes) {
    constexpr std::uint64_t unreasonable = 1 << 20;
    std::vector<T> table(std::min(bytes, unreasonable) / sizeof(T));
    file.seekg(static_cast<std::streamoff>(offset));
    file.read(static_cast<char*>(static_cast<void*>(table.data())),
              static_cast<std::streamsize>(table.size() * sizeof(T)));
    if (!file) table.clear();
    return table;
}

// Where a virtual address of the program lies in its file.
std::optional<std::uint64_t> file_offset(const std::vector<Elf64_Phdr>& segments, std::uint64_t address) {
    for (const Elf64_Phdr& segment : segments) {
        if (segment.p_type != PT_LOAD || address < segment.p_vaddr) continue;
        if (address - segment.p_vaddr < segment.p_filesz) return segment.p_offset + (address - segment.p_vaddr);
    }
    return std::nullopt;
}

std::uint64_t value_of(const std::vector<Elf64_Dyn>& dynamic, Elf64_Sxword tag) {
    const auto found =
        std::find_if(dynamic.begin(), dynamic.end(), [&](const auto& entry) { return entry.d_tag == tag; });
    return found == dynamic.end() ? 0 : found->d_un.d_val;
}

std::vector<std::string> needed_libraries(std::ifstream& file) {
    const auto header = read_table<Elf64_Ehdr>(file, 0, sizeof(Elf64_Ehdr));
    if (header.empty() || std::memcmp(header[0].e_ident, ELFMAG, SELFMAG) != 0) return {};
    if (header[0].e_ident[EI_CLASS] != ELFCLASS64) return {};
    const auto segments =
        read_table<Elf64_Phdr>(file, header[0].e_phoff, std::uint64_t{header[0].e_phnum} * sizeof(Elf64_Phdr));
    const auto dynamic_segment = std::find_if(segments.begin(), segments.end(),
                                              [](const auto& segment) { return segment.p_type == PT_DYNAMIC; });
    if (dynamic_segment == segments.end()) return {};
    const auto dynamic = read_table<Elf64_Dyn>(file, dynamic_segment->p_offset, dynamic_segment->p_filesz);
    const auto strings_at = file_offset(segments, value_of(dynamic, DT_STRTAB));
    if (!strings_at) return {};
    auto strings = read_table<char>(file, *strings_at, value_of(dynamic, DT_STRSZ));
    strings.push_back('\0');

    std::vector<std::string> libraries;
    for (const Elf64_Dyn& entry : dynamic) {
        if (entry.d_tag == DT_NULL) break;
        if (entry.d_tag == DT_NEEDED && entry.d_un.d_val < strings.size()) {
            libraries.emplace_back(strings.data() + entry.d_un.d_val);
        }
    }
    return libraries;
}

std::string_view variable(const Environment& environment, std::string_view name) {
    for (const std::string& entry : environment) {
        if (entry.starts_with(name) && entry.size() > name.size() && entry[name.size()] == '=') {
            return std::string_view(entry).substr(name.size() + 1);
        }
    }
    return {};
}

bool is_executable_file(const fs::path& path) {
    std::error_code error;
    return fs::is_regular_file(path, error) && ::access(path.c_str(), X_OK) == 0;
}

}  // namespace

std::optional<fs::path> find_program(const std::string& name, std::string_view search_path) {
    if (name.empty()) return std::nullopt;
    if (name.find('/') != std::string::npos) {
        return is_executable_file(name) ? std::optional<fs::path>(name) : std::nullopt;
    }
    while (!search_path.empty()) {
        const std::size_t end = std::min(search_path.find(':'), search_path.size());
        const fs::path folder = end == 0 ? "." : search_path.substr(0, end);
        if (is_executable_file(folder / name)) return folder / name;
        search_path.remove_prefix(std::min(end + 1, search_path.size()));
    }
    return std::nullopt;
}

std::string sanitizer_runtime(const fs::path& program) {
    std::ifstream file(program, std::ios::binary);
    for (const std::string& library : needed_libraries(file)) {
        for (const std::string_view sanitizer : sanitizers) {
            if (library.starts_with(sanitizer)) return library;
        }
    }
    return {};
}

std::string preload_list(std::string_view before, const std::string& sanitizer) {
    std::string list =
        sanitizer.empty() ? std::string(umockdev_preload) : sanitizer + ":" + std::string(umockdev_preload);
    while (!before.empty()) {
        const std::size_t end = std::min(before.find_first_of(": "), before.size());
        const std::string_view library = before.substr(0, end);
        if (!library.empty() && !is_ours(library)) list.append(":").append(library);
        before.remove_prefix(std::min(end + 1, before.size()));
    }
    return list;
}

void set_variable(Environment& environment, std::string_view name, std::string_view value) {
    const std::string prefix = std::string(name) + "=";
    std::erase_if(environment, [&](const std::string& entry) { return entry.starts_with(prefix); });
    environment.push_back(prefix + std::string(value));
}

Environment preloaded(Environment environment, const std::string& sanitizer) {
    const std::string list = preload_list(variable(environment, "LD_PRELOAD"), sanitizer);
    set_variable(environment, "LD_PRELOAD", list);
    std::string options(variable(environment, "ASAN_OPTIONS"));
    if (options.find("verify_asan_link_order") == std::string::npos) {
        options += (options.empty() ? "" : ":") + std::string("verify_asan_link_order=0");
    }
    set_variable(environment, "ASAN_OPTIONS", options);
    return environment;
}

}  // namespace singel::firmware_bridge::carriers
