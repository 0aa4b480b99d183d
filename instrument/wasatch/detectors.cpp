#include "instrument/wasatch/detectors.hpp"

#include <algorithm>
#include <cctype>
#include <string>

namespace singel::instrument::wasatch {

namespace {

std::string small(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    return text;
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

Detector detector_of(const fid::Eeprom& eeprom, fid::Board board) {
    const std::string name = small(eeprom.detector), model = small(eeprom.model);
    Detector detector{"", false, false, 10};
    for (const Detector& row : detectors) {
        if (!contains(name, row.name)) continue;
        detector = row;
        break;
    }
    const bool xs = contains(model, "micro") || contains(model, "sig") || contains(model, "xs");
    detector.sleeps = board == fid::Board::arm && (detector.sleeps || xs);
    if (board == fid::Board::ingaas && !detector.ingaas) {
        detector.ingaas = true;
        detector.usual_celsius = -15;
    }
    return detector;
}

}  // namespace singel::instrument::wasatch
