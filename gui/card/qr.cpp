#include "gui/card/qr.hpp"

#include <memory>
#include <qrencode.h>

namespace singel::gui::card {

spectra::core::Result<QrCode> qr_code(const std::string& text) {
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M),
                                                               &QRcode_free);
    if (!code) {
        return spectra::core::failure(spectra::core::Fault::invalid_argument, "no QR code can be made of this text",
                                      "claim code");
    }
    QrCode out;
    out.size = code->width;
    out.dark.reserve(static_cast<std::size_t>(code->width * code->width));
    for (int i = 0; i < code->width * code->width; ++i) out.dark.push_back((code->data[i] & 1) != 0);
    return out;
}

}  // namespace singel::gui::card
