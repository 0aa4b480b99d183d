#include "acquisition/records/claim_code.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <sodium.h>
#include <system_error>
#include <unistd.h>

#include "spectra/core/result.hpp"

namespace singel::acquisition::records {

namespace core = spectra::core;

namespace {

constexpr std::string_view crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t code_length = 8;

void start_sodium() {
    if (sodium_init() < 0) throw core::Failure(core::Fault::input_output, "the system gives no random numbers");
}

std::vector<std::uint8_t> read_key(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::vector<std::uint8_t> key{std::istreambuf_iterator<char>(in), {}};
    if (key.size() != crypto_generichash_KEYBYTES)
        throw core::Failure(core::Fault::wrong_format, "the key of the claim codes is missing or damaged",
                            file.string(), "Restore it from a backup, or choose another folder with --store.");
    return key;
}

// Written whole under another name first: a crash leaves no half key, and of two writers the first one wins.
void make_key(const std::filesystem::path& file) {
    const std::string draft = file.string() + "." + random_id();
    const auto refuse = [&] {
        const int code = errno;
        const std::string reason = std::generic_category().message(code);
        ::unlink(draft.c_str());
        throw core::Failure(code == ENOSPC || code == EFBIG || code == EDQUOT ? core::Fault::disk_full
                                                                              : core::Fault::permission_denied,
                            "the key of the claim codes cannot be written: " + reason, file.string(),
                            "Make the folder writable, or choose another with --store.");
    };
    std::array<std::uint8_t, crypto_generichash_KEYBYTES> key{};
    crypto_generichash_keygen(key.data());
    const int descriptor = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) refuse();
    const bool written =
        ::write(descriptor, key.data(), key.size()) == static_cast<ssize_t>(key.size()) && ::fsync(descriptor) == 0;
    sodium_memzero(key.data(), key.size());
    ::close(descriptor);
    if (!written || (::link(draft.c_str(), file.c_str()) != 0 && errno != EEXIST)) refuse();
    ::unlink(draft.c_str());
}

}  // namespace

std::string random_id() {
    start_sodium();
    std::array<std::uint8_t, 16> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::string hex(2 * bytes.size() + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
    hex.pop_back();
    return hex;
}

std::string random_claim_code() {
    start_sodium();
    std::string code;
    for (std::size_t i = 0; i < code_length; ++i) {
        if (i == code_length / 2) code += '-';
        code += crockford[randombytes_uniform(static_cast<std::uint32_t>(crockford.size()))];
    }
    return code;
}

std::string normal_claim_code(std::string_view code) {
    std::string normal;
    for (char c : code) {
        if (c == '-' || c == ' ') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == 'I' || c == 'L') c = '1';
        if (c == 'O') c = '0';
        if (crockford.find(c) == std::string_view::npos) return {};
        normal += c;
    }
    return normal.size() == code_length ? normal : std::string();
}

std::vector<std::uint8_t> claim_key(const std::filesystem::path& file, bool make) {
    start_sodium();
    if (make && !std::filesystem::exists(file)) make_key(file);
    return read_key(file);
}

std::vector<std::uint8_t> claim_hash(std::string_view code, const std::vector<std::uint8_t>& key) {
    const std::string normal = normal_claim_code(code);
    std::vector<std::uint8_t> hash(crypto_generichash_BYTES);
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const std::uint8_t*>(normal.data()), normal.size(),
                       key.data(), key.size());
    return hash;
}

}  // namespace singel::acquisition::records
