#include "spectra/io/digest.hpp"

#include <bit>
#include <new>
#include <sodium.h>

namespace singel::spectra::io {
namespace {

static_assert(std::endian::native == std::endian::little, "digests and files hold this machine's bytes");

crypto_generichash_state* of(void* state) {
    return static_cast<crypto_generichash_state*>(state);
}

}  // namespace

void Digest::Wipe::operator()(void* state) const {
    ::operator delete (state, std::align_val_t{alignof(crypto_generichash_state)});
}

Digest::Digest()
    : state_(::operator new (sizeof(crypto_generichash_state), std::align_val_t{alignof(crypto_generichash_state)})) {
    // Chooses the fastest implementation for this processor; harmless when repeated.
    static const int ready = sodium_init();
    static_cast<void>(ready);
    crypto_generichash_init(of(state_.get()), nullptr, 0, crypto_generichash_BYTES);
}

Digest& Digest::bytes(std::span<const std::byte> data) {
    crypto_generichash_update(of(state_.get()), reinterpret_cast<const unsigned char*>(data.data()), data.size());
    return *this;
}

Digest& Digest::text(std::string_view text) {
    number(std::uint64_t{text.size()});
    return bytes(std::as_bytes(std::span(text)));
}

Digest& Digest::number(std::uint64_t value) {
    return bytes(std::as_bytes(std::span(&value, 1)));
}

Digest& Digest::number(double value) {
    return number(std::bit_cast<std::uint64_t>(value));
}

std::string Digest::hex() {
    std::array<unsigned char, crypto_generichash_BYTES> hash{};
    crypto_generichash_final(of(state_.get()), hash.data(), hash.size());
    std::array<char, 2 * crypto_generichash_BYTES + 1> text{};
    sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
    return text.data();
}

std::string matrix_digest(std::span<const float> values) {
    return Digest().bytes(std::as_bytes(values)).hex();
}

std::string library_id(const core::ReferenceSet& references, std::string_view matrix_digest) {
    Digest digest;
    digest.text("singel-library").number(std::uint64_t{1});
    digest.text(core::name(references.technique)).text(core::name(references.axis.kind()));
    digest.number(std::uint64_t{references.axis.size()});
    for (double value : references.axis.values()) digest.number(value);
    digest.number(std::uint64_t{references.references.size()});
    for (const core::Reference& reference : references.references) {
        const core::Substance& substance = reference.substance;
        digest.text(substance.name).number(std::uint64_t{substance.synonyms.size()});
        for (const auto& synonym : substance.synonyms) digest.text(synonym);
        digest.text(substance.cas).text(substance.substance_class).text(substance.role);
        digest.text(reference.form).text(core::name(reference.origin));
        digest.number(std::uint64_t{reference.watched ? 1U : 0U});
        digest.text(reference.instrument).text(reference.source).text(reference.licence);
        digest.number(std::uint64_t{reference.first}).number(std::uint64_t{reference.last});
    }
    return digest.text(matrix_digest).hex();
}

}  // namespace singel::spectra::io
