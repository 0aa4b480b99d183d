#include "spectra/io/read_spectra.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <system_error>

#include "spectra/io/formats.hpp"
#include "spectra/io/text.hpp"

namespace singel::spectra::io {
namespace {

using core::Fault;

constexpr std::size_t head_bytes = 4096;

core::Result<void> refuse_binary(std::string_view bytes, std::string_view source) {
    const std::string_view head = bytes.substr(0, head_bytes);
    if (head.starts_with("\x89HDF"))
        return core::failure(Fault::wrong_format, "an HDF5 file: a library or a dataset, not a spectrum",
                             std::string(source));
    if (head.starts_with("\x0A\x0A\xFE\xFE"))
        return core::failure(Fault::unsupported, "a Bruker OPUS file, which is not read yet", std::string(source),
                             "Export it as JCAMP-DX");
    if (head.size() > 1 && (head[1] == '\x4B' || head[1] == '\x4C' || head[1] == '\x4D') &&
        head.find('\0') != std::string_view::npos)
        return core::failure(Fault::unsupported, "an SPC file, which is not read yet", std::string(source),
                             "Export it as JCAMP-DX or as text");
    if (head.find('\0') != std::string_view::npos)
        return core::failure(Fault::wrong_format, "a binary file, not a spectrum in text form", std::string(source));
    return {};
}

core::Error cannot_read(const std::filesystem::path& file, const std::error_code& error) {
    const Fault fault = error == std::errc::no_such_file_or_directory ? Fault::not_found
                        : error == std::errc::permission_denied       ? Fault::permission_denied
                                                                      : Fault::input_output;
    return {fault, "the file cannot be read: " + error.message(), file.string(), {}};
}

}  // namespace

core::Result<std::vector<Measurement>> parse_spectra(std::span<const char> bytes, std::string_view source,
                                                     const ReadLimits& limits) {
    if (bytes.size() > limits.max_bytes)
        return core::failure(
            Fault::wrong_format,
            fmt::format("{} bytes are more than the {} that are read", bytes.size(), limits.max_bytes),
            std::string(source));
    const std::string_view text = without_byte_order_mark({bytes.data(), bytes.size()});
    if (trimmed(text).empty()) return core::failure(Fault::wrong_format, "the file is empty", std::string(source));
    if (auto binary = refuse_binary(text, source); !binary) return tl::unexpected(std::move(binary.error()));
    if (looks_like_enlighten(text)) return read_enlighten(text, source, limits);
    if (looks_like_bwspec(text)) return read_bwspec(text, source, limits);
    if (looks_like_jcamp(text)) return read_jcamp(text, source, limits);
    return read_plain_text(text, source, limits);
}

core::Result<std::vector<Measurement>> read_spectra(const std::filesystem::path& file, const ReadLimits& limits) {
    std::error_code error;
    if (std::filesystem::is_directory(file, error))
        return core::failure(Fault::wrong_format, "a folder, not a file", file.string());
    const auto size = std::filesystem::file_size(file, error);
    if (error) return tl::unexpected(cannot_read(file, error));
    if (size > limits.max_bytes)
        return core::failure(Fault::wrong_format,
                             fmt::format("{} bytes are more than the {} that are read", size, limits.max_bytes),
                             file.string());
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return tl::unexpected(cannot_read(file, {errno, std::generic_category()}));
    std::vector<char> bytes(size);
    stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (stream.bad() || static_cast<std::size_t>(stream.gcount()) != bytes.size())
        return core::failure(Fault::input_output, "the file ended while it was read", file.string());
    return parse_spectra(bytes, file.filename().string(), limits);
}

}  // namespace singel::spectra::io
