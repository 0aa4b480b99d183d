#pragma once

#include <string>
#include <vector>

#include "spectra/core/result.hpp"

namespace singel::gui::card {

// The squares of a QR code, row after row, without quiet zone.
struct QrCode {
    int size = 0;
    std::vector<bool> dark;

    bool at(int row, int column) const { return dark[static_cast<std::size_t>(row * size + column)]; }
};

// ISO/IEC 18004 with error correction level M (15 % of the code may be lost), by libqrencode.
spectra::core::Result<QrCode> qr_code(const std::string& text);

}  // namespace singel::gui::card
