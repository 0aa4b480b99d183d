#include "acquisition/cli/output.hpp"

#include <cstdio>
#include <fmt/format.h>
#include <span>

#include "acquisition/cli/explain_text.hpp"
#include "acquisition/record_json.hpp"
#include "spectra/io/replace_file.hpp"

namespace singel::acquisition::cli {

namespace {

constexpr std::string_view banner = "SIMULATED - not a test\n\n";

void section(std::string& text, std::string_view title, const std::vector<Statement>& statements) {
    if (statements.empty()) return;
    text += fmt::format("{}\n", title);
    for (const Statement& statement : statements) text += fmt::format("  {}\n", english(statement));
    text += '\n';
}

void quality(std::string& text, const spectra::identify::Quality& quality) {
    if (quality.messages.empty()) return;
    text += "About the scan\n";
    for (const auto message : quality.messages) text += fmt::format("  {}\n", spectra::identify::sentence(message));
    text += '\n';
}

// One list instead of the same sentence thirty times.
void unrecognisable(std::string& text, const std::vector<Statement>& statements) {
    if (statements.empty()) return;
    constexpr std::size_t width = 78;
    text += "What this test cannot recognise at all\n";
    std::string line = " ";
    for (std::size_t i = 0; i < statements.size(); ++i) {
        const std::string word = fmt::format(" {}{}", statements[i].substance, i + 1 < statements.size() ? "," : "");
        if (line.size() + word.size() > width) {
            text += fmt::format("{}\n", line);
            line.assign(1, ' ');
        }
        line += word;
    }
    text += fmt::format("{}\n\n", line);
}

void findings(std::string& text, const Verdict& verdict, const spectra::identify::Quality& about) {
    section(text, "What we found", verdict.found);
    section(text, "Strips", verdict.strips);
    section(text, "Unexplained", verdict.unexplained);
    quality(text, about);
    section(text, "What this scan could not have seen", verdict.hidden);
    unrecognisable(text, verdict.unrecognisable);
}

std::string_view sign_line(const records::Record& record) {
    switch (record.verdict.sign) {
        case Sign::dangerous: return "▲ Dangerous finding";
        case Sign::different: return "◆ Different from what was said";
        case Sign::as_said: return "● As it was said - limits apply";
        case Sign::could_not_tell:
            return record.sold_as.empty() ? "? We were not told what it was sold as"
                                          : "? Could not tell whether it is what was said";
    }
    return {};
}

}  // namespace

std::string text_of(const spectra::identify::Identification& identification) {
    std::string text;
    if (identification.provenance.instrument.simulated) text += banner;
    text += fmt::format("{}\n\n", identification.provenance.source);
    Verdict verdict = conclude(identification, {}, {});
    verdict.strips.clear();  // a file has no strips
    if (identification.components.empty()) section(text, "What we found", {Statement{}});
    findings(text, verdict, identification.quality);
    text += accounts_of(identification);
    text += legend_of(identification);
    text += method_of(identification);
    return text;
}

std::string text_of(const records::Record& record) {
    std::string text;
    if (record.simulated) text += banner;
    text += fmt::format("{}\n", sign_line(record));
    if (!record.verdict.finished) text += "Not finished: use strips.\n";
    if (!record.claim_code.empty()) text += fmt::format("Code {}\n", record.claim_code);
    text += '\n';
    section(text, "In short", record.verdict.headline);
    findings(text, record.verdict, record.identification.quality);
    section(text, "Advice", record.verdict.advice);
    section(text, "Limits", record.verdict.limits);
    text += legend_of(record.identification);
    text += fmt::format("{}, {}\n", record.software, day_text(record.day));
    text += method_of(record.identification);
    return text;
}

void print(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
}

void write_file(const std::filesystem::path& file, std::string_view text) {
    const auto accept = [](const std::filesystem::path&) -> spectra::core::Result<void> { return {}; };
    spectra::core::value_or_throw(spectra::io::replace_file(file, std::as_bytes(std::span(text)), accept));
}

void print_json(const std::vector<std::string>& objects, bool several, Style style) {
    if (style == Style::json_lines) {
        for (const std::string& object : objects) print(fmt::format("{}\n", object));
        return;
    }
    if (!several) {
        for (const std::string& object : objects) print(fmt::format("{}\n", object));
        return;
    }
    print("{\"results\": [");
    for (std::size_t i = 0; i < objects.size(); ++i) print(fmt::format("{}{}", i > 0 ? ",\n" : "\n", objects[i]));
    print("\n]}\n");
}

}  // namespace singel::acquisition::cli
