#include "tests/accuracy/liquids.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <random>
#include <sstream>

#include "spectra/learn/simulate.hpp"
#include "tests/accuracy/sums.hpp"

namespace singel::tests::accuracy {
namespace {

struct Row {
    std::string name;
    std::vector<double> values;
};

// "name",v,v,v: the name may hold commas.
Row read_row(const std::string& line) {
    Row row;
    const std::size_t end = line.empty() || line.front() != '"' ? line.find(',') : line.find('"', 1) + 1;
    row.name = line.substr(0, end);
    std::erase(row.name, '"');
    std::istringstream cells(line.substr(std::min(end + 1, line.size())));
    for (std::string cell; std::getline(cells, cell, ',');) {
        double value = 0.0;
        std::from_chars(cell.data(), cell.data() + cell.size(), value);
        row.values.push_back(value);
    }
    return row;
}

std::vector<Row> read_rows(const std::filesystem::path& file) {
    std::ifstream lines(file);
    std::vector<Row> rows;
    for (std::string line; std::getline(lines, line);)
        if (!line.empty()) rows.push_back(read_row(line));
    return rows;
}

core::Spectrum spectrum_of(const Row& axis, const Row& row) {
    core::Spectrum spectrum;
    spectrum.axis = core::value_or_throw(core::Axis::make(core::AxisKind::raman_shift_cm1, axis.values));
    spectrum.values = row.values;
    spectrum.technique = core::Technique::raman;
    spectrum.noise = core::NoiseBasis::estimated;
    return spectrum;
}

std::string plain(const std::string& name) {
    std::string text;
    for (const char c : name)
        if (c != ' ') text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text == "isopropanol" ? "2-propanol" : text;
}

}  // namespace

bool same_substance(const std::string& a, const std::string& b) {
    return plain(a) == plain(b);
}

Liquids read_liquids(const std::filesystem::path& folder) {
    Liquids liquids;
    const auto pures = read_rows(folder / "pures.csv"), mixtures = read_rows(folder / "mixtures.csv");
    for (std::size_t i = 1; i < pures.size(); ++i)
        liquids.pures.push_back({pures[i].name, spectrum_of(pures[0], pures[i])});
    for (std::size_t i = 1; i < mixtures.size(); ++i) {
        Liquids::Mixture mixture{spectrum_of(mixtures[0], mixtures[i]), {}};
        std::istringstream names(mixtures[i].name);
        for (std::string name; std::getline(names, name, ';');) {
            const auto pure = std::ranges::find(liquids.pures, name, &Item::name);
            if (pure != liquids.pures.end())
                mixture.pures.push_back(static_cast<std::size_t>(pure - liquids.pures.begin()));
        }
        liquids.mixtures.push_back(std::move(mixture));
    }
    return liquids;
}

Liquids made_up_liquids(const Measured& measured, std::uint64_t seed) {
    constexpr std::size_t pures = 9, each = 4;
    constexpr double noise = 0.005;
    Liquids liquids;
    liquids.pures.assign(measured.queries.begin(), measured.queries.begin() + pures);
    const Sums sums(liquids.pures);
    std::vector<std::size_t> all(pures);
    for (std::size_t i = 0; i < pures; ++i) all[i] = i;
    for (std::size_t i = 0; i < 5 * each; ++i) {
        std::mt19937_64 random = learn::generator(seed, i);
        Liquids::Mixture mixture{{}, learn::draw(all, 2 + i / each, random)};
        std::vector<Part> parts;
        for (const std::size_t pure : mixture.pures)
            parts.push_back({pure, 1.0 / static_cast<double>(mixture.pures.size())});
        mixture.spectrum = sums.of(parts, noise, random);
        liquids.mixtures.push_back(std::move(mixture));
    }
    return liquids;
}

}  // namespace singel::tests::accuracy
