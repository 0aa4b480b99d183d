#include "firmware-bridge/bridge/backup.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "firmware-bridge/wire/md5.hpp"

namespace singel::firmware_bridge::bridge {

namespace core = spectra::core;
using instrument::MemoryPage;
using Json = nlohmann::ordered_json;

namespace {

constexpr std::size_t most_pages = 4096, most_page_bytes = 4096;

std::string hex(std::span<const std::uint8_t> bytes) {
    std::string text;
    for (const std::uint8_t byte : bytes) text += fmt::format("{:02x}", byte);
    return text;
}

std::vector<std::uint8_t> from_hex(const std::string& text) {
    std::vector<std::uint8_t> bytes;
    if (text.size() % 2 != 0 || text.size() > 2 * most_page_bytes) return bytes;
    for (std::size_t at = 0; at < text.size(); at += 2) {
        std::uint8_t byte = 0;
        const char* const end = text.data() + at + 2;
        const auto [stopped, error] = std::from_chars(text.data() + at, end, byte, 16);
        if (error != std::errc() || stopped != end) return {};
        bytes.push_back(byte);
    }
    return bytes;
}

// Over numbers and bytes, so that a page that changed places is noticed too.
std::string checksum(const std::vector<MemoryPage>& pages) {
    wire::Bytes all;
    for (const MemoryPage& page : pages) {
        all.push_back(static_cast<std::uint8_t>(page.number & 0xFF));
        all.push_back(static_cast<std::uint8_t>(page.number >> 8 & 0xFF));
        all.insert(all.end(), page.bytes.begin(), page.bytes.end());
    }
    const auto sum = wire::md5(all);
    return "md5:" + hex(sum);
}

Backup take(const Json& json) {
    Backup backup;
    backup.family = json.at("family").get<std::string>();
    backup.model = json.at("model").get<std::string>();
    backup.serial = json.at("serial").get<std::string>();
    backup.simulated = json.at("simulated").get<bool>();
    backup.page_word = json.at("page_word").get<std::string>();
    for (const Json& page : json.at("pages")) {
        if (backup.pages.size() >= most_pages) break;
        backup.pages.push_back({page.at("number").get<unsigned>(), from_hex(page.at("hex").get<std::string>())});
    }
    return backup;
}

std::string lines_of(std::span<const std::uint8_t> bytes, std::size_t at, std::size_t width) {
    std::string numbers, letters;
    for (std::size_t i = at; i < std::min(at + width, bytes.size()); ++i) {
        numbers += fmt::format("{:02x} ", bytes[i]);
        letters += bytes[i] >= ' ' && bytes[i] <= '~' ? static_cast<char>(bytes[i]) : '.';
    }
    return fmt::format("{:<{}} {}", numbers, 3 * width, letters);
}

}  // namespace

std::string backup_text(const Backup& backup) {
    Json json;
    json["format"] = "singel-memory-backup";
    json["version"] = backup_version;
    json["family"] = backup.family;
    json["model"] = backup.model;
    json["serial"] = backup.serial;
    json["simulated"] = backup.simulated;
    json["page_word"] = backup.page_word;
    json["checksum"] = checksum(backup.pages);
    json["pages"] = Json::array();
    for (const MemoryPage& page : backup.pages)
        json["pages"].push_back(Json{{"number", page.number}, {"hex", hex(page.bytes)}});
    return json.dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
}

core::Result<Backup> parse_backup(std::string_view text, const std::string& name) {
    const auto refuse = [&](const std::string& what) {
        return core::failure(core::Fault::wrong_format, what, name, "use a file that `eeprom backup` has written");
    };
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded() || !json.is_object()) return refuse("this is no JSON object");
    try {
        if (json.at("format") != "singel-memory-backup") return refuse("this is no backup of a memory");
        if (json.at("version") != backup_version) return refuse("this backup is of another version");
        Backup backup = take(json);
        for (std::size_t i = 0; i < backup.pages.size(); ++i) {
            const bool in_order = i == 0 || backup.pages[i - 1].number < backup.pages[i].number;
            if (!in_order || backup.pages[i].bytes.empty())
                return refuse(fmt::format("entry {} of the pages cannot be used", i));
        }
        if (backup.pages.empty()) return refuse("the backup holds no page");
        if (json.at("checksum") != checksum(backup.pages)) return refuse("the checksum does not fit the pages");
        return backup;
    } catch (const nlohmann::json::exception& error) {
        return refuse(error.what());
    }
}

core::Result<void> write_backup(const Backup& backup, const std::string& path) {
    const auto refuse = [&path](const char* what) {
        return core::failure(errno == EEXIST ? core::Fault::invalid_argument : core::Fault::input_output,
                             fmt::format("{}: {}", what, std::generic_category().message(errno)), path,
                             "name a new file in a folder that can be written");
    };
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return refuse("cannot make the backup");
    const std::string text = backup_text(backup);
    const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    const bool on_disk = written && fsync(file) == 0;
    if (::close(file) != 0 || !on_disk) return refuse("cannot write the backup");
    return {};
}

core::Result<Backup> read_backup(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return core::failure(core::Fault::not_found, "the backup cannot be read", path, "name another file");
    std::ostringstream text;
    text << file.rdbuf();
    return parse_backup(text.str(), path);
}

std::vector<PageChange> difference(const std::vector<MemoryPage>& before, const std::vector<MemoryPage>& after) {
    const auto find = [](const std::vector<MemoryPage>& pages, unsigned number) {
        return std::find_if(pages.begin(), pages.end(), [number](const auto& page) { return page.number == number; });
    };
    std::vector<PageChange> changes;
    for (const MemoryPage& page : before) {
        const auto other = find(after, page.number);
        if (other == after.end()) {
            changes.push_back({page.number, page.bytes, {}});
        } else if (other->bytes != page.bytes) {
            changes.push_back({page.number, page.bytes, other->bytes});
        }
    }
    for (const MemoryPage& page : after) {
        if (find(before, page.number) == before.end()) changes.push_back({page.number, {}, page.bytes});
    }
    std::sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
    return changes;
}

std::string diff_text(const std::vector<PageChange>& changes, std::string_view page_word) {
    constexpr std::size_t width = 16;
    std::string text;
    for (const PageChange& change : changes) {
        text += fmt::format("{} {}\n", page_word, change.number);
        const std::size_t size = std::max(change.before.size(), change.after.size());
        for (std::size_t at = 0; at < size; at += width) {
            const std::string before = lines_of(change.before, at, width), after = lines_of(change.after, at, width);
            if (before == after) continue;
            text += fmt::format("- {:4} {}\n+ {:4} {}\n", at, before, at, after);
        }
    }
    return text;
}

}  // namespace singel::firmware_bridge::bridge
