#include "firmware-bridge/wire/obp/arguments.hpp"
#include "firmware-bridge/wire/obp/spectra.hpp"
#include "tests/fuzz-wire/must.hpp"

// The host's side: every payload that a device may send, with the first byte as the number of pixels.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace singel::firmware_bridge::wire;
    using singel::test::must;
    if (size == 0) return 0;
    const std::size_t pixels = data[0];
    const ByteView bytes(data + 1, size - 1);
    if (const auto counts = obp::decode_plain(bytes, pixels)) must(counts->size() == pixels);
    if (const auto spectrum = obp::decode_buffered(bytes, pixels)) {
        must(*obp::decode_buffered(obp::encode_buffered(*spectrum), pixels) == *spectrum);
        for (const std::uint32_t count : spectrum->counts) must(count <= obp::eighteen_bits);
    }
    if (const auto spectra = obp::decode_fast(bytes, pixels)) {
        must(spectra->size() <= obp::fast_spectra_limit);
        for (const obp::FastSpectrum& spectrum : *spectra) must(spectrum.counts.size() == pixels);
    }
    if (const auto spectrum = obp::decode_obp2(bytes, pixels)) {
        must(obp::encode_obp2(*spectrum).size() == bytes.size());
    }
    if (const auto values = obp::read_f32_list(bytes)) must(obp::f32_list(*values).size() == bytes.size());
    if (const auto ranges = obp::read_ranges(bytes, pixels)) {
        for (const obp::PixelRange& range : *ranges) must(range.first <= range.last && range.last < pixels);
    }
    (void)obp::read_text(bytes);
    return 0;
}
