#include "acquisition/pipeline/learned_choice.hpp"

#include <fmt/format.h>
#include <fstream>
#include <iterator>

#include "acquisition/records/store.hpp"

namespace singel::acquisition::pipeline {

namespace core = spectra::core;
namespace identify = spectra::identify;

std::filesystem::path own_learned_file(core::Technique technique) {
    try {
        return records::store_folder() / fmt::format("learned-{}.json", core::name(technique));
    } catch (const core::Failure&) {
        return {};
    }
}

identify::Learned open_learned(const std::filesystem::path& file, core::Technique technique) {
    std::ifstream stream(file, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    if (!stream)
        throw core::Failure(core::Fault::not_found, "the file of learned figures cannot be read", file.string());
    auto read = identify::read_learned(text);
    if (!read) {
        core::Error error = read.error();
        error.where = error.where.empty() ? file.string() : fmt::format("{}, {}", file.string(), error.where);
        throw core::Failure(std::move(error));
    }
    if (read->technique != technique)
        throw core::Failure(core::Fault::wrong_technique,
                            fmt::format("these figures were learned for {} and the library is {}",
                                        core::name(read->technique), core::name(technique)),
                            file.string(), "choose the figures of the library's technique with --learned");
    return std::move(read->learned);
}

std::optional<identify::Learned> chosen_learned(const std::string& chosen, core::Technique technique) {
    if (!chosen.empty()) return open_learned(chosen, technique);
    const std::filesystem::path own = own_learned_file(technique);
    std::error_code ignored;
    if (own.empty() || !std::filesystem::exists(own, ignored)) return std::nullopt;
    return open_learned(own, technique);
}

}  // namespace singel::acquisition::pipeline
